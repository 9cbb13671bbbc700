"""The steps of a start. Each raises StartupRefused with one line that says what to do."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import click

from core.embedded_postgres import EmbeddedPostgres
from core.errors import StartupRefused
from core.provision import Prepared
from core.provision.finding import DATA
from core.settings import Settings
from web.supervisor.parts import ROOT, Part

ADMINISTRATORS = ("DATABASE_URL", "OWNER_DATABASE_URL", "TEST_ADMIN_URL")
LOADING = "demo-loading"
SLOWEST_START = 60.0


def port_of(environ: Mapping[str, str]) -> int:
    """Return the wished port, once it is known to be free: granian would share a taken one without a word."""
    given = environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise StartupRefused(f"PORT is {given}: give a number between 1 and 65535.")
    port = int(given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host_of(environ), port))
        except PermissionError:
            raise StartupRefused(f"Port {port} needs root. Run: make run PORT=8001") from None
        except OSError:
            raise StartupRefused(
                f"Port {port} is taken. Stop what uses it, or run: make run PORT={port % 65535 + 1}"
            ) from None
    return port


def host_of(environ: Mapping[str, str]) -> str:
    return environ.get("HOST") or "127.0.0.1"


@contextmanager
def database_server(settings: Settings) -> Iterator[Settings]:
    """Yield settings that name a database server: the given one, or our own for the time of the block."""
    if bool(settings.owner_url) != bool(settings.app_url) and not settings.admin_url:
        raise StartupRefused("Set both OWNER_DATABASE_URL and APP_DATABASE_URL, or DATABASE_URL, or none of them.")
    if settings.admin_url or settings.owner_url:
        yield settings
        return
    server = EmbeddedPostgres(settings.var / DATA)
    try:
        yield replace(settings, admin_url=server.start())
    finally:
        server.stop()


def environ_of(settings: Settings, prepared: Prepared) -> dict[str, str]:
    """Return what the parts may know: the application's address only, never an administrator's."""
    environ = {name: value for name, value in os.environ.items() if name not in ADMINISTRATORS}
    own = {"APP_DATABASE_URL": prepared.app_url, "JIEDUI_VAR": str(settings.var), "BASE_URL": settings.base_url}
    return environ | own | {"PYTHONPATH": str(ROOT / "platform"), "PYTHONUNBUFFERED": "1"}


def load_demo(settings: Settings, prepared: Prepared, environ: Mapping[str, str]) -> None:
    """Load the demo county into a database that this start found empty."""
    mark = settings.var / LOADING
    if mark.exists() and prepared.is_demo and not prepared.created_empty:
        raise StartupRefused("The demo was interrupted while it was loaded. Start over with: make demo-reset")
    if not (prepared.created_empty and prepared.is_demo and settings.demo):
        return
    click.echo("Loading the demo county: this takes some minutes, once.")
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    loading = Part("demo", [sys.executable, "-m", "web.cli", "demo", "load"], environ)
    loading.start()
    try:
        status = loading.wait()
    finally:
        loading.stop(patience=2)
    if status:
        raise StartupRefused("The demo could not be loaded: see the lines above. Then: make demo-reset, or DEMO=0.")
    mark.unlink()


def check_application(environ: Mapping[str, str]) -> None:
    """Let the application start once in a process of its own, to say its one line where it refuses."""
    command = [sys.executable, "-c", "import wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=dict(environ), capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise StartupRefused(lines[-1] if lines else "The application does not start.")


def parts_of(environ: Mapping[str, str], port: int) -> list[Part]:
    """Return the web server and the worker."""
    workers = environ.get("WEB_WORKERS") or "2"
    web = ["--interface", "wsgi", "--host", host_of(environ), "--port", str(port), "--workers", workers, "--no-ws"]
    web += ["--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    web += ["--log-level", "warning", "wsgi:app"]
    return [
        Part("web server", [sys.executable, "-m", "granian", *web], environ),
        Part("worker", [sys.executable, "-m", "web.cli", "worker"], environ),
    ]


def wait_until_served(web: Part, environ: Mapping[str, str], port: int) -> None:
    """Wait for the first answer."""
    host = "127.0.0.1" if host_of(environ) in {"0.0.0.0", ""} else host_of(environ)  # noqa: S104 - compared, not bound
    end = time.monotonic() + SLOWEST_START
    while time.monotonic() < end and web.is_running():
        try:
            with urlopen(f"http://{host}:{port}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise StartupRefused("The web server does not answer: see the lines above.")


def greeting(settings: Settings, *, is_demo: bool) -> str:
    """Return what the terminal shows at the end of a start."""
    lines = [f"\nJiedui is ready: {settings.base_url}   (Ctrl-C stops it)"]
    path = settings.var / "demo-accounts.json"
    if is_demo and path.is_file():
        lines += ["", f"Accounts of the demo, also in {shown(path)}:"]
        lines += [_account_line(row) for row in json.loads(path.read_text(encoding="utf-8"))]
    return "\n".join(lines)


def _account_line(row: Mapping[str, Any]) -> str:
    return f"  {row['username']:<12} {row['password']:<22} {row['role']:<18} {row['scope'] or ''}".rstrip()


def shown(path: Path) -> str:
    """Return a path as the reader of the terminal would type it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
