"""Everything that the plausibility rules ask of many households at once, in a few statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from core.db import db
from core.policy_packs import policy_value
from registry.measures_provider import measures_for
from registry.models import (
    Household,
    HouseholdProfile,
    IncomeItem,
    IncomeRecord,
    LivingConditions,
    Member,
    MemberProfile,
    Membership,
)
from registry.queries.dossiers import IncomeOn, MemberOn, holds_on, sums_of
from registry.rules.checking import HouseholdFacts, Measure


def load_facts(households: Sequence[Household], day: date) -> list[HouseholdFacts]:
    """Return the facts of each household on the day, in the same order."""
    ids = [household.id for household in households]
    profiles, living = _one_each(HouseholdProfile, ids, day), _one_each(LivingConditions, ids, day)
    members, twice = _members(ids, day), _twice(ids, day)
    incomes = _incomes(ids, day)
    shared, started = _sharing(ids, incomes, "period_end"), _sharing(ids, incomes, "period_start")
    done = measures_for(ids)
    return [
        HouseholdFacts(
            household,
            day,
            profiles.get(household.id),
            members[household.id],
            living.get(household.id),
            incomes[household.id],
            shared[household.id],
            started[household.id],
            frozenset(m.member.id for m in members[household.id] if m.member.id in twice),
            [Measure(category, on) for category, on in done.get(household.id, ())],
            policy_value("data_quality", household.region_code, day),
            monitoring_lines(household.region_code, day),
        )
        for household in households
    ]


def monitoring_lines(region_code: str, day: date) -> Mapping[int, Decimal]:
    """Return the monitoring reference of each year as the policy pack has it; none where there is no pack."""
    try:
        pack = policy_value("policy_lines", region_code, day)
    except KeyError:
        return {}
    return {line["year"]: Decimal(str(line["amount"])) for line in pack["lines"] if line["kind"] == "monitoring"}


def _one_each(model: Any, ids: Sequence[UUID], day: date) -> dict[UUID, Any]:
    query = select(model).where(model.household_id.in_(ids), holds_on(model, day))
    return {row.household_id: row for row in db.session.scalars(query)}


def _members(ids: Sequence[UUID], day: date) -> dict[UUID, list[MemberOn]]:
    query = (
        select(Membership, Member, MemberProfile)
        .join(Member, Member.id == Membership.member_id)
        .outerjoin(MemberProfile, and_(MemberProfile.member_id == Member.id, holds_on(MemberProfile, day)))
        .where(Membership.household_id.in_(ids), holds_on(Membership, day))
        .order_by(Member.birth_year, Member.id)
    )
    found: dict[UUID, list[MemberOn]] = defaultdict(list)
    for membership, member, profile in db.session.execute(query):
        found[membership.household_id].append(MemberOn(member, membership, profile, day))
    return found


def _twice(ids: Sequence[UUID], day: date) -> set[UUID]:
    """Return the members whose number stands at another member too who belongs to a household on the day."""
    here = select(Member.id, Member.id_index).join(Membership, Membership.member_id == Member.id)
    mine = here.where(Membership.household_id.in_(ids), holds_on(Membership, day)).subquery()
    other_member, other = Member.__table__.alias("other_member"), Membership.__table__.alias("other")
    query = (
        select(mine.c.id)
        .join(other_member, and_(other_member.c.id_index == mine.c.id_index, other_member.c.id != mine.c.id))
        .join(other, other.c.member_id == other_member.c.id)
        .where(
            other.c.superseded_by.is_(None),
            other.c.valid_from <= day,
            or_(other.c.valid_to.is_(None), other.c.valid_to > day),
        )
    )
    return set(db.session.scalars(query))


def _incomes(ids: Sequence[UUID], day: date) -> dict[UUID, list[IncomeOn]]:
    query = select(IncomeRecord).where(
        IncomeRecord.household_id.in_(ids), IncomeRecord.superseded_by.is_(None), IncomeRecord.year <= day.year
    )
    records = db.session.scalars(query.order_by(IncomeRecord.year.desc())).all()
    items: dict[UUID, list[IncomeItem]] = defaultdict(list)
    for item in db.session.scalars(select(IncomeItem).where(IncomeItem.record_id.in_([r.id for r in records]))):
        items[item.record_id].append(item)
    found: dict[UUID, list[IncomeOn]] = defaultdict(list)
    for record in records:
        lines = items[record.id]
        found[record.household_id].append(IncomeOn(record, lines, sums_of(record, lines)))
    return found


def _sharing(ids: Sequence[UUID], incomes: Mapping[UUID, Sequence[IncomeOn]], edge: str) -> dict[UUID, dict[int, int]]:
    """Return for each household and year how many members counted at an edge of the sheet's period."""
    days = {getattr(year.record, edge) for years in incomes.values() for year in years}
    on_day = {day: _members(ids, day) for day in days}
    found: dict[UUID, dict[int, int]] = defaultdict(dict)
    for household_id, years in incomes.items():
        for year in years:
            members = on_day[getattr(year.record, edge)][household_id]
            found[household_id][year.record.year] = sum(1 for member in members if member.counts)
    return found
