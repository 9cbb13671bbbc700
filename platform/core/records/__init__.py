"""Update records: one append-only record for each change of a `Recorded` model, in the same transaction.

A model says which stream it belongs to:

    class Pledge(RegionScoped, Recorded, Base):
        __stream__ = ("need", "need_id")       # the stream need/<need_id>

        def record_subject(self) -> str:       # whose key seals the personal part; default: the stream itself
            return f"household/{self.household_id}"

and its migration calls `attach_guard(op, "pledge", "need", "need_id")` and `add_kinds(op, [...])` of
`core.records.migration`. A service that changes it says what happened: `note(pledge, "pledge.agreed")`.
Many-to-many tables are mapped as recorded classes of their own. Money in a note is given in fen, as an integer.
"""

from core.db import db
from core.records.erasure import erase_subject
from core.records.listening import UnrecordedBulkChange, install
from core.records.model import Recorded, note, stream_of
from core.records.queries import (
    RecordRow,
    StreamCheck,
    open_payload,
    published_records,
    published_records_after,
    verify_stream,
)

__all__ = [
    "RecordRow",
    "Recorded",
    "StreamCheck",
    "UnrecordedBulkChange",
    "erase_subject",
    "install",
    "note",
    "open_payload",
    "published_records",
    "published_records_after",
    "stream_of",
    "verify_stream",
]

install(db.sessions)
