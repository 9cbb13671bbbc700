"""What the demo says of 2014: who was there, and how the number of a village bounds who was put on the register."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from registry.choices import Relation, Sex
from web.demo.past.belonging import joined_on
from web.demo.past.ways import NOT_ADMITTED, ON_REGISTER, Way, draw_ways
from web.demo.registers.families import Person
from web.demo.registers.filing import number_of_head

SIZES = [4, 3, 5, 2, 6, 4, 1, 3, 4, 5, 2, 4, 3, 4]


def drawn(quota: int, *, whole: bool) -> list[Way]:
    return draw_ways(SIZES, quota, Random(7), whole=whole)


def persons(ways: list[Way]) -> int:
    return sum(size for size, way in zip(SIZES, ways, strict=True) if way in ON_REGISTER - {Way.OVER_QUOTA})


@pytest.mark.parametrize("quota", [1, 12, 23])
def test_a_whole_household_may_be_the_last_within_the_number_and_one_is_beyond_it(quota: int) -> None:
    """domain.md 4.4."""
    ways = drawn(quota, whole=True)
    assert quota <= persons(ways) < quota + max(SIZES)
    assert ways.count(Way.OVER_QUOTA) == 1
    assert {*NOT_ADMITTED, Way.DECLINED} <= set(ways)


@pytest.mark.parametrize("quota", [0, 12, 23])
def test_a_neighbour_stays_within_its_number(quota: int) -> None:
    ways = drawn(quota, whole=False)
    assert persons(ways) <= quota
    assert Way.OVER_QUOTA not in ways


def test_equal_dice_give_equal_ways() -> None:
    assert drawn(23, whole=True) == drawn(23, whole=True)


def member(relation: Relation, born: date) -> Person:
    return Person(relation, Sex.FEMALE, born, "someone", "")


def test_a_wife_joins_at_the_wedding_and_never_after_her_child() -> None:
    wife, child = member(Relation.DAUGHTER_IN_LAW, date(1996, 4, 1)), member(Relation.GRANDSON, date(2014, 9, 9))
    assert joined_on(child, [wife, child]) == child.born
    assert joined_on(wife, [wife, child]) == child.born
    assert joined_on(wife, [wife, replace(child, born=date(2020, 1, 1))]).year == 2016


def test_heads_have_numbers_of_their_own_whenever_they_were_born() -> None:
    grown = date(1991, 3, 3)
    numbers = [number_of_head(n, Random(n), grown_by=grown) for n in range(0, 40_000, 13)]
    numbers += [number_of_head(n, Random(n)) for n in range(5, 40_000, 13)]
    assert len(set(numbers)) == len(numbers)
    assert max(number[6:14] for number in numbers[: len(range(0, 40_000, 13))]) <= f"{grown:%Y%m%d}"
