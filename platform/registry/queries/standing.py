"""What stands on file for each step of a survey, and the mark by which a change of it is noticed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from core.db import db
from core.i18n import label
from core.policy import Actor
from core.scope import within_scope
from registry.choices import Relation
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

PERSON = "person-"
PERSON_FIELDS = ("name", "sex", "id_type", "birth_date", "ethnicity")


@dataclass(frozen=True)
class Standing:
    """What stands on file: its mark, its values by column, and since when."""

    base: str
    values: Mapping[str, Any] = field(default_factory=dict)
    since: date | None = None
    revision: int = 0

    @classmethod
    def nothing(cls) -> "Standing":
        return cls("")


@dataclass(frozen=True)
class MemberStanding:
    """A member as the list of who lives here names him."""

    member_id: UUID
    name: str
    relation: str


def standing_of(household_id: UUID, step: str) -> Standing | None:
    """Return what stands on file for a step; None for a person who does not belong to the household."""
    if step == "members" or step.startswith(f"{PERSON}new-"):
        return Standing.nothing()
    if step.startswith(PERSON):
        return _person(household_id, UUID(step.removeprefix(PERSON)))
    if step == "income":
        return _income(household_id)
    return _dated(HouseholdProfile if step in {"basics", "causes"} else LivingConditions, household_id)


def base_of(household_id: UUID, step: str) -> str:
    """Return the mark of what stands on file for a step; it changes with every change there."""
    found = standing_of(household_id, step)
    return found.base if found else ""


def _dated(model: Any, household_id: UUID) -> Standing:
    row = db.session.scalar(
        select(model).where(model.household_id == household_id, model.superseded_by.is_(None), model.valid_to.is_(None))
    )
    if row is None:
        return Standing.nothing()
    return Standing(_mark([row.id, row.version]), _columns(row), row.as_of, row.revision)


def _columns(row: Any) -> dict[str, Any]:
    return {attribute.key: getattr(row, attribute.key) for attribute in row.__mapper__.column_attrs}


def _mark(parts: Iterable[object]) -> str:
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


def _person(household_id: UUID, member_id: UUID) -> Standing | None:
    """A member who was released from the household does not stand in its survey any more."""
    query = (
        select(Member, Membership, MemberProfile)
        .join(Membership, Membership.member_id == Member.id)
        .outerjoin(
            MemberProfile,
            (MemberProfile.member_id == Member.id)
            & MemberProfile.superseded_by.is_(None)
            & MemberProfile.valid_to.is_(None),
        )
        .where(
            Member.id == member_id,
            Membership.household_id == household_id,
            Membership.superseded_by.is_(None),
            Membership.valid_to.is_(None),
        )
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    member, membership, profile = found
    values = _columns(profile) if profile else {}
    values |= {name: getattr(member, name) for name in PERSON_FIELDS}
    values["relation_to_head"] = membership.relation_to_head
    parts = [member.version, membership.id, membership.version, profile and profile.id, profile and profile.version]
    since = profile.as_of if profile else membership.as_of
    return Standing(_mark(parts), values, since, profile.revision if profile else 0)


def members_standing(household_id: UUID, day: date) -> list[MemberStanding]:
    """Return who lives in the household on a day, the head first."""
    query = (
        select(Member, Membership)
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.household_id == household_id,
            Membership.superseded_by.is_(None),
            Membership.valid_from <= day,
            or_(Membership.valid_to.is_(None), Membership.valid_to > day),
        )
        .order_by(Membership.relation_to_head != Relation.HEAD, Member.birth_year, Member.created_at, Member.id)
    )
    return [
        MemberStanding(member.id, member.name, label(membership.relation_to_head))
        for member, membership in db.session.execute(query)
    ]


def _income(household_id: UUID) -> Standing:
    rows = list(
        db.session.scalars(
            select(IncomeRecord)
            .where(IncomeRecord.household_id == household_id, IncomeRecord.superseded_by.is_(None))
            .order_by(IncomeRecord.year.desc())
        )
    )
    if not rows:
        return Standing.nothing()
    last = rows[0]
    items = db.session.scalars(select(IncomeItem).where(IncomeItem.record_id == last.id)).all()
    values: dict[str, Any] = {item.item.value: item.amount for item in items}
    values["concept"] = last.concept
    values["one_off"] = [item.item for item in items if item.is_one_off]
    return Standing(_mark(row.id for row in rows), values, date(last.year, 12, 31), last.revision)


def find_member(household_id: UUID, member_id: UUID) -> Member | None:
    """Return somebody who belongs to the household, or belonged to it last."""
    found = db.session.get(Member, member_id)
    return found if found is not None and found.household_id == household_id else None


def household_by_number(actor: Actor, region_code: str, number: str) -> Household | None:
    """Return a household of a village by its number, if it is in the actor's places."""
    query = select(Household).where(Household.region_code == region_code, Household.household_no == number.strip())
    found: Household | None = db.session.scalar(within_scope(query, Household, actor))
    return found
