"""Prints of whole villages: each belongs to the person who asked for it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.errors import NotFound
from core.policy import Actor
from core.scope import scope_clause
from reports.models import HandbookBatch


def get_batch(actor: Actor, batch_id: UUID) -> HandbookBatch:
    """Return the actor's own print, or raise NotFound: nobody sees another's."""
    query = select(HandbookBatch).where(HandbookBatch.id == batch_id, scope_clause(HandbookBatch, actor))
    found = db.session.scalar(query.where(HandbookBatch.asked_by == actor.account_id))
    if found is None:
        raise NotFound
    return found


def own_batches(actor: Actor, region_code: str) -> Sequence[HandbookBatch]:
    """Return the actor's prints of a village that were not removed yet, newest first."""
    query = select(HandbookBatch).where(
        HandbookBatch.region_code == region_code,
        HandbookBatch.asked_by == actor.account_id,
        HandbookBatch.removed_at.is_(None),
    )
    return db.session.scalars(query.order_by(HandbookBatch.created_at.desc()).limit(5)).all()
