"""Income: exact sums, the formula that is shown, sheets of a year that replace each other."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from core.db import unit_of_work
from core.errors import NotValid, Refused
from core.i18n import has_label
from core.policy import SYSTEM
from registry.choices import IncomeCode, IncomeConcept, IncomeGroup, MemberEventKind, group_of_item
from registry.incomes import RECEIVED, Flag, FormulaLine, Income, Item, Line, formula_lines, income, per_person
from registry.models import IncomeItem, IncomeRecord
from registry.queries import dossier_on, income_of
from registry.services import change_member, record_member_event, save_income
from tests.factories.needs import People
from tests.factories.registers import SINCE, Family

ON = date(2024, 5, 1)
fen = some.decimals(0, 10_000_000, places=2)
lines = some.lists(
    some.builds(Item, some.sampled_from(IncomeCode), fen, some.booleans()), unique_by=lambda item: item.code
)
years = some.builds(income, lines, some.integers(1, 30), some.sampled_from(IncomeConcept))


def wages(amount: str, **more: Any) -> Item:
    return Item(IncomeCode.WAGE_MIGRANT, Decimal(amount), **more)


@pytest.fixture
def family(people: People) -> Family:
    return Family(people)


def test_every_item_has_its_group() -> None:
    groups = {code: group_of_item(code) for code in IncomeCode}
    assert set(groups.values()) == set(IncomeGroup)
    assert groups[IncomeCode.TRANSFER_DIBAO] is IncomeGroup.TRANSFER
    assert groups[IncomeCode.EXPENSE_CROPS] is IncomeGroup.BUSINESS_EXPENSE


def test_a_sheet_is_added_up_as_the_form_says() -> None:
    year = income(
        [
            wages("20000"),
            Item(IncomeCode.BUSINESS_CROPS, Decimal("8000.50")),
            Item(IncomeCode.PROPERTY_LAND_TRANSFER, Decimal(600)),
            Item(IncomeCode.TRANSFER_DIBAO, Decimal(3000)),
            Item(IncomeCode.EXPENSE_CROPS, Decimal("2500.25")),
            Item(IncomeCode.PAID_SOCIAL_INSURANCE, Decimal(1200)),
            Item(IncomeCode.CLAIMS_INCOME, Decimal(5000)),
            Item(IncomeCode.COMPLIANT_SELF_PAID, Decimal(9000)),
        ],
        4,
    )
    assert (year.gross, year.net, year.disposable) == (Decimal("31600.50"), Decimal("29100.25"), Decimal("27900.25"))
    assert (year.result, year.per_capita) == (year.net, Decimal("7275.06"))
    assert year.monitoring_reference == Decimal("25100.25")
    assert year.monitoring_reference_per_capita == Decimal("6275.06")
    assert year.flags == {Flag.CONCEPT_MIXED}


def test_what_comes_once_is_shown_apart() -> None:
    relief = Item(IncomeCode.TRANSFER_SOCIAL_RELIEF, Decimal(4000), is_one_off=True)
    year = income([wages("10000"), relief], 3)
    assert (year.net, year.one_off, year.stable, year.stable_per_capita) == (14000, 4000, 10000, Decimal("3333.33"))
    assert Flag.ONE_OFF in year.flags
    assert Line.STABLE in {line.line for line in formula_lines(year)}


def test_living_expense_cannot_even_be_written() -> None:
    assert not [code for code in IncomeCode if "living" in code.value]


@given(years)
def test_the_sums_are_those_of_the_items(year: Income) -> None:
    by_group = {g: sum((i.amount for i in year.items if i.group is g), Decimal(0)) for g in IncomeGroup}
    assert year.gross == sum((by_group[group] for group in RECEIVED), Decimal(0))
    assert year.net == year.gross - by_group[IncomeGroup.BUSINESS_EXPENSE]
    assert year.disposable == year.net - by_group[IncomeGroup.TRANSFER_EXPENSE]
    assert year.disposable <= year.net <= year.gross
    assert year.stable + year.one_off == year.result
    assert (Flag.NEGATIVE in year.flags) == (year.result < 0 or year.monitoring_reference < 0)


@given(years)
def test_every_line_of_the_formula_comes_to_its_result(year: Income) -> None:
    shown = formula_lines(year)
    for line in shown:
        assert worked_out(line) == line.result
        assert all(has_label(term.what) for term in line.terms)
    results = {line.line: line.result for line in shown}
    assert results[Line.PER_CAPITA] == year.per_capita
    assert (Line.DISPOSABLE in results) == (year.concept is IncomeConcept.DISPOSABLE)
    assert (Line.REFERENCE in results) == bool(year.group(IncomeGroup.CLAIMS) or year.group(IncomeGroup.SELF_PAID))


def worked_out(line: FormulaLine) -> Decimal:
    found = Decimal(0)
    for term in line.terms:
        if term.sign == "÷":
            return per_person(found, int(term.amount))
        found += -term.amount if term.sign == "-" else term.amount
    return found


@given(fen, some.integers(1, 30), some.booleans())
def test_shares_differ_from_the_whole_by_less_than_a_fen_each(amount: Decimal, members: int, below: bool) -> None:
    whole = -amount if below else amount
    assert abs(per_person(whole, members) * members - whole) <= Decimal("0.005") * members


@pytest.mark.parametrize("amount", ["-1", "1.001", "NaN", "Infinity"])
def test_no_other_amount_is_added_up(amount: str) -> None:
    with pytest.raises(ValueError):
        income([wages(amount)], 1)
    with pytest.raises(ValueError):
        income([], 0)


def test_the_year_is_shared_by_those_who_count_at_its_end(family: Family) -> None:
    with family.opened() as (household, actor):
        change_member(
            family.member(family.child),
            {"counts_for_income": False, "counts_reason": "服刑"},
            actor=actor,
            valid_from=date(2023, 6, 1),
        )
        assert save_income(household, 2022, [wages("9000")], actor=actor, as_of=ON).members_end == 3
        assert save_income(household, 2023, [wages("9000")], actor=actor, as_of=ON).members_end == 2
        record_member_event(
            household, MemberEventKind.DIED, actor=actor, happened_on=ON, member=family.member(family.spouse)
        )
        assert save_income(household, 2019, [wages("9000")], actor=actor, as_of=ON).members_end == 2


def test_a_sheet_replaces_the_one_before_and_keeps_it(family: Family) -> None:
    with family.opened() as (household, actor):
        first = save_income(household, 2023, [wages("9000")], actor=actor, as_of=ON, expected_revision=0)
        again = save_income(household, 2023, [wages("9000")], actor=actor, as_of=ON)
        assert again is first
        once = wages("9500", is_one_off=True)
        second = save_income(household, 2023, [once], actor=actor, as_of=ON, expected_revision=1)
        assert (first.superseded_by, second.revision) == (second.id, 2)
        with pytest.raises(Refused) as refusal:
            save_income(household, 2023, [wages("1")], actor=actor, as_of=ON, expected_revision=1)
        assert refusal.value.code == "stale_revision"
    with unit_of_work(SYSTEM) as session:
        found = income_of(family.id, 2023)
        assert found is not None
        assert (found.sums.net, found.sums.one_off) == (9500, 9500)
        assert found.record.amounts == {"fen": {"wage_migrant": 950000}, "one_off": ["wage_migrant"]}
        kept = session.scalars(select(IncomeItem.amount).where(IncomeItem.record_id == first.id)).all()
        assert kept == [9000]


def test_years_stand_beside_each_other_in_the_dossier(family: Family) -> None:
    with family.opened() as (household, actor):
        for year in (2021, 2022, 2023):
            save_income(household, year, [wages("9000")], actor=actor, as_of=ON)
        assert [i.record.year for i in dossier_on(actor, family.id, date(2022, 7, 1)).incomes] == [2022, 2021]
        assert dossier_on(actor, family.id, SINCE).head.member.name == "韦大山"  # type: ignore[union-attr]  # there is one


@pytest.mark.parametrize(
    ("items", "more", "field"),
    [
        ([wages("1.001")], {}, "wage_migrant"),
        ([wages("-5")], {}, "wage_migrant"),
        ([wages("1e12")], {}, "wage_migrant"),
        ([], {"period_start": date(2023, 7, 1), "period_end": date(2023, 6, 30)}, "period_end"),
        ([], {"period_end": date(2024, 1, 31)}, "period_end"),
        ([], {"members_end": 31}, "members_end"),
        ([], {"notes": {IncomeCode.WAGE_MIGRANT: "x" * 201}}, "wage_migrant"),
        ([], {"as_of": date(2999, 1, 1)}, "as_of"),
    ],
)
def test_a_wrong_sheet_is_named(family: Family, items: list[Item], more: dict[str, Any], field: str) -> None:
    with family.opened() as (household, actor), pytest.raises(NotValid) as refusal:
        save_income(household, 2023, items, **({"actor": actor, "as_of": ON} | more))
    assert field in refusal.value.errors


def test_a_sheet_can_be_of_twelve_rolling_months(family: Family) -> None:
    with family.opened() as (household, actor):
        months = {"period_start": date(2023, 10, 1), "period_end": date(2024, 9, 30)}
        save_income(household, 2024, [wages("9000")], actor=actor, as_of=date(2024, 10, 8), **months)
    with unit_of_work(SYSTEM) as session:
        (record,) = session.scalars(select(IncomeRecord).where(IncomeRecord.household_id == family.id))
        assert (record.year, record.period_start) == (2024, date(2023, 10, 1))
