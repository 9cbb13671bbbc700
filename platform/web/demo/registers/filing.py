"""Putting a village's households on file with their whole register, many rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
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
HEADS, APART = 20_000, 1_009
ELDER, ELDERS = timedelta(days=8_000), 10


@dataclass(frozen=True)
class Planned:
    """What the story says of a household before its register is drawn; `overall` numbers its head in the county.

    `grown_by` is set for households that are on file since long: their heads were born by then.
    """

    number: int
    overall: int
    size: int
    has_phone: bool
    causes: Sequence[Cause]
    grown_by: date | None = None


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


@dataclass(frozen=True)
class Said:
    """What is said about a household and its members on a day."""

    profile: dict[str, Any]
    living: dict[str, Any]
    members: Sequence[tuple[Person, dict[str, Any], UUID]]


def file_households(place: Place, planned: Sequence[Planned]) -> list[Filed]:
    """Write the households of a village with descriptions, members and living conditions; return them in order."""
    drawn = draw_households(place, planned)
    enter_households(place, drawn, [_said(filed) for filed in drawn])
    return drawn


def _said(filed: Filed) -> Said:
    together = zip(filed.members, filed.member_ids, strict=True)
    return Said(filed.profile, filed.living, [(who, values, member_id) for (who, values), member_id in together])


def draw_households(place: Place, planned: Sequence[Planned]) -> list[Filed]:
    """Return the households of a village as they are on the place's day; nothing is written."""
    return [_draw(place, one) for one in planned]


def enter_households(
    place: Place, drawn: Sequence[Filed], said: Sequence[Said], *, besides: Sequence[Base] = ()
) -> None:
    """Write households with what is said of each, and rows that point at them."""
    rows = [row for filed, one in zip(drawn, said, strict=True) for row in _rows(place, filed, one)]
    if drawn:
        role = role_for(place.officer, RegistryPermission.HOUSEHOLD_CREATE, drawn[0].household)
        write_rows([*rows, *besides], role=role)
    standing = select(Household).where(Household.region_code == place.code)
    found = {household.id: household for household in db.session.scalars(standing)}
    for filed in drawn:
        filed.household = found[filed.household.id]


def number_of_head(overall: int, dice: Random, *, grown_by: date | None = None) -> str:
    """Return the ID of the n-th head: the same day of birth for a man and a woman, in sequences of their own.

    Neighbours' heads are of all ages: `APART` is prime to the number of days.
    """
    place = overall % HEADS
    number = overall - place + place * APART % HEADS
    male = dice.random() < MALE_HEADS
    found = make_resident_id(number)
    if (int(found[16]) % 2 == 1) is not male:
        found = make_resident_id(number + SAME_BIRTH)
    born = date(int(found[6:10]), int(found[10:12]), int(found[12:14]))
    if grown_by is None or born <= grown_by:
        return found
    return make_resident_id(int(found[14:17]) + ELDERS, born=born - ELDER)


def _draw(place: Place, one: Planned) -> Filed:
    dice = Random(f"{place.seed}/register/{place.code}/{one.number}")  # noqa: S311 - a demo that can be repeated
    standing = draw_standing(dice)
    number = number_of_head(one.overall, dice, grown_by=one.grown_by)
    head = head_of(number, person(one.overall))
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


def _rows(place: Place, filed: Filed, said: Said) -> list[Base]:
    household = filed.household
    where = {"region_code": household.region_code, "county_code": household.county_code}
    carried = where | {"household_id": household.id}
    carried |= noted(place.officer, place.day, Source.VISIT) | {"valid_from": place.day}
    rows: list[Base] = [
        household,
        HouseholdProfile(id=uuid4(), phone=household.phone, **said.profile, **carried),
        LivingConditions(id=uuid4(), **said.living, **carried),
    ]
    for who, values, member_id in said.members:
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
