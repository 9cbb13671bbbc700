"""Plausibility rules about the income of a year, its population and its period (domain.md 2.1)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.db import unit_of_work
from core.policy import SYSTEM
from registry.choices import IncomeCode
from registry.incomes import Item
from registry.models import Household
from registry.services import change_member, check_household, save_income, save_profile
from tests.factories.needs import People
from tests.factories.registers import SINCE, Family

ON = date(2024, 5, 1)


@pytest.fixture
def family(people: People) -> Family:
    return Family(people)


def found(family: Family, day: date | None = None) -> set[str]:
    with unit_of_work(SYSTEM) as session:
        return {row.rule for row in check_household(session.get_one(Household, family.id), day=day)}


def earn(family: Family, year: int, lines: Sequence[Item], **more: Any) -> None:
    with family.opened() as (household, actor):
        save_income(household, year, lines, actor=actor, as_of=ON, **more)


def items(*pairs: tuple[IncomeCode, int]) -> list[Item]:
    return [Item(code, Decimal(amount)) for code, amount in pairs]


C = IncomeCode


@pytest.mark.parametrize(
    ("sheets", "rule", "year"),
    [
        ({2023: items((C.EXPENSE_CROPS, 500))}, "income_negative", 2023),
        ({2023: items((C.WAGE_OTHER, 9000), (C.EXPENSE_CROPS, 500))}, "cost_without_yield", 2023),
        ({2022: items((C.WAGE_OTHER, 9000)), 2023: items((C.WAGE_OTHER, 90000))}, "income_leap", 2023),
        ({2023: items((C.WAGE_OTHER, 9000), (C.PAID_OTHER, 500))}, "concept_mixed", 2023),
        ({2018: items((C.WAGE_OTHER, 9000))}, "income_without_members", 2018),
    ],
)
def test_a_rule_of_the_income_speaks(family: Family, sheets: dict[int, Sequence[Item]], rule: str, year: int) -> None:
    with family.opened() as (household, actor):
        for of, lines in sheets.items():
            save_income(household, of, lines, actor=actor, as_of=ON)
    with unit_of_work(SYSTEM) as session:
        findings = check_household(session.get_one(Household, family.id))
    assert (rule, year) in {(row.rule, row.year) for row in findings}


def test_an_income_is_shared_by_the_members_of_its_time(family: Family) -> None:
    with family.opened() as (household, actor):
        save_income(household, 2023, items((C.WAGE_OTHER, 9000)), actor=actor, as_of=ON, members_end=5)
    assert "income_members" in found(family)


def test_the_persons_at_the_start_are_the_members_of_that_day(family: Family) -> None:
    earn(family, 2023, items((C.WAGE_OTHER, 9000)), members_start=3)
    assert "income_members_start" not in found(family)
    earn(family, 2023, items((C.WAGE_OTHER, 9000)), members_start=4)
    assert "income_members_start" in found(family)


@pytest.mark.parametrize(
    ("start", "end", "speaks"),
    [
        (date(2022, 11, 1), date(2023, 10, 31), False),
        (date(2023, 1, 1), date(2023, 12, 31), False),
        (date(2023, 4, 1), date(2023, 12, 31), True),
        (date(2022, 1, 1), date(2023, 12, 31), True),
    ],
)
def test_a_year_has_twelve_months_calendar_or_rolling(family: Family, start: date, end: date, speaks: bool) -> None:
    earn(family, 2023, items((C.WAGE_OTHER, 9000)), period_start=start, period_end=end)
    assert ("income_period" in found(family)) is speaks


def test_dibao_is_in_the_sheet_and_in_the_file_or_in_neither(family: Family) -> None:
    earn(family, 2023, items((C.WAGE_OTHER, 9000)))
    with family.opened() as (_household, actor):
        change_member(family.member(family.spouse), {"receives_dibao": True}, actor=actor, valid_from=SINCE)
    assert "dibao_contradicts" in found(family, ON)
    earn(family, 2023, items((C.WAGE_OTHER, 9000), (C.TRANSFER_DIBAO, 3000)))
    assert "dibao_contradicts" not in found(family, ON)


def test_what_comes_once_does_not_carry_over_the_line(family: Family) -> None:
    """Three persons, and a monitoring line of some thousand yuan (domain.md 5.3)."""
    earn(family, 2023, [*items((C.WAGE_OTHER, 12000)), Item(C.TRANSFER_DONATIONS, Decimal(90000), is_one_off=True)])
    assert "one_off_carries" in found(family)
    earn(family, 2023, items((C.WAGE_OTHER, 102000)))
    assert "one_off_carries" not in found(family)


@pytest.mark.parametrize(("wages", "speaks"), [(9000, True), (90000, False)])
def test_nobody_is_cleared_below_the_line(family: Family, wages: int, speaks: bool) -> None:
    """Domain.md 5.5 d."""
    earn(family, 2023, items((C.WAGE_OTHER, wages)))
    values = {"monitoring_status": "cleared", "cleared_on": date(2023, 9, 1), "clearing_method": "by_itself"}
    with family.opened() as (household, actor):
        save_profile(household, values, actor=actor, valid_from=ON)
    assert ("cleared_below_line" in found(family)) is speaks
