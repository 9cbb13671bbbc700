"""Reads of objections: what is due, by level; nobody reads what is about himself."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, false, func, or_, select

from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, can, require
from core.scope import within_scope
from identification.guards.notices import OPEN
from identification.guards.objections import LEVELS
from identification.models.notices import NoticeEntry
from identification.models.objections import Objection
from identification.notice_policy import NoticePermission
from identification.objection_choices import ObjectionStage

DUE = (
    ObjectionStage.FILED,
    ObjectionStage.ACCEPTED,
    ObjectionStage.INVESTIGATING,
    ObjectionStage.UPHELD,
    ObjectionStage.PARTLY_UPHELD,
    ObjectionStage.DISMISSED,
    ObjectionStage.REVIEW_REQUESTED,
)


def objections_in_scope(
    actor: Actor, *, due: bool = True, cursor: str | None = None, limit: int = 20
) -> Page[Objection]:
    """Return objections of the actor's places and levels: those to be answered, the most urgent first, or the rest."""
    require(actor, NoticePermission.OBJECTION_READ)
    query: Any = _readable(select(Objection), actor)
    query = query.where(Objection.stage.in_(DUE) if due else Objection.stage.not_in(DUE))
    if (after := decode_cursor(cursor, date.fromisoformat, UUID)) is not None:
        day, last = after
        query = query.where(or_(Objection.due_on > day, and_(Objection.due_on == day, Objection.id > last)))
    rows: Sequence[Objection] = db.session.scalars(
        query.order_by(Objection.due_on, Objection.id).limit(limit + 1)
    ).all()
    return make_page(rows, limit, lambda row: encode_cursor(row.due_on.isoformat(), row.id))


def get_objection(actor: Actor, objection_id: UUID) -> Objection:
    """Return the objection if the actor's place and level reach it and it is not about him, else raise NotFound."""
    query = _readable(select(Objection).where(Objection.id == objection_id), actor)
    found: Objection | None = db.session.scalar(query)
    if found is None or not can(actor, NoticePermission.OBJECTION_READ, found):
        raise NotFound
    return found


def _readable(query: Any, actor: Actor) -> Any:
    scoped = within_scope(query, Objection, actor)
    if actor.account_id is not None:
        scoped = scoped.where(~Objection.concerns.contains([str(actor.account_id)]))
    reached = [
        and_(Objection.region_code >= grant.lo, Objection.region_code < grant.hi, Objection.level <= LEVELS[grant.role])
        for grant in actor.grants
        if grant.lo and grant.role in LEVELS
    ]
    return scoped.where(or_(*reached)) if reached else scoped.where(false())


def open_objections_of(notice_batch: UUID) -> int:
    """Return how many objections to a list are still open; a number, for the public page."""
    return int(
        db.session.scalar(
            select(func.count())
            .select_from(Objection)
            .where(Objection.batch_id == notice_batch, Objection.stage.in_(OPEN))
        )
        or 0
    )


def objections_of_notice(actor: Actor, batch_id: UUID) -> Sequence[Objection]:
    """Return the objections to a list that the actor may read."""
    rows: Sequence[Objection] = db.session.scalars(
        _readable(select(Objection), actor).where(Objection.batch_id == batch_id).order_by(Objection.filed_at)
    ).all()
    return rows


def objections_of_case(actor: Actor, case_id: UUID) -> Sequence[Objection]:
    """Return the objections about a case, or that opened it, which the actor may read; the latest first."""
    if not can(actor, NoticePermission.OBJECTION_READ):
        return []
    lines = select(NoticeEntry.id).where(NoticeEntry.case_id == case_id)
    query = _readable(select(Objection), actor).where(or_(Objection.case_id == case_id, Objection.entry_id.in_(lines)))
    rows: Sequence[Objection] = db.session.scalars(query.order_by(Objection.filed_at.desc())).all()
    return rows


def line_of_objection(objection: Objection) -> NoticeEntry | None:
    """Return the line that an objection is about, or None."""
    return db.session.get(NoticeEntry, objection.entry_id) if objection.entry_id is not None else None
