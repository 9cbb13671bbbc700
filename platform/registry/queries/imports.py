"""Reading one's own imports: nobody else sees what somebody has handed in."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, tuple_

from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor
from core.spreadsheets.headings import Mapping
from registry.choices import ImportStage
from registry.models import ImportBatch, ImportProgress

KEPT_DAYS = 14
_STATE = text("SELECT done, total, cancel_asked FROM import_progress WHERE batch_id = :id")


@dataclass(frozen=True)
class Progress:
    """How far a batch is, what its check found, and how its columns are read."""

    done: int
    total: int
    counts: dict[str, int]
    fault: str
    file_gone_at: datetime | None
    mappings: tuple[Mapping, ...]
    faults: tuple[dict[str, Any], ...]
    fault_count: int
    rows: tuple[dict[str, Any], ...]
    skipped: tuple[str, ...]

    @property
    def share(self) -> int:
        """How much is done, in hundredths."""
        return min(100, 100 * self.done // self.total) if self.total else 0


def get_batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Return the actor's own batch, or raise NotFound."""
    found = db.session.get(ImportBatch, batch_id)
    if found is None or actor.account_id is None or found.uploaded_by != actor.account_id:
        raise NotFound
    return found


def own_batches(actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[ImportBatch]:
    """Return the actor's batches, newest first."""
    query = select(ImportBatch).where(ImportBatch.uploaded_by == actor.account_id)
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(ImportBatch.created_at, ImportBatch.id) < after)
    rows = list(
        db.session.scalars(query.order_by(ImportBatch.created_at.desc(), ImportBatch.id.desc()).limit(limit + 1))
    )
    return make_page(rows, limit, lambda row: encode_cursor(row.created_at, row.id))


def progress_of(batch: ImportBatch) -> Progress:
    """Return what the jobs have written about a batch."""
    row = db.session.get_one(ImportProgress, batch.id)
    found: dict[str, Any] = json.loads(row.found) if row.found else {}
    return Progress(
        row.done,
        row.total,
        row.counts,
        row.fault,
        row.file_gone_at,
        tuple(Mapping.of_plain(mapping) for mapping in row.mappings),
        tuple(found.get("faults", ())),
        int(found.get("fault_count", 0)),
        tuple(found.get("rows", ())),
        tuple(found.get("skipped", ())),
    )


def is_cancelled(batch_id: UUID) -> bool:
    """Return whether the uploader has asked to stop."""
    row = db.session.execute(_STATE, {"id": batch_id}).one_or_none()
    return row is None or row.cancel_asked


def is_waiting(batch: ImportBatch) -> bool:
    """Return whether a job is at work on it or will be."""
    return batch.stage in (ImportStage.UPLOADED, ImportStage.RUNNING)
