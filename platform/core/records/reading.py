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

LAST = 2**63 - 1
_TYPES = [*["text", "int8"], *["text"] * 7, *["bytea"] * 4, "int8"]

# A head comes after the records of its stream. COPY lets the server sort and send while we hash.
_ENTRIES = """
COPY (
    SELECT stream, seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), actor, role, kind, reason,
        public, alg, sealed, prev, hash, {sealed_part}, head_seq
    FROM (
        SELECT r.*, s.ciphertext, NULL::bigint AS head_seq
        FROM records.record r LEFT JOIN records.sealed s ON s.stream = r.stream AND s.seq = r.seq
        UNION ALL
        SELECT stream, {last}, at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, hash, NULL, NULL, seq FROM records.head
    ) AS entry
    WHERE %(stream)s::text IS NULL OR stream = %(stream)s
    ORDER BY stream, seq
) TO STDOUT (FORMAT binary)
"""
HASH_OF_CIPHERTEXT = "sha256(ciphertext)"
CIPHERTEXT = "ciphertext"
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
            driver.execute("SET LOCAL statement_timeout = 0")
            yield driver
        finally:
            driver.rollback()
            driver.isolation_level, driver.read_only = None, None


def count_records(engine: Engine) -> int:
    """Return how many records there are, for a progress bar."""
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM records.record")) or 0)


def entries(
    driver: Driver, *, stream: str | None, sealed_part: str, progress: Progress | None
) -> Iterator[Stored | Head]:
    """Yield records by stream and number, each stream's head last; `sealed_part` is an expression above."""
    query = _ENTRIES.format(sealed_part=sealed_part, last=LAST)
    records = 0
    with driver.cursor().copy(query.encode(), {"stream": stream}) as copy:
        copy.set_types(_TYPES)
        for row in copy.rows():
            if row[13] is not None:
                yield Head(row[0], row[13], row[11])
                continue
            yield Stored._make(row[:13])
            records += 1
            if progress is not None and records % BATCH == 0:
                progress(BATCH)
