"""Reading update records: for pages, the API and anybody who checks."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text

from core.crypto.subjects import open_sealed
from core.db import db
from core.records.standalone import record_hash, written_time

_NEWEST = text("""
SELECT stream, seq, at, actor, role, kind, reason, public, sealed, prev, hash, alg FROM records.record
WHERE stream = :stream AND (CAST(:before AS bigint) IS NULL OR seq < :before) ORDER BY seq DESC LIMIT :limit
""")
_IN_ORDER = text("""
SELECT stream, seq, at, actor, role, kind, reason, public, sealed, prev, hash, alg FROM records.record
WHERE stream = :stream AND seq > :after ORDER BY seq LIMIT :limit
""")


@dataclass(frozen=True)
class RecordRow:
    """One update record with every hashed field; `public` is the exact stored text."""

    stream: str
    seq: int
    at: datetime
    actor: str
    role: str
    kind: str
    reason: str
    public: str
    sealed: bytes | None
    prev: bytes
    hash: bytes
    alg: str

    @property
    def payload(self) -> dict[str, Any]:
        """The public part, read."""
        found: dict[str, Any] = json.loads(self.public)
        return found

    def as_json(self) -> dict[str, Any]:
        """Return what the API and the export show: times in UTC, bytes in hexadecimal."""
        return {
            "stream": self.stream,
            "seq": self.seq,
            "at": written_time(self.at),
            "actor": self.actor,
            "role": self.role,
            "kind": self.kind,
            "reason": self.reason,
            "public": self.public,
            "sealed": None if self.sealed is None else self.sealed.hex(),
            "prev": self.prev.hex(),
            "alg": self.alg,
            "hash": self.hash.hex(),
        }


@dataclass(frozen=True)
class StreamCheck:
    """Whether a stream's chain holds, how many records it has, and the first that does not fit."""

    ok: bool
    count: int
    first_bad_seq: int | None = None


def published_records(stream: str, *, limit: int, before_seq: int | None = None) -> list[RecordRow]:
    """Return the newest records of a stream, newest first. The caller decides who may see the stream."""
    rows = db.session.execute(_NEWEST, {"stream": stream, "before": before_seq, "limit": limit})
    return [_row(row) for row in rows]


def published_records_after(stream: str, *, limit: int, after_seq: int = 0) -> list[RecordRow]:
    """Return the records of a stream in their order, after a number."""
    return [_row(row) for row in db.session.execute(_IN_ORDER, {"stream": stream, "after": after_seq, "limit": limit})]


def open_payload(stream: str, seq: int) -> dict[str, Any]:
    """Return the sealed part of one record, or {} where there is none; raises SubjectErased."""
    query = text("SELECT subject, ciphertext FROM records.sealed WHERE stream = :stream AND seq = :seq")
    row = db.session.execute(query, {"stream": stream, "seq": seq}).one_or_none()
    if row is None:
        return {}
    found: dict[str, Any] = json.loads(open_sealed(row.subject, stream, row.ciphertext))
    return found


def verify_stream(stream: str) -> StreamCheck:
    """Recompute one stream: numbers without gap, links, hashes, and the head."""
    rows = published_records_after(stream, limit=1_000_000)
    prev = b""
    for place, row in enumerate(rows, start=1):
        if row.seq != place or row.prev != prev or record_hash(row.as_json()) != row.hash:
            return StreamCheck(ok=False, count=len(rows), first_bad_seq=row.seq)
        prev = row.hash
    head = _head(stream)
    fits = (head is None and not rows) or (head is not None and (head.seq, head.hash) == (len(rows), prev))
    return StreamCheck(ok=fits, count=len(rows), first_bad_seq=None if fits else len(rows) + 1)


def _head(stream: str) -> Row[Any] | None:
    query = text("SELECT seq, hash FROM records.head WHERE stream = :stream")
    return db.session.execute(query, {"stream": stream}).one_or_none()


def _row(row: Row[Any]) -> RecordRow:
    return RecordRow(**row._mapping)
