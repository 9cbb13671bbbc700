"""Printed versions and the signed papers that came back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.errors import NotFound
from core.records import RecordRow, published_records, published_records_after
from registry.choices.papers import PaperKind
from registry.models import SignedPaper

STAMP = 8
NUMBER = re.compile(r"(\d{1,9})-([0-9a-f]{8})")
PRINTED = (".printed",)
# Each of these says one thing of a form anew; what is closed or repeated for it writes further records.
SAYS_ANEW = frozenset(
    {
        "household.ended",
        "household_profile.created",
        "income_record.created",
        "living_conditions.created",
        "member.changed",
        "member_event.changed",
        "member_event.created",
        "member_profile.created",
        "stationed_team.created",
        "stationed_team.changed",
        "village_plan.created",
        "village_profile.created",
        "village_result.created",
    }
)
MOST = 500


@dataclass(frozen=True)
class PrintedVersion:
    """What was printed once: the record that says so covers, by its hash, everything before it."""

    stream: str
    seq: int
    hash: bytes
    at: datetime
    role: str
    purpose: str
    kind: PaperKind
    as_of: date | None = None

    @property
    def number(self) -> str:
        return version_number(self.seq, self.hash)


def version_number(seq: int, digest: bytes) -> str:
    """Return the number that stands on a paper: which record of its stream, and how that record's hash begins."""
    stamp = digest.hex()[:STAMP]
    return f"{seq}-{stamp[:4]}-{stamp[4:]}"


def read_number(words: str) -> tuple[int, str] | None:
    """Return record number and beginning of the hash from what somebody typed, or nothing."""
    head, _, stamp = "".join(words.split()).lower().partition("-")
    found = NUMBER.fullmatch(f"{head}-{stamp.replace('-', '')}")
    return (int(found.group(1)), found.group(2)) if found else None


def newest_record(stream: str) -> RecordRow:
    """Return the last record of a stream, or raise NotFound."""
    rows = published_records(stream, limit=1)
    if not rows:
        raise NotFound
    return rows[0]


def find_version(stream: str, seq: int, stamp: str) -> PrintedVersion | None:
    """Return the printed version that the number of a paper names, if there was one and the stamp is its own."""
    rows = published_records(stream, limit=1, before_seq=seq + 1)
    if not rows or rows[0].seq != seq or not rows[0].kind.endswith(PRINTED):
        return None
    if len(stamp) != STAMP or not rows[0].hash.hex().startswith(stamp):
        return None
    return version_of(rows[0])


def version_of(row: RecordRow) -> PrintedVersion:
    """Return what a record of a print says; `as_of` only where the paper speaks of an earlier day."""
    day = row.payload.get("as_of")
    as_of = date.fromisoformat(day) if day else None
    kind = PaperKind(row.payload["paper"])
    return PrintedVersion(row.stream, row.seq, row.hash, row.at, row.role, row.reason, kind, as_of)


def changes_after(stream: str, seq: int) -> list[RecordRow]:
    """Return the records after a version that changed what its form says, oldest first."""
    rows = published_records_after(stream, limit=MOST, after_seq=seq)
    return [row for row in rows if row.kind in SAYS_ANEW]


def papers_of(stream: str) -> Sequence[SignedPaper]:
    """Return the kept papers of a stream that the caller has loaded, newest version first."""
    query = select(SignedPaper).where(SignedPaper.stream == stream, SignedPaper.erased_at.is_(None))
    return db.session.scalars(query.order_by(SignedPaper.seq.desc(), SignedPaper.page_no)).all()


def find_paper(stream: str, paper_id: UUID) -> SignedPaper:
    """Return a kept paper of a stream that the caller has loaded, or raise NotFound."""
    found = db.session.get(SignedPaper, paper_id)
    if found is None or found.stream != stream or found.erased_at is not None:
        raise NotFound
    return found
