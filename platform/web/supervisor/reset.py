"""Throw the demo away, so that the next start loads it anew: `python -m web.supervisor.reset`."""

import shutil
import sys

import click
from psycopg import sql
from sqlalchemy import Connection, make_url, text

from core.embedded_postgres import EmbeddedPostgres, running_url
from core.errors import StartupRefused
from core.provision import MAINTENANCE
from core.provision.connecting import connected, driver
from core.provision.finding import DATA
from core.settings import Settings
from web.supervisor.steps import LOADING

LEFT_BEHIND = ("demo-accounts.json", LOADING)
FOLDERS = ("files", "outbox", "open-data")


def main() -> int:
    """Empty the demo: 0 done, 1 with one line if this is no demo or it runs."""
    try:
        reset(Settings.load())
    except StartupRefused as refusal:
        click.echo(refusal, err=True)
        return 1
    click.echo("The demo is gone. The next make run loads it anew.")
    return 0


def reset(settings: Settings) -> None:
    """Remove the demo's database and files; raise StartupRefused for anything that is not a demo."""
    if settings.owner_url or settings.app_url:
        raise StartupRefused("With OWNER_DATABASE_URL the database is yours: drop it yourself, then run make run.")
    if settings.admin_url:
        _drop(settings.admin_url)
    else:
        _remove_embedded(settings)
    for name in LEFT_BEHIND:
        (settings.var / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(settings.var / name, ignore_errors=True)


def _drop(address: str) -> None:
    url = make_url(address)
    name = url.database or "jiedui"
    with connected(url.set(database=MAINTENANCE)) as server:
        found = server.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        server.rollback()
        if not found:
            return
        with connected(url.set(database=name)) as connection:
            _refuse_unless_demo(connection)
        own = driver(server)
        own.autocommit = True
        own.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        own.autocommit = False


def _refuse_unless_demo(connection: Connection) -> None:
    known = connection.scalar(text("SELECT to_regclass('records.database')"))
    if known is None or not connection.scalar(text("SELECT is_demo FROM records.database")):
        raise StartupRefused("This database was not made as a demo, so it is left alone.")


def _remove_embedded(settings: Settings) -> None:
    """Remove the embedded server's data; whether it is a demo is asked of the server itself."""
    data = settings.var / DATA
    if running_url(data):
        raise StartupRefused("The platform is running: stop it first (Ctrl-C), then run make demo-reset.")
    if not data.exists():
        return
    server = EmbeddedPostgres(data)
    url = make_url(server.start())
    try:
        _drop(url.render_as_string(hide_password=False))
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
