"""The database of the benchmarks: `jiedui_bench` on a server of our own, or on that of DATABASE_URL."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from benchmarks import ROOT
from benchmarks.filling import Size, fill
from core.db import db
from core.embedded_postgres import EmbeddedPostgres
from core.provision import prepare
from core.settings import Settings, configure

NAME = "jiedui_bench"
DATA = ROOT / "build" / "bench-postgres"
OBSERVER = "bench-observer"
OURS = "bench-ours"


@dataclass(frozen=True)
class Bench:
    """Everything a benchmark needs: settings for the application, an observer who may see all, the size."""

    settings: Settings
    observer: "psycopg.Connection[tuple[int]]"
    admin: str
    size: Size


@contextmanager
def opened(size: Size) -> Iterator[Bench]:
    """Start a server where none is given, make and fill the database, and point this process at it."""
    os.environ.setdefault("JIEDUI_VAR", str(ROOT / "build" / "bench-var"))
    settings = Settings.load()
    server = None if settings.admin_url else EmbeddedPostgres(DATA)
    try:
        yield from _opened(settings, server.start() if server else str(settings.admin_url), size)
    finally:
        db.dispose()
        if server:
            server.stop()


def _opened(settings: Settings, admin: str, size: Size) -> Iterator[Bench]:
    address = make_url(admin).set(database=NAME).render_as_string(hide_password=False)
    settings = replace(settings, admin_url=address, owner_url=None, app_url=None)
    wanted = f"{size.name} {_fingerprint()}"
    fresh = not _is_filled(admin, wanted)
    if fresh:
        dropped(admin, NAME)
    settings = replace(settings, app_url=prepare(settings, demo=False).app_url)
    configure(settings)
    os.environ["PGAPPNAME"] = OURS
    db.configure(str(settings.app_url), pool_size=2)
    if fresh:
        fill(address, size)
        _mark(admin, wanted)
        db.dispose()  # connections made so far still have parallel workers, whose time nobody would see
    with psycopg.connect(plain(address), autocommit=True, application_name=OBSERVER) as observer:
        yield Bench(settings, observer, plain(address), size)


def plain(address: str) -> str:
    """Return the address as the driver itself reads it."""
    return address.replace("postgresql+psycopg://", "postgresql://", 1)


def _fingerprint() -> str:
    """Return what the contents depend on: the migrations and how we fill."""
    folders = (ROOT / "migrations", ROOT / "benchmarks")
    names = ("*.py", "*.sql", "*.json")
    files = sorted(path for folder in folders for name in names for path in folder.rglob(name) if _shapes(path))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def _shapes(path: "os.PathLike[str]") -> bool:
    return "migrations" in os.fspath(path) or os.path.basename(path) in {
        "filling.py",
        "filling.sql",
        "places.sql",
        "texts.json",
    }


def _maintenance(admin: str) -> "psycopg.Connection[tuple[str]]":
    address = make_url(admin).set(database="postgres").render_as_string(hide_password=False)
    return psycopg.connect(plain(address), autocommit=True)


def _is_filled(admin: str, wanted: str) -> bool:
    query = "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s"
    with _maintenance(admin) as connection:
        return connection.execute(query, [NAME]).fetchone() == (wanted,)


def dropped(admin: str, name: str) -> None:
    """Drop a database of ours, with whoever is connected to it."""
    with _maintenance(admin) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _mark(admin: str, wanted: str) -> None:
    with _maintenance(admin) as connection:
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(NAME), sql.Literal(wanted)))
        # One process per question, so that its CPU time can be read.
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET max_parallel_workers_per_gather = 0").format(sql.Identifier(NAME))
        )
