"""One PostgreSQL for the whole run, and a migrated database that each test's own is copied from.

With DATABASE_URL (an administrator's address) that server is used; otherwise one is started on a throwaway folder.
Everything made on it has a name of this run and is dropped at the end. `TEST_ADMIN_URL` tells the workers.
"""

import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text

from core.embedded_postgres import EmbeddedPostgres
from core.errors import StartupRefused
from core.settings import Settings

ENVIRONMENT = {
    "TESTING": "1",
    "DEMO": "0",
    "TOTP_REQUIRED": "0",
    "SECRET_KEY": "tests only",
    "ENCRYPTION_KEYS": "A" * 43 + "=",
    "INDEX_KEY": "B" * 43 + "=",
}
TAKEN_AWAY = ("DATABASE_URL", "OWNER_DATABASE_URL", "APP_DATABASE_URL", "BASE_URL", "PORT", "SMTP_URL", "SITE_NAME")
ROOM = 4 << 30
_server = pytest.StashKey[EmbeddedPostgres]()
_folder = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the process that started the run; its workers inherit the address."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = config.stash[_folder] = Path(mkdtemp(prefix="jd-tests-", dir=_quickest_place()))
    os.environ.setdefault("TEST_ADMIN_URL", os.environ.get("DATABASE_URL", ""))
    if not os.environ["TEST_ADMIN_URL"]:
        server = config.stash[_server] = EmbeddedPostgres(folder / "postgres", test=True)
        try:
            os.environ["TEST_ADMIN_URL"] = server.start()
        except StartupRefused as refusal:
            pytest.exit(f"No database for the tests: {refusal}", returncode=3)
    os.environ["TEST_PREFIX"] = f"jdt_{uuid4().hex[:8]}"
    os.environ["JIEDUI_VAR"] = str(folder / "var")
    for name in TAKEN_AWAY:
        os.environ.pop(name, None)
    os.environ.update(ENVIRONMENT)


def _quickest_place() -> str | None:
    """Return memory where there is enough of it: a copied database costs 0.07 s there, up to 0.4 s on a disk."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Drop what this run made, and stop the server if it was ours."""
    folder = config.stash.get(_folder, None)
    if folder is None:
        return
    server = config.stash.get(_server, None)
    if server is None:
        drop_databases(f"{os.environ['TEST_PREFIX']}%")
    else:
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def admin_url() -> URL:
    """Return the administrator's address of the test server, at its maintenance database."""
    return make_url(os.environ["TEST_ADMIN_URL"]).set(drivername="postgresql+psycopg", database="postgres")


@cache
def _administrator() -> Engine:
    """Keep one connection of each process: connecting anew twice a test costs as much as the copy."""
    return create_engine(admin_url(), pool_size=1, isolation_level="AUTOCOMMIT", pool_pre_ping=True)


def on_server(*statements: str) -> None:
    """Run statements outside any transaction, as the administrator."""
    with _administrator().connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def drop_databases(like: str) -> None:
    """Drop the databases whose names fit."""
    found = text("SELECT datname FROM pg_database WHERE datname LIKE :like")
    with _administrator().connect() as connection:
        names = connection.scalars(found, {"like": like}).all()
    on_server(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names))


def copy_database(template: str, name: str) -> None:
    """Make a database as a copy of a migrated one."""
    on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def settings_at(url: str | None = None, *, admin: str | None = None) -> Settings:
    """Return the tests' settings with one database."""
    addresses = {"APP_DATABASE_URL": url, "DATABASE_URL": admin}
    return Settings.load(os.environ | {name: value for name, value in addresses.items() if value})
