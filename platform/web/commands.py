"""Commands of the composition root: the demo and the worker."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click

from core import settings
from core.cli import as_json, connect
from core.holiday_commands import commands as holiday_commands
from core.jobs import run_worker
from web.composition import wire
from web.demo.loader import DemoWish, load_demo
from web.key_commands import commands as key_commands
from web.logs import install_logs

HAPPENINGS_PER_NEED = 12


@contextmanager
def progress(length: int, label: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Yield what counts steps: a bar on a terminal, in a log a line at every tenth, nothing at all when quiet."""
    if quiet or sys.stderr.isatty():
        with click.progressbar(length=length, label=label, file=sys.stderr, hidden=quiet) as bar:
            yield bar.update
        return
    done = tenths = 0

    def step(count: int) -> None:
        nonlocal done, tenths
        done += count
        if (reached := min(done * 10 // length, 10)) > tenths:
            tenths = reached
            click.echo(f"{label}: {10 * tenths} %", err=True)

    yield step
    if tenths < 10:
        click.echo(f"{label}: 100 %", err=True)


@click.group("demo")
def demo() -> None:
    """The demo county."""


@demo.command("load")
@click.option("--county", default="451028", show_default=True, help="Six digits of the county.")
@click.option("--households", default=2000, show_default=True, type=click.IntRange(100, 100_000))
@click.option("--needs", default=3000, show_default=True, type=click.IntRange(100, 100_000))
@click.option("--seed", default=1, show_default=True, help="Equal seeds give equal counts and public values.")
@as_json
def load(*, county: str, households: int, needs: int, seed: int, as_json: bool) -> None:
    """Load an invented county into an empty demo database, through the same services as users."""
    connect()
    wire()
    length = households + needs * HAPPENINGS_PER_NEED
    with progress(length, "Loading the demo", quiet=as_json) as step:
        report = load_demo(DemoWish(county, households, needs, seed), on_progress=step)
    click.echo(
        json.dumps(asdict(report)) if as_json else f"{report.households} households, {report.needs} needs loaded."
    )


@click.command("worker")
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 32))
def worker(*, concurrency: int) -> None:
    """Work on background jobs until stopped."""
    install_logs()
    connect()
    wire()
    url = settings.current().app_url or ""
    run_worker(url.replace("postgresql+psycopg://", "postgresql://"), concurrency=concurrency)


commands: list[click.Command] = [demo, worker, *key_commands, *holiday_commands]
