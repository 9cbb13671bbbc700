"""Reading what is typed and not yet on file. Everybody sees his own drafts only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl
from uuid import UUID

from sqlalchemy import and_, or_, select

from core.clock import now
from core.db import db
from core.policy import Actor
from registry.models.drafts import SurveyDraft

OPENING, LOOKING = "opening", "looking"
LOOK_LASTS = timedelta(hours=8)
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Draft:
    """One step as it was typed."""

    step: str
    pairs: Pairs
    base: str
    revision: int
    is_done: bool
    updated_at: datetime


def drafts_of(actor: Actor, household_id: UUID) -> dict[str, Draft]:
    """Return the actor's own drafts of a household by step; none if he has not begun a survey."""
    query = select(SurveyDraft).where(
        SurveyDraft.household_id == household_id, SurveyDraft.account_id == actor.account_id
    )
    return {row.step: draft_of(row) for row in db.session.scalars(query.order_by(SurveyDraft.created_at))}


def find_draft(actor: Actor, household_id: UUID, step: str) -> Draft | None:
    """Return one step as the actor typed it."""
    row = find_row(actor, household_id, step)
    return None if row is None else draft_of(row)


def find_row(actor: Actor, household_id: UUID, step: str, *, locked: bool = False) -> SurveyDraft | None:
    """Return the row of one of the actor's steps; `locked` holds it until the transaction ends."""
    query = select(SurveyDraft).where(
        SurveyDraft.household_id == household_id,
        SurveyDraft.account_id == actor.account_id,
        SurveyDraft.step == step,
    )
    return db.session.scalar(query.with_for_update() if locked else query)


def has_looked(actor: Actor, household_id: UUID) -> bool:
    """Return whether the actor's look at the names is on record and not over: for a survey, or for a correction."""
    query = select(SurveyDraft.id).where(
        SurveyDraft.household_id == household_id,
        SurveyDraft.account_id == actor.account_id,
        or_(
            SurveyDraft.step == OPENING,
            and_(SurveyDraft.step == LOOKING, SurveyDraft.updated_at > now() - LOOK_LASTS),
        ),
    )
    return db.session.scalar(query.limit(1)) is not None


def others_surveying(actor: Actor, household_id: UUID) -> list[tuple[UUID, datetime]]:
    """Return who else has begun a survey of the household, and when."""
    query = select(SurveyDraft.account_id, SurveyDraft.created_at).where(
        SurveyDraft.household_id == household_id,
        SurveyDraft.step == OPENING,
        SurveyDraft.account_id != actor.account_id,
    )
    return [(account_id, at) for account_id, at in db.session.execute(query.order_by(SurveyDraft.created_at))]


def draft_of(row: SurveyDraft) -> Draft:
    """Return a row as a value."""
    pairs = parse_qsl(row.typed, keep_blank_values=True)
    return Draft(row.step, pairs, row.base, row.revision, row.is_done, row.updated_at)
