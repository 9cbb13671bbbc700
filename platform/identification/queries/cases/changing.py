"""What happened to a case since somebody opened its page: by the case's own update records."""

from dataclasses import dataclass
from datetime import datetime

from core.records import published_records, published_records_after, stream_of
from identification.models import IdentificationCase

MOST = 20
# What is only printed changes nothing.
IDLE = frozenset({"identification_case.printed"})


@dataclass(frozen=True)
class CaseChange:
    """One record since: when, by which role, of which kind."""

    at: datetime
    role: str
    kind: str


def newest_change(case: IdentificationCase) -> int:
    """Return the number of the case's newest record; a page keeps it and sends it back with the step."""
    found = published_records(stream_of(case), limit=1)
    return found[0].seq if found else 0


def changes_since(case: IdentificationCase, seen: int) -> list[CaseChange]:
    """Return what was recorded after the number that a page kept, in its order."""
    rows = published_records_after(stream_of(case), limit=MOST, after_seq=seen)
    return [CaseChange(row.at, row.role, row.kind) for row in rows if row.kind not in IDLE]
