"""What was so about a household on a day: description, members, living conditions, incomes.

A value holds from its first day on and no longer on its last (`valid_from <= day < valid_to`). Corrected rows are not
read: on the day in the past one sees what is known of it today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from core.db import db
from core.policy import Actor
from registry.choices import IncomeGroup, MemberState, Relation
from registry.incomes import FormulaLine, Income, Item, formula_lines, income
from registry.models import (
    Household,
    HouseholdProfile,
    IncomeItem,
    IncomeRecord,
    LivingConditions,
    Member,
    MemberEvent,
    MemberProfile,
    Membership,
)
from registry.queries.on_file import get_household

ORDER = {relation: place for place, relation in enumerate(Relation)}


@dataclass(frozen=True)
class MemberOn:
    """A member on a day. `revision` goes back to `change_member` as what was seen."""

    member: Member
    membership: Membership
    profile: MemberProfile | None
    day: date

    @property
    def revision(self) -> int:
        return 0 if self.profile is None else self.profile.revision

    @property
    def age(self) -> int | None:
        """Full years on the day."""
        return age_on(self.member.birth_date, self.day)

    @property
    def counts(self) -> bool:
        """Whether the member counts for the income; who was not described does."""
        return self.profile is None or self.profile.counts_for_income


@dataclass(frozen=True)
class IncomeOn:
    """A year's sheet with its items and what they come to."""

    record: IncomeRecord
    items: Sequence[IncomeItem]
    sums: Income

    @property
    def lines(self) -> Sequence[FormulaLine]:
        return formula_lines(self.sums)

    def group(self, group: IncomeGroup) -> Sequence[IncomeItem]:
        """Return the items of a group, in the order of the form."""
        codes = [item.code for item in self.sums.items if item.group is group]
        return [item for item in self.items if item.item in codes]


@dataclass(frozen=True)
class Dossier:
    """Everything about a household on a day."""

    household: Household
    day: date
    profile: HouseholdProfile | None
    members: Sequence[MemberOn]
    living: LivingConditions | None
    incomes: Sequence[IncomeOn]
    events: Sequence[MemberEvent]

    @property
    def head(self) -> MemberOn | None:
        return next((m for m in self.members if m.membership.relation_to_head is Relation.HEAD), None)


def holds_on(model: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that a row was not replaced and holds on the day."""
    return and_(
        model.superseded_by.is_(None),
        model.valid_from <= day,
        or_(model.valid_to.is_(None), model.valid_to > day),
    )


def dossier_on(actor: Actor, household_id: UUID, day: date) -> Dossier:
    """Return what was so on the day, or raise NotFound outside the actor's places and relations."""
    household = get_household(actor, household_id)
    return Dossier(
        household,
        day,
        profile_on(household_id, day),
        members_on(household_id, day),
        living_on(household_id, day),
        incomes_until(household_id, day.year),
        events_until(household_id, day),
    )


def profile_on(household_id: UUID, day: date) -> HouseholdProfile | None:
    """Return the description that holds on the day."""
    query = select(HouseholdProfile).where(HouseholdProfile.household_id == household_id)
    return db.session.scalar(query.where(holds_on(HouseholdProfile, day)))


def living_on(household_id: UUID, day: date) -> LivingConditions | None:
    """Return the living conditions that hold on the day."""
    query = select(LivingConditions).where(LivingConditions.household_id == household_id)
    return db.session.scalar(query.where(holds_on(LivingConditions, day)))


def members_on(household_id: UUID, day: date) -> list[MemberOn]:
    """Return who belongs to the household on the day, the head first."""
    query = (
        select(Membership, Member, MemberProfile)
        .join(Member, Member.id == Membership.member_id)
        .outerjoin(MemberProfile, and_(MemberProfile.member_id == Member.id, holds_on(MemberProfile, day)))
        .where(Membership.household_id == household_id, holds_on(Membership, day))
    )
    found = [MemberOn(member, membership, profile, day) for membership, member, profile in db.session.execute(query)]
    return sorted(found, key=_place)


def _place(found: MemberOn) -> tuple[int, int, str]:
    return ORDER[found.membership.relation_to_head], found.member.birth_year or 0, str(found.member.id)


def get_member(actor: Actor, member_id: UUID) -> tuple[Household, Member]:
    """Return a member and his household, or raise NotFound outside the actor's places and relations."""
    member = db.session.get(Member, member_id)
    household = get_household(actor, member.household_id if member else member_id)
    return household, db.session.get_one(Member, member_id)


def former_members(household_id: UUID, day: date) -> list[tuple[Member, Membership, MemberState]]:
    """Return who belonged to the household once and does not on the day, with the way he left."""
    here = {found.member.id for found in members_on(household_id, day)}
    query = (
        select(Member, Membership, MemberEvent)
        .join(Membership, Membership.member_id == Member.id)
        .join(MemberEvent, MemberEvent.id == Membership.ended_by)
        .where(Membership.household_id == household_id, Membership.superseded_by.is_(None), Membership.valid_to <= day)
        .order_by(Membership.valid_to.desc(), Member.id)
    )
    found: dict[UUID, tuple[Member, Membership, MemberState]] = {}
    for member, membership, event in db.session.execute(query):
        if member.id not in here:
            found.setdefault(member.id, (member, membership, state_after(event)))
    return list(found.values())


def state_after(event: MemberEvent) -> MemberState:
    """Return where an event leaves a member."""
    moved = {"household_split": MemberState.SPLIT_OUT, "household_merged": MemberState.MOVED_OUT}
    return moved.get(event.kind.value) or MemberState(event.kind.value)


def events_until(household_id: UUID, day: date) -> Sequence[MemberEvent]:
    """Return what happened to the household's members until the day, the latest first."""
    query = select(MemberEvent).where(MemberEvent.household_id == household_id, MemberEvent.happened_on <= day)
    return db.session.scalars(query.order_by(MemberEvent.happened_on.desc(), MemberEvent.id)).all()


def income_of(household_id: UUID, year: int) -> IncomeOn | None:
    """Return the sheet of a year that stands."""
    found = _incomes(household_id, IncomeRecord.year == year)
    return found[0] if found else None


def incomes_until(household_id: UUID, year: int) -> list[IncomeOn]:
    """Return the sheets that stand, until a year, the latest first."""
    return _incomes(household_id, IncomeRecord.year <= year)


def _incomes(household_id: UUID, condition: ColumnElement[bool]) -> list[IncomeOn]:
    query = select(IncomeRecord).where(
        IncomeRecord.household_id == household_id, IncomeRecord.superseded_by.is_(None), condition
    )
    records = db.session.scalars(query.order_by(IncomeRecord.year.desc())).all()
    items: dict[UUID, list[IncomeItem]] = {record.id: [] for record in records}
    for item in db.session.scalars(select(IncomeItem).where(IncomeItem.record_id.in_(items))):
        items[item.record_id].append(item)
    return [IncomeOn(record, items[record.id], sums_of(record, items[record.id])) for record in records]


def sums_of(record: IncomeRecord, items: Sequence[IncomeItem]) -> Income:
    """Return the arithmetic of a stored sheet."""
    found = [Item(item.item, item.amount, item.is_one_off) for item in items]
    return income(found, record.members_end, record.concept)


def age_on(birth_date: str | None, day: date) -> int | None:
    """Return the full years of somebody born on a stored day; None where it is not known."""
    born = day_of(birth_date)
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def day_of(text: str | None) -> date | None:
    """Return a day that was stored as encrypted text."""
    try:
        return None if not text else date.fromisoformat(text)
    except ValueError:
        return None
