"""Serve until interrupted: `python -m web.supervisor`."""

import os
import signal
import sys
import time
from types import FrameType

import click

from core.errors import StartupRefused
from core.provision import prepare
from core.settings import Settings, configure
from web.supervisor.parts import Part
from web.supervisor.steps import (
    check_application,
    database_server,
    environ_of,
    greeting,
    load_demo,
    parts_of,
    port_of,
    wait_until_served,
)

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Somebody asked us to stop."""


def main() -> int:
    """Run everything: 0 when interrupted, 1 with one line on standard error when it may not start or keeps ending."""
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    try:
        _serve(Settings.load())
    except Interrupted:
        click.echo("\nStopped.")
    except StartupRefused as refusal:
        click.echo(refusal, err=True)
        return 1
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    for each in SIGNALS:  # once is enough: the stop itself is not interrupted
        signal.signal(each, signal.SIG_IGN)
    raise Interrupted


def _serve(settings: Settings) -> None:
    configure(settings)
    port = port_of(os.environ)
    with database_server(settings) as reachable:
        prepared = prepare(reachable)
        environ = environ_of(settings, prepared)
        check_application(environ)
        load_demo(settings, prepared, environ)
        parts = parts_of(environ, port)
        try:
            for part in parts:
                part.start()
            wait_until_served(parts[0], environ, port)
            click.echo(greeting(settings, is_demo=prepared.is_demo))
            _watch(parts)
        finally:
            _stop(parts)


def _watch(parts: list[Part]) -> None:
    """Start again what ends, for ever."""
    while True:
        time.sleep(0.25)
        for part in parts:
            if part.revive():
                click.echo(f"The {part.name} had ended and was started again.", err=True)


def _stop(parts: list[Part]) -> None:
    for part in parts:
        part.ask_to_stop()
    for part in parts:
        part.stop()


if __name__ == "__main__":
    sys.exit(main())
