"""Pictures of things that arrived: public only once the household has confirmed the delivery they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text

from core.db import db

_OF_NEED = text(
    "SELECT e.file_id, coalesce(f.taken_on, d.delivered_on) AS on_day, d.quantity FROM delivery_evidence e"
    " JOIN delivery d ON d.id = e.delivery_id JOIN stored_file f ON f.id = e.file_id"
    " WHERE d.need_id = :need_id AND d.stage = 'confirmed' AND f.kind = 'jpeg' ORDER BY on_day, e.id LIMIT 8"
)
_DUE = text("SELECT min(due_on) FROM supervision_issue WHERE need_id = :need_id AND stage = 'open'")


@dataclass(frozen=True)
class Photo:
    """A picture, when it was taken, and how much was delivered with it."""

    file_id: UUID
    on: date
    quantity: Decimal


def published_photos(need_id: UUID) -> Sequence[Photo]:
    """Return the pictures of confirmed deliveries of a need that the caller may show."""
    return [Photo(*row) for row in db.session.execute(_OF_NEED, {"need_id": need_id})]


def dispute_due(need_id: UUID) -> date | None:
    """Return until when the open dispute of a need is to be settled."""
    found: date | None = db.session.execute(_DUE, {"need_id": need_id}).scalar()
    return found
