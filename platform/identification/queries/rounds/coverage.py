"""How many households of a village's full list were reached (domain.md 3.7.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, cast, func, or_, select

from core.clock import today
from core.db import db
from identification.case_choices import Contact
from identification.case_packs import fraction, pack_of
from identification.models import IdentificationRound
from identification.queries.rounds.contacts import REACHED, latest_contacts
from registry.models import Household


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
    def needed(self) -> int:
        """How many households must be reached in all."""
        if self.wanted is None:
            return 0
        return -((-self.wanted.numerator * self.households) // self.wanted.denominator)

    @property
    def missing(self) -> int:
        """How many more households must be reached."""
        return max(self.needed - self.reached, 0)


def listed(running: type[IdentificationRound] = IdentificationRound) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a household stands on the list of a round: on file in its village while it ran."""
    until = func.coalesce(running.closed_on, today())
    return (
        Household.region_code == running.region_code,
        Household.erased_at.is_(None),
        or_(Household.ended_on.is_(None), Household.ended_on > until),
    )


def coverage_of(running: IdentificationRound) -> Coverage:
    """Count the village's list: every household on file, and those that were reached in this round."""
    return coverages_of([running])[running.id]


def coverages_of(rounds: Sequence[IdentificationRound]) -> dict[UUID, Coverage]:
    """Count the lists of several rounds at once."""
    latest = latest_contacts([running.id for running in rounds], today())
    reached = func.coalesce(func.sum(cast(latest.c.state.in_(REACHED), Integer)), 0)
    away = func.coalesce(func.sum(cast(latest.c.state == Contact.ABSENT_UNREACHABLE, Integer)), 0)
    found = db.session.execute(
        select(IdentificationRound.id, func.count(Household.id), reached, away)
        .join(Household, listed()[0])
        .outerjoin(latest, (latest.c.household_id == Household.id) & (latest.c.round_id == IdentificationRound.id))
        .where(IdentificationRound.id.in_([running.id for running in rounds]), *listed()[1:])
        .group_by(IdentificationRound.id)
    )
    counted = {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in found}
    return {each.id: Coverage(*counted.get(each.id, (0, 0, 0)), _wanted(each)) for each in rounds}


def _wanted(running: IdentificationRound) -> Fraction | None:
    least = pack_of(running.pack, running.region_code, running.opened_on)["coverage_min"]
    return None if least is None else fraction(least)


def is_uncovered(round_id: UUID | None) -> bool:
    """Return whether the round's list was not worked through and nobody wrote why."""
    if round_id is None:
        return False
    running = db.session.get_one(IdentificationRound, round_id)
    return not running.uncovered_reason and not coverage_of(running).is_enough
