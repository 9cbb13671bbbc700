"""All records in one pass, from one snapshot, without holding them in memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from psycopg import Connection as DriverConnection
from psycopg import IsolationLevel
from sqlalchemy import Engine, text

BATCH = 5_000
Driver = DriverConnection[Any]
Progress = Callable[[int], None]

_RECORDS = """
SELECT r.stream, r.seq, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), r.actor, r.role, r.kind,
    r.reason, r.public, r.alg, r.sealed, r.prev, r.hash, {sealed_part}
FROM records.record r LEFT JOIN records.sealed s ON s.stream = r.stream AND s.seq = r.seq
WHERE %(stream)s::text IS NULL OR r.stream = %(stream)s
ORDER BY r.stream, r.seq
"""
_HEADS = """
SELECT stream, seq, hash FROM records.head
WHERE %(stream)s::text IS NULL OR stream = %(stream)s ORDER BY stream
"""
HASH_OF_CIPHERTEXT = "sha256(s.ciphertext)"
CIPHERTEXT = "s.ciphertext"
NOTHING = "NULL::bytea"


class Stored(NamedTuple):
    """A record as it lies in the table, its time written out; `sealed_part` is what was asked for."""

    stream: str
    seq: int
    at: str
    actor: str
    role: str
    kind: str
    reason: str
    public: str
    alg: str
    sealed: bytes | None
    prev: bytes
    hash: bytes
    sealed_part: bytes | None


class Head(NamedTuple):
    """The end of a stream."""

    stream: str
    seq: int
    hash: bytes


@contextmanager
def snapshot(engine: Engine) -> Iterator[Driver]:
    """Open a read-only connection that sees one moment, however long it takes."""
    with engine.connect() as connection:
        driver: Driver | None = connection.connection.driver_connection
        if driver is None:
            raise RuntimeError("the connection was closed")
        driver.isolation_level, driver.read_only = IsolationLevel.REPEATABLE_READ, True
        try:
            driver.execute("SET LOCAL cursor_tuple_fraction = 1")
            driver.execute("SET LOCAL statement_timeout = 0")
            yield driver
        finally:
            driver.rollback()
            driver.isolation_level, driver.read_only = None, None


def count_records(engine: Engine) -> int:
    """Return how many records there are, for a progress bar."""
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM records.record")) or 0)


def stored_records(
    driver: Driver, *, stream: str | None, sealed_part: str, progress: Progress | None
) -> Iterator[Stored]:
    """Yield the records by stream and number; `sealed_part` is one of the three expressions above."""
    rows = _rows(driver, "records", _RECORDS.format(sealed_part=sealed_part), stream)
    make = Stored._make
    for place, row in enumerate(rows, start=1):
        yield make(row)
        if progress is not None and place % BATCH == 0:
            progress(BATCH)


def stored_heads(driver: Driver, *, stream: str | None) -> Iterator[Head]:
    """Yield the heads by stream."""
    return (Head._make(row) for row in _rows(driver, "heads", _HEADS, stream))


def _rows(driver: Driver, name: str, query: str, stream: str | None) -> Iterator[tuple[Any, ...]]:
    with driver.cursor(name=name, binary=True) as cursor:
        cursor.itersize = BATCH
        cursor.execute(query.encode(), {"stream": stream})
        yield from cursor
