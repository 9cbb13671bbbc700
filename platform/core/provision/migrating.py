"""Migrations, run from the program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from core.errors import StartupRefused
from core.provision.connecting import cause

ROOT = Path(__file__).resolve().parents[3]


def alembic_config() -> Config:
    """Return the migrations' configuration, for commands and tests."""
    return Config(str(ROOT / "alembic.ini"))


def expected_head() -> str:
    """Return the revision that this code needs."""
    line = (ROOT / "migrations" / ".current-alembic-head").read_text(encoding="utf-8").strip()
    return line.partition("_")[0]


def current_revision(connection: Connection) -> str | None:
    """Return the revision of the database, or None where nothing was migrated yet."""
    if connection.scalar(text("SELECT to_regclass('public.alembic_version')")) is None:
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM public.alembic_version"))
    return found


def is_behind(connection: Connection) -> bool:
    """Return whether a migration waits; refuse a database that is newer than this code."""
    revision = current_revision(connection)
    connection.rollback()
    scripts = ScriptDirectory.from_config(alembic_config())
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise StartupRefused(
            f"The database is at migration {revision}, which this version does not know: update the code."
        )
    return revision != scripts.get_current_head()


def migrate(connection: Connection, *, demo: bool) -> None:
    """Bring the database to the newest migration; `demo` is written once, into a database that had none."""
    config = alembic_config()
    config.attributes["connection"] = connection
    config.attributes["is_demo"] = demo
    try:
        command.upgrade(config, "head")
    except DBAPIError as failure:
        connection.rollback()
        raise StartupRefused(f"A migration failed: {cause(failure.orig)}") from failure
    connection.commit()
