"""Connections for set-up work, and the lock that lets one process at a time do it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection as DriverConnection
from psycopg import Error as DriverError
from psycopg import sql
from sqlalchemy import URL, Connection, create_engine, pool, text
from sqlalchemy.exc import OperationalError

from core.errors import StartupRefused

LOCK = 0x6A_69_65_64_75_69


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """Connect without a pool, or raise StartupRefused with the server's reason."""
    engine = create_engine(
        url, poolclass=pool.NullPool, connect_args={"connect_timeout": 10, "client_encoding": "utf8"}
    )
    try:
        connection = engine.connect()
    except OperationalError as failure:
        raise StartupRefused(_unreachable(url, failure)) from failure
    try:
        yield connection
    finally:
        connection.close()
        engine.dispose()


def _unreachable(url: URL, failure: OperationalError) -> str:
    place = url.query.get("host") or f"{url.host or 'localhost'}:{url.port or 5432}"
    return f"Cannot connect to database {url.database} at {place} as {url.username}: {cause(failure.orig)}"


def cause(failure: object) -> str:
    """Return the one line of a driver's message that says what is wrong."""
    lines = str(failure).strip().splitlines()
    line = next((line for line in lines if "FATAL: " in line), lines[0])
    return line.rpartition("FATAL: ")[2].strip()


@contextmanager
def locked(connection: Connection) -> Iterator[None]:
    """Let one process at a time prepare anything on this server."""
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
        connection.commit()


def driver(connection: Connection) -> DriverConnection[Any]:
    """Return psycopg's own connection."""
    found: DriverConnection[Any] | None = connection.connection.driver_connection
    if found is None:
        raise StartupRefused("The connection to the database was closed.")
    return found


def run(connection: Connection, template: str, **values: str) -> None:
    """Run and commit one statement; every value is an identifier, quoted by the driver."""
    names = {name: sql.Identifier(value) for name, value in values.items()}
    run_composed(connection, sql.SQL(template).format(**names))


def run_composed(connection: Connection, statement: sql.Composed) -> None:
    """Run and commit one composed statement."""
    connection.commit()
    own = driver(connection)
    try:
        own.execute(statement)
        own.commit()
    except DriverError:
        own.rollback()
        raise


def with_password(url: URL) -> str:
    """Return the address in full, as an engine needs it."""
    return url.render_as_string(hide_password=False)
