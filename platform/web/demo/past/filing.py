"""The households of a village as they were put on file in the spring of 2014, with their incomes of the year before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from core.db import Base
from registry.choices import HouseGrade, HouseStructure, IncomeCode, RoadType, Source, WaterSource
from registry.incomes import income
from web.demo.past.belonging import joined_on
from web.demo.past.places import GROWN_BY, ON_FILE, YEAR
from web.demo.past.ways import ON_REGISTER, Way, draw_ways
from web.demo.registers.filing import Filed, Place, Planned, Said, draw_households, enter_households, noted
from web.demo.registers.households import describe_household, living
from web.demo.registers.incomes import first_year, items_of
from web.demo.registers.members import describe
from web.demo.registers.yearly import income_rows

POOR, ABOVE, NEAR = (1_350, 2_650), (3_300, 8_500), (2_800, 3_400)
LEFT_IN = (2016, 2017, 2017, 2018, 2018, 2019, 2020)
OLD_REGISTER = {True: 0.62, False: 0.13}
OF_THEN = ("natural_village", "group_no", "address_detail", "bank_name", "bank_account", "is_relative_of_official")
KNOWN_LATER = (Way.FLAG_CONFIRMED, Way.WITHDREW)
NEAR_LINE = (Way.ABOVE_LINE, Way.LATER)


@dataclass
class Kept:
    """A household on file since 2014: as it is when the demo's two years begin, and what the round brought it.

    `places` are those of the members who belonged to it then, `lived` says how it lived.
    """

    filed: Filed
    way: Way
    places: list[int]
    causes: Sequence[Any]
    lived: dict[str, Any] = field(default_factory=dict)

    @property
    def persons(self) -> int:
        """How many persons it had in the round."""
        return len(self.places)


def keep_households(place: Place, planned: Sequence[Planned], quota: int, *, whole: bool) -> list[Kept]:
    """Put a village's households on file as they were in 2014; `place` has the day on which the two years begin."""
    dice = Random(f"{place.seed}/{YEAR}/{place.code}")  # noqa: S311 - a demo that can be repeated
    grown = [replace(one, grown_by=GROWN_BY) for one in planned]
    drawn = draw_households(place, grown)
    then = [_there(filed) for filed in drawn]
    ways = draw_ways([len(places) for places in then], quota, dice, whole=whole)
    kept = [
        Kept(filed, way, places, one.causes) for filed, way, places, one in zip(drawn, ways, then, planned, strict=True)
    ]
    for one, wanted in zip(kept, planned, strict=True):
        _stand(one, place.day, wanted.overall, dice)
    _enter(replace(place, day=ON_FILE), kept, dice)
    return kept


def _there(filed: Filed) -> list[int]:
    """Return the places of those who belonged to the family by then."""
    family = [who for who, _ in filed.members]
    return [number for number, who in enumerate(family) if joined_on(who, family) <= ON_FILE]


def _stand(kept: Kept, day: date, overall: int, dice: Random) -> None:
    """Let what the register says at the beginning of the two years follow from the round."""
    filed = kept.filed
    exited = kept.way in ON_REGISTER or kept.way is Way.LATER
    filed.standing = replace(filed.standing, exited=exited, monitored=False, cleared=False)
    filed.profile = describe_household(filed.standing, kept.causes, day, overall, dice)
    filed.profile["previously_registered"] = dice.random() < OLD_REGISTER[kept.way in ON_REGISTER]
    if exited:
        first, last = (YEAR, LEFT_IN) if kept.way in ON_REGISTER else (dice.choice((2015, 2016)), LEFT_IN[-3:])
        filed.profile |= {"registered_year": first, "exit_year": dice.choice(last)}


def _enter(place: Place, kept: Sequence[Kept], dice: Random) -> None:
    said, incomes = [], []
    for one in kept:
        one.filed.household.size = one.persons
        one.lived = _lived(one, dice)
        members = _members(one, dice)
        said.append(Said(_profile(one), one.lived, members))
        incomes += _incomes(one, [(who, values) for who, values, _ in members], place, dice)
    enter_households(place, [one.filed for one in kept], said, besides=incomes)


def _profile(kept: Kept) -> dict[str, Any]:
    return {name: kept.filed.profile[name] for name in (*OF_THEN, "previously_registered")}


def _members(kept: Kept, dice: Random) -> list[Any]:
    filed, found = kept.filed, []
    for number in kept.places:
        who = filed.members[number][0]
        values = describe(who, ON_FILE, dibao=filed.standing.dibao, dice=dice)
        found.append((who, values, filed.member_ids[number]))
    return found


def _lived(kept: Kept, dice: Random) -> dict[str, Any]:
    """Return how a household lived then: the poor ones often in clay houses, with water from the open and no road."""
    found = living(kept.filed.standing, kept.persons, dice) | {"microcredit_amount": Decimal(0)}
    found["house_year"] = min(found["house_year"], dice.randint(1978, 2012))
    poor = kept.way in ON_REGISTER
    if dice.random() < (0.4 if poor else 0.04):
        grade = dice.choice((HouseGrade.C, HouseGrade.D))
        found |= {"house_structure": HouseStructure.ADOBE, "house_grade": grade, "has_sanitary_toilet": False}
    if dice.random() < (0.35 if poor else 0.05):
        found |= {"water_source": WaterSource.UNPROTECTED_WELL, "water_safe": False, "water_difficult": True}
    if dice.random() < (0.6 if poor else 0.3):
        found["road_type"] = RoadType.EARTH
    return found


def _incomes(kept: Kept, members: Any, place: Place, dice: Random) -> list[Base]:
    span = POOR if kept.way in (*ON_REGISTER, *KNOWN_LATER) else NEAR if kept.way in NEAR_LINE else ABOVE
    amounts = _scaled(first_year(members, kept.lived, YEAR - 1, dice), kept.persons, dice.randint(*span))
    row = noted(place.officer, place.day, Source.VISIT)
    return income_rows(kept.filed, YEAR - 1, kept.persons, amounts, row)


def _scaled(amounts: dict[IncomeCode, int], persons: int, wanted: int) -> dict[IncomeCode, int]:
    """Return the amounts of a year in which each person had about so much."""
    each = income(items_of(amounts), persons).per_capita
    if each <= 0:
        return {IncomeCode.BUSINESS_CROPS: wanted * persons}
    return {code: int(round(amount * wanted / int(each + 1), -1)) for code, amount in amounts.items()}
