"""Rounds of the actor's places, and what stands in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, tuple_

from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, can, require
from core.scope import scope_clause
from identification.case_choices import CaseStage, RoundStage
from identification.case_policy import CasePermission
from identification.models import FrameEntry, IdentificationCase, IdentificationRound
from identification.queries.cases.reading import BEFORE_VOTE
from identification.queries.rounds.coverage import Coverage, coverages_of


@dataclass(frozen=True)
class RoundRow:
    """A round in a list, with how far its village has come."""

    running: IdentificationRound
    coverage: Coverage


def get_round(actor: Actor, round_id: UUID) -> IdentificationRound:
    """Return the round, or raise NotFound if it is outside the actor's places."""
    found: IdentificationRound | None = db.session.scalar(
        select(IdentificationRound).where(IdentificationRound.id == round_id, scope_clause(IdentificationRound, actor))
    )
    if found is None or not can(actor, CasePermission.ROUND_READ, found):
        raise NotFound
    return found


def round_rows(actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[RoundRow]:
    """Return the rounds of the actor's places, the newest first."""
    require(actor, CasePermission.ROUND_READ)
    query = select(IdentificationRound).where(scope_clause(IdentificationRound, actor))
    if (after := decode_cursor(cursor, date.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(IdentificationRound.opened_on, IdentificationRound.id) < after)
    ordered = query.order_by(IdentificationRound.opened_on.desc(), IdentificationRound.id.desc())
    found = db.session.scalars(ordered.limit(limit + 1)).all()
    page = make_page(found, limit, lambda row: encode_cursor(row.opened_on, row.id))
    counted = coverages_of(page.items)
    return Page([RoundRow(row, counted[row.id]) for row in page.items], page.next)


def running_round(region_code: str, pack: str) -> IdentificationRound | None:
    """Return the round of a village that runs now."""
    return next((found for found in running_rounds(region_code) if found.pack == pack), None)


def running_rounds(region_code: str) -> Sequence[IdentificationRound]:
    """Return the rounds of a village that run now, at most one of each pack."""
    return db.session.scalars(
        select(IdentificationRound)
        .where(IdentificationRound.region_code == region_code, IdentificationRound.stage == RoundStage.OPEN)
        .order_by(IdentificationRound.pack)
    ).all()


def packs_running(actor: Actor) -> set[str]:
    """Return the rules by which a round runs anywhere in the actor's places."""
    running = (IdentificationRound.stage == RoundStage.OPEN, scope_clause(IdentificationRound, actor))
    return set(db.session.scalars(select(IdentificationRound.pack).where(*running).distinct()))


def stages_of(running: IdentificationRound) -> dict[CaseStage, int]:
    """Return how many cases of the round stand in each state."""
    query = (
        select(IdentificationCase.stage, func.count())
        .where(IdentificationCase.round_id == running.id)
        .group_by(IdentificationCase.stage)
    )
    found = {stage: int(count) for stage, count in db.session.execute(query)}
    return {stage: found[stage] for stage in CaseStage if stage in found}


def unvoted_in(running: IdentificationRound) -> int:
    """Return how many cases of the round have not had their vote."""
    return sum(count for stage, count in stages_of(running).items() if stage in BEFORE_VOTE)


def contact_entries(running: IdentificationRound, household_ids: Sequence[UUID]) -> dict[UUID, FrameEntry]:
    """Return what was entered by hand of how households were reached, by household."""
    query = select(FrameEntry).where(FrameEntry.round_id == running.id, FrameEntry.household_id.in_(household_ids))
    return {row.household_id: row for row in db.session.scalars(query)}
