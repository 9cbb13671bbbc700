"""Putting a village's households on file with their whole register, many rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from core.crypto import blind_index
from core.db import Base, db
from core.policy import Actor
from donors.specimens import make_resident_id
from regions.codes import county_code
from registry.choices import Cause, IdType, Source
from registry.models import Household, HouseholdProfile, LivingConditions, Member, MemberProfile, Membership
from registry.policy import RegistryPermission, role_for
from registry.services.persons import person_index
from web.demo.names import person, phone, story
from web.demo.registers.families import Numbers, Person, draw_family, head_of
from web.demo.registers.households import Standing, describe_household, draw_standing, living
from web.demo.registers.incomes import Described
from web.demo.registers.members import describe, is_alone
from web.demo.registers.writing import write_rows

MALE_HEADS, SAME_BIRTH = 0.72, 60_000


@dataclass(frozen=True)
class Planned:
    """What the story says of a household before its register is drawn; `overall` numbers its head in the county."""

    number: int
    overall: int
    size: int
    has_phone: bool
    causes: Sequence[Cause]


@dataclass
class Filed:
    """A household on file, as the later visits know it."""

    household: Household
    standing: Standing
    profile: dict[str, Any]
    members: Described
    member_ids: list[UUID]
    living: dict[str, Any]
    dice: Random
    amounts: dict[Any, int] = field(default_factory=dict)

    def leave(self, place: int) -> None:
        """Forget a member who left."""
        self.members = [member for number, member in enumerate(self.members) if number != place]
        del self.member_ids[place]


@dataclass(frozen=True)
class Place:
    """Where and when a village's register is begun, and who writes it."""

    code: str
    day: date
    officer: Actor
    seed: int
    numbers: Numbers


def file_households(place: Place, planned: Sequence[Planned]) -> list[Filed]:
    """Write the households of a village with descriptions, members and living conditions; return them in order."""
    drawn = [_draw(place, one) for one in planned]
    rows = [row for filed in drawn for row in _rows(place, filed)]
    if drawn:
        role = role_for(place.officer, RegistryPermission.HOUSEHOLD_CREATE, drawn[0].household)
        write_rows(rows, role=role)
    standing = select(Household).where(Household.region_code == place.code)
    found = {household.id: household for household in db.session.scalars(standing)}
    for filed in drawn:
        filed.household = found[filed.household.id]
    return drawn


def number_of_head(overall: int, dice: Random) -> str:
    """Return the ID of the n-th head: the same day of birth for a man and a woman, in sequences of their own."""
    number = make_resident_id(overall)
    male = dice.random() < MALE_HEADS
    return number if (int(number[16]) % 2 == 1) is male else make_resident_id(overall + SAME_BIRTH)


def _draw(place: Place, one: Planned) -> Filed:
    dice = Random(f"{place.seed}/register/{place.code}/{one.number}")  # noqa: S311 - a demo that can be repeated
    standing = draw_standing(dice)
    head = head_of(number_of_head(one.overall, dice), person(one.overall))
    family = draw_family(head, one.size, place.day, place.numbers, dice)
    members = [(who, describe(who, place.day, dibao=standing.dibao, dice=dice)) for who in family]
    if is_alone(family, place.day):
        members[0][1]["is_widowed"] = dice.random() < 0.7
    profile = describe_household(standing, one.causes, place.day, one.overall, dice)
    how = living(standing, one.size, dice)
    ids = [uuid4() for _ in family]
    return Filed(_household(place, one, head, profile["group_no"]), standing, profile, members, ids, how, dice)


def _household(place: Place, one: Planned, head: Person, group_no: str) -> Household:
    return Household(
        id=uuid4(),
        region_code=place.code,
        county_code=county_code(place.code),
        household_no=f"{one.number + 1:03d}",
        group_no=group_no,
        size=one.size,
        head_name=head.name,
        id_number=head.number,
        id_index=blind_index("household.id_number", head.number),
        phone=phone(one.overall) if one.has_phone else None,
    )


def _rows(place: Place, filed: Filed) -> list[Base]:
    household = filed.household
    where = {"region_code": household.region_code, "county_code": household.county_code}
    carried = where | {"household_id": household.id}
    carried |= noted(place.officer, place.day, Source.VISIT) | {"valid_from": place.day}
    rows: list[Base] = [
        household,
        HouseholdProfile(id=uuid4(), phone=household.phone, **filed.profile, **carried),
        LivingConditions(id=uuid4(), **filed.living, **carried),
    ]
    for (who, values), member_id in zip(filed.members, filed.member_ids, strict=True):
        rows += [
            member_row(who, member_id, filed.dice, household_id=household.id, **where),
            Membership(id=uuid4(), member_id=member_id, relation_to_head=who.relation, **carried),
            MemberProfile(id=uuid4(), member_id=member_id, **values, **carried),
        ]
    return rows


def noted(officer: Actor, day: date, source: Source) -> dict[str, Any]:
    """Return who wrote a row down, when and from what."""
    return {"as_of": day, "source": source, "recorded_by": officer.account_id, "revision": 1}


def member_row(who: Person, member_id: UUID, dice: Random, **carried: Any) -> Member:
    """Return the row of a person."""
    return Member(
        id=member_id,
        name=who.name,
        sex=who.sex,
        id_type=IdType.RESIDENT_ID,
        id_number=who.number,
        id_index=person_index(who.number),
        birth_date=who.born.isoformat(),
        birth_year=who.born.year,
        ethnicity=dice.choice(story("registers")["ethnicities"]),
        **carried,
    )
