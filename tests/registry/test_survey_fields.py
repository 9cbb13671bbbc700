"""What is typed in a house: full-width digits, days in any form, "not asked" apart from "no"; nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest

from registry.choices import Fuel, WaterSource
from registry.forms.fields import AmountField, DayField, ManyField, PickField, WholeField, YesNoField, answer_of
from registry.forms.step import StepForm, grouped


class Probe(StepForm):
    amount = AmountField("amount", unit="yuan")
    count = WholeField("count", most=30)
    day = DayField("day")
    asked = YesNoField("asked")
    source = PickField("source", WaterSource)
    fuels = ManyField("fuels", Fuel, most=2)


def probe(**typed: str | list[str]) -> Probe:
    pairs = [
        (name, value) for name, values in typed.items() for value in ([values] if isinstance(values, str) else values)
    ]
    return Probe.of(pairs)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1200", "1200"),
        ("１２００．５", "1200.5"),
        ("12,000", "12000"),
        (" 3 500 元", "3500"),
        ("￥80", "80"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, value: str) -> None:
    form = probe(amount=typed)
    assert form.validate()
    assert form.amount.data == Decimal(value)


@pytest.mark.parametrize("typed", ["a lot", "1.234", "-5", "NaN", "1e30"])
def test_what_is_no_amount_is_said_and_stays_typed(typed: str) -> None:
    form = probe(amount=typed)
    assert not form.validate()
    assert form.amount._value() == typed


@pytest.mark.parametrize(
    "typed", ["2026-11-05", "2026/11/5", "2026.11.5", "20261105", "2026年11月5日", "２０２６-１１-５"]
)
def test_days_are_read_in_the_usual_forms(typed: str) -> None:
    form = probe(day=typed)
    assert form.validate()
    assert form.day.data == date(2026, 11, 5)


@pytest.mark.parametrize("typed", ["2026-02-30", "5 November", "2026", "99999999"])
def test_what_is_no_day_is_said(typed: str) -> None:
    assert not probe(day=typed).validate()


def test_not_asked_is_neither_yes_nor_no() -> None:
    said = {typed: probe(asked=typed).asked.answer for typed in ("yes", "no", "unknown", "")}
    assert said == {"yes": True, "no": False, "unknown": None, "": None}


def test_a_whole_number_has_its_bounds() -> None:
    assert [probe(count=typed).validate() for typed in ("0", "30", "31", "2.5")] == [True, True, False, False]


def test_no_more_than_so_many_are_chosen() -> None:
    assert probe(fuels=["firewood", "coal"]).validate()
    assert not probe(fuels=["firewood", "coal", "dung"]).validate()


def test_a_value_of_the_file_is_offered_as_it_would_be_typed() -> None:
    values = {
        "amount": Decimal("1200.50"),
        "count": 0,
        "day": date(2026, 11, 5),
        "asked": False,
        "source": WaterSource.RAIN,
        "fuels": ["coal"],
    }
    raws = probe().raws_of(values)
    assert raws == {
        "amount": ["1200.5"],
        "count": ["0"],
        "day": ["2026-11-05"],
        "asked": ["no"],
        "source": ["rain"],
        "fuels": ["coal"],
    }
    again = Probe.of([(name, value) for name, found in raws.items() for value in found])
    assert again.validate()
    assert {name: answer_of(field) for name, field in again._fields.items()} == values


def test_nothing_is_filled_beforehand() -> None:
    assert [value for value in probe().answers().values() if value not in (None, [])] == []


def test_empty_lines_and_what_steers_the_form_are_no_values() -> None:
    assert grouped([("a", " "), ("b", "1"), ("b", "2"), ("csrf_token", "x"), ("go", "on")]) == {"b": ["1", "2"]}
