"""Sentinel lists: who stands on which, on which day, and who does not any more (domain.md 3.7.3)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.db import unit_of_work
from core.policy import SYSTEM, Actor
from donors.specimens import make_resident_id
from registry.choices import IncomeCode, MemberEventKind, Sentinel
from registry.incomes import Item
from registry.models import Household
from registry.queries import sentinel_facts
from registry.services import (
    add_member,
    change_member,
    record_member_event,
    save_income,
    save_living_conditions,
    save_profile,
)
from registry.small_cells import public_count, public_counts
from tests.factories.needs import OTHER_VILLAGE, VILLAGE, People, make_household
from tests.factories.registers import FIRST, SINCE, Family

BEFORE, ON, LATER = date(2024, 4, 30), date(2024, 5, 1), date(2025, 5, 1)
S = Sentinel


@pytest.fixture
def family(people: People) -> Family:
    return Family(people)


def facts(family: Family, day: date = ON, place: str = VILLAGE) -> frozenset[Sentinel]:
    with unit_of_work(SYSTEM):
        return sentinel_facts(place, day).get(family.id, frozenset())


def test_a_family_without_trouble_is_on_no_list(family: Family) -> None:
    assert facts(family) == frozenset()


Act = Callable[[Family, Household, Actor], Any]
MEMBER: dict[Sentinel, dict[str, Any]] = {
    S.DIBAO: {"receives_dibao": True},
    S.DISABILITY: {"health_status": ["chronic_illness", "disability"]},
    S.SCHOOL_DROPOUT: {"school_status": "not_in_school"},
    S.NEW_WIDOW: {"is_widowed": True},
}
PROFILE: dict[Sentinel, dict[str, Any]] = {
    S.DIBAO: {"household_category": ["dibao_poor"]},
    S.TEKUN: {"household_category": ["general_poor", "wubao_household"]},
}
LIVING: dict[Sentinel, dict[str, Any]] = {
    S.DILAPIDATED_HOUSE: {"house_grade": "c"},
    S.UNSAFE_WATER: {"water_safe": False},
    S.DISASTER_HIT: {"disaster_hit": True},
}


@pytest.mark.parametrize(("code", "values"), MEMBER.items())
def test_what_is_said_of_a_member_puts_the_household_on_a_list(
    family: Family, code: Sentinel, values: dict[str, Any]
) -> None:
    with family.opened() as (_household, actor):
        change_member(family.member(family.child), values, actor=actor, valid_from=ON)
    assert facts(family, BEFORE) == frozenset()
    assert facts(family) == {code}


@pytest.mark.parametrize(("code", "values"), PROFILE.items())
def test_what_is_said_of_the_household_puts_it_on_a_list(
    family: Family, code: Sentinel, values: dict[str, Any]
) -> None:
    with family.opened() as (household, actor):
        save_profile(household, values, actor=actor, valid_from=ON)
        save_profile(household, {"household_category": []}, actor=actor, valid_from=LATER)
    assert (facts(family, BEFORE), facts(family), facts(family, LATER)) == (frozenset(), {code}, frozenset())


@pytest.mark.parametrize(("code", "values"), LIVING.items())
def test_how_it_lives_puts_the_household_on_a_list(family: Family, code: Sentinel, values: dict[str, Any]) -> None:
    with family.opened() as (household, actor):
        save_living_conditions(household, values, actor=actor, valid_from=ON)
    assert (facts(family, BEFORE), facts(family)) == (frozenset(), {code})


def test_a_repaired_house_is_no_longer_listed(family: Family) -> None:
    with family.opened() as (household, actor):
        values = {"house_grade": "d", "dilapidated_repaired_year": 2023}
        save_living_conditions(household, values, actor=actor, valid_from=ON)
    assert facts(family) == frozenset()


def test_not_collected_puts_nobody_on_a_list(family: Family) -> None:
    with family.opened() as (household, actor):
        save_living_conditions(household, {"water_safe": None, "house_grade": None}, actor=actor, valid_from=ON)
    assert facts(family) == frozenset()


def test_high_costs_of_illness_are_those_of_this_year_and_the_last(family: Family) -> None:
    with family.opened() as (household, actor):
        for year, amount in ((2022, 30000), (2023, 9999)):
            paid = [Item(IncomeCode.COMPLIANT_SELF_PAID, Decimal(amount))]
            save_income(household, year, paid, actor=actor, as_of=ON)
    assert facts(family, date(2023, 5, 1)) == {S.HIGH_MEDICAL_COST}
    assert facts(family) == frozenset()


def test_old_people_alone_are_listed_and_with_children_are_not(people: People) -> None:
    family = Family(people)
    with family.opened() as (household, actor):
        record_member_event(
            household, MemberEventKind.MARRIED_OUT, actor=actor, happened_on=ON, member=family.member(family.child)
        )
    assert facts(family, date(2025, 1, 1)) == frozenset()
    assert S.OLD_ALONE in facts(family, date(2032, 1, 1))
    assert S.OLD_ALONE not in facts(family, date(2031, 12, 31))


def test_somebody_without_a_known_age_is_not_called_old(people: People) -> None:
    family = Family(people)
    with family.opened() as (household, actor):
        values = {"name": "某人", "relation_to_head": "other"}
        add_member(household, values, actor=actor, valid_from=SINCE)
    assert S.OLD_ALONE not in facts(family, date(2099, 1, 1))


def test_where_only_the_head_is_on_file_nobody_is_called_alone(people: People) -> None:
    household_id = make_household(people.author, size=4, id_number=make_resident_id(FIRST))
    alone = make_household(people.author, size=1, id_number=make_resident_id(FIRST + 2))
    with unit_of_work(SYSTEM):
        found = sentinel_facts(VILLAGE, date(2090, 1, 1))
    assert found == {alone: frozenset({S.OLD_ALONE})}
    assert household_id not in found


def test_a_spouse_who_died_lately_leaves_a_widow(family: Family) -> None:
    with family.opened() as (household, actor):
        spouse = family.member(family.spouse)
        record_member_event(household, MemberEventKind.DIED, actor=actor, happened_on=ON, member=spouse)
    assert facts(family, BEFORE) == frozenset()
    assert facts(family) == {S.NEW_WIDOW}
    assert facts(family, date(2027, 5, 1)) == frozenset()


def test_a_place_of_any_level_can_be_asked_for(family: Family) -> None:
    with family.opened() as (household, actor):
        save_living_conditions(household, {"water_safe": False}, actor=actor, valid_from=ON)
    for place in (VILLAGE, "451028100000", "451028", "45", ""):
        assert facts(family, place=place) == {S.UNSAFE_WATER}
    assert facts(family, place=OTHER_VILLAGE) == frozenset()


@pytest.mark.parametrize(("count", "shown"), [(None, None), (0, 0), (1, None), (4, None), (5, 5)])
def test_small_numbers_are_not_public(count: int | None, shown: int | None) -> None:
    assert public_count(count) == shown


def test_one_hidden_number_takes_another_with_it() -> None:
    assert public_counts([3, 20, 7, 0, None]) == [None, 20, None, 0, None]
    assert public_counts([3, 2, 20]) == [None, None, 20]
    assert public_counts([0, 6]) == [0, 6]
    assert public_counts([3]) == [None]
