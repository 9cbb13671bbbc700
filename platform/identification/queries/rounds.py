"""Rounds, the full list of a village's households, and how many of them were reached (domain.md 3.7.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, case, cast, func, select

from core.db import db
from core.errors import NotFound
from core.policy import Actor, can, require
from core.privacy import mask_name
from core.scope import scope_clause
from identification.case_choices import Contact, RoundStage
from identification.case_packs import fraction, pack_of
from identification.case_policy import CasePermission
from identification.models import FrameEntry, IdentificationRound
from registry.models import Household

REACHED = (Contact.VISITED, Contact.APPLIED, Contact.DECLINED_IN_WRITING, Contact.ABSENT_CONTACTED)


@dataclass(frozen=True)
class Coverage:
    """How far a village has come with its list."""

    households: int
    reached: int
    unreachable: int
    wanted: Fraction | None

    @property
    def share(self) -> Fraction:
        return Fraction(self.reached, self.households) if self.households else Fraction(0)

    @property
    def untouched(self) -> int:
        return self.households - self.reached - self.unreachable

    @property
    def is_enough(self) -> bool:
        return self.wanted is None or self.share >= self.wanted

    @property
    def missing(self) -> int:
        """How many more households must be reached."""
        if self.wanted is None:
            return 0
        needed = -((-self.wanted.numerator * self.households) // self.wanted.denominator)
        return max(needed - self.reached, 0)


@dataclass(frozen=True)
class FrameRow:
    """A household of the list: the name masked, and how it was reached."""

    household_id: UUID
    household_no: str
    group_no: str
    masked_name: str
    state: Contact | None
    happened_on: date | None


def get_round(actor: Actor, round_id: UUID) -> IdentificationRound:
    """Return the round, or raise NotFound if it is outside the actor's places."""
    found: IdentificationRound | None = db.session.scalar(
        select(IdentificationRound).where(IdentificationRound.id == round_id, scope_clause(IdentificationRound, actor))
    )
    if found is None or not can(actor, CasePermission.ROUND_READ, found):
        raise NotFound
    return found


def rounds_of(actor: Actor, *, limit: int = 100) -> Sequence[IdentificationRound]:
    """Return the rounds of the actor's places, the newest first."""
    require(actor, CasePermission.ROUND_READ)
    query = select(IdentificationRound).where(scope_clause(IdentificationRound, actor))
    return db.session.scalars(query.order_by(IdentificationRound.opened_on.desc()).limit(limit)).all()


def running_round(region_code: str, pack: str) -> IdentificationRound | None:
    """Return the round of a village that runs now."""
    return db.session.scalar(
        select(IdentificationRound).where(
            IdentificationRound.region_code == region_code,
            IdentificationRound.pack == pack,
            IdentificationRound.stage == RoundStage.OPEN,
        )
    )


def coverage_of(running: IdentificationRound) -> Coverage:
    """Count the village's list: every household on file, and those that were reached in this round."""
    reached = func.coalesce(func.sum(cast(FrameEntry.state.in_(REACHED), Integer)), 0)
    away = func.coalesce(func.sum(case((FrameEntry.state == Contact.ABSENT_UNREACHABLE, 1), else_=0)), 0)
    row = db.session.execute(
        select(func.count(Household.id), reached, away)
        .outerjoin(FrameEntry, (FrameEntry.household_id == Household.id) & (FrameEntry.round_id == running.id))
        .where(*_listed(running))
    ).one()
    least = pack_of(running.pack, running.region_code, running.opened_on)["coverage_min"]
    return Coverage(int(row[0]), int(row[1]), int(row[2]), None if least is None else fraction(least))


def _listed(running: IdentificationRound) -> tuple[ColumnElement[bool], ...]:
    return (
        Household.region_code == running.region_code,
        Household.erased_at.is_(None),
        Household.ended_on.is_(None),
    )


def is_uncovered(round_id: UUID | None) -> bool:
    """Return whether the round's list was not worked through and nobody wrote why."""
    if round_id is None:
        return False
    running = db.session.get_one(IdentificationRound, round_id)
    return not running.uncovered_reason and not coverage_of(running).is_enough


def frame_rows(
    running: IdentificationRound, *, state: Contact | None = None, open_only: bool = False
) -> list[FrameRow]:
    """Return the village's list by household number; `open_only` keeps those who were not reached."""
    query = (
        select(Household, FrameEntry.state, FrameEntry.happened_on)
        .outerjoin(FrameEntry, (FrameEntry.household_id == Household.id) & (FrameEntry.round_id == running.id))
        .where(*_listed(running))
        .order_by(Household.household_no)
    )
    if state is not None:
        query = query.where(FrameEntry.state == state)
    if open_only:
        query = query.where((FrameEntry.state.is_(None)) | (FrameEntry.state == Contact.ABSENT_UNREACHABLE))
    return [
        FrameRow(row.id, row.household_no, row.group_no, mask_name(row.head_name), found, day)
        for row, found, day in db.session.execute(query)
    ]
