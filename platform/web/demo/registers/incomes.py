"""The incomes of an invented household: what follows from its members, its land and its animals."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

from registry.choices import Health, IncomeCode, SchoolStatus
from registry.incomes import Item
from web.demo.registers.families import Person

Described = Sequence[tuple[Person, dict[str, Any]]]
C = IncomeCode
PENSION, OLD_AGE, DIBAO, JOB, DISABLED = 1_860, 1_200, 3_900, 600, 960
ONCE = {C.TRANSFER_DONATIONS}


def first_year(members: Described, living: dict[str, Any], year: int, dice: Random) -> dict[IncomeCode, int]:
    """Return the amounts of a first year in yuan."""
    found = _wages(members, dice) | _farming(living, dice) | _transfers(members, living, year, dice)
    if dice.random() < 0.4:
        found[C.PROPERTY_DIVIDENDS] = dice.randint(4, 12) * 50
    if any(Health.SERIOUS_ILLNESS.value in values["health_status"] for _, values in members):
        cost = dice.randint(40, 260) * 100
        found |= {C.COMPLIANT_SELF_PAID: cost, C.CLAIMS_INCOME: cost * dice.randint(10, 40) // 100}
    return found


def next_year(before: dict[IncomeCode, int], dice: Random) -> dict[IncomeCode, int]:
    """Return the amounts of the year after: most a little more, each by itself."""
    found = {code: round(amount * dice.uniform(0.94, 1.13), -1) for code, amount in before.items()}
    if dice.random() < 0.1:
        found[C.TRANSFER_DONATIONS] = dice.randint(2, 10) * 100
    return {code: int(amount) for code, amount in found.items()}


def items_of(amounts: dict[IncomeCode, int]) -> list[Item]:
    """Return the lines of a sheet."""
    return [Item(code, Decimal(amount), code in ONCE) for code, amount in sorted(amounts.items()) if amount > 0]


def _wages(members: Described, dice: Random) -> dict[IncomeCode, int]:
    found: dict[IncomeCode, int] = {}
    for _, values in members:
        months, job = values.get("work_months") or 0, values.get("job_months") or 0
        if months:
            _add(found, C.WAGE_MIGRANT, months * dice.randint(24, 44) * 100)
        if job:
            _add(found, C.WAGE_VILLAGE_JOB, job * JOB)
    return found


def _farming(living: dict[str, Any], dice: Random) -> dict[IncomeCode, int]:
    crops = int(living["farmland_mu"] * dice.randint(90, 150)) * 10 + 300
    animals = living["pigs"] * dice.randint(110, 170) * 10 + living["poultry"] * 55 + living["cattle"] * 6_500
    found = {C.BUSINESS_CROPS: crops, C.EXPENSE_CROPS: crops * dice.randint(28, 42) // 100}
    if animals:
        found |= {C.BUSINESS_LIVESTOCK: animals, C.EXPENSE_LIVESTOCK: animals * dice.randint(45, 60) // 100}
    if living["orchard_mu"]:
        found[C.BUSINESS_FORESTRY_FRUIT] = int(living["orchard_mu"] * dice.randint(60, 180)) * 10
    return found


def _transfers(members: Described, living: dict[str, Any], year: int, dice: Random) -> dict[IncomeCode, int]:
    found = {
        C.TRANSFER_LAND_FERTILITY: int(living["farmland_mu"] * 80),
        C.TRANSFER_ECO_PUBLIC_FOREST: int(living["forest_mu"] * 16),
        C.TRANSFER_ECO_RETURNED_FOREST: int(living["returned_forest_mu"] * 125),
    }
    for person, values in members:
        age = year - person.born.year
        for code, amount, given in (
            (C.TRANSFER_PENSION, PENSION, age >= 60),
            (C.TRANSFER_OLD_AGE, OLD_AGE, age >= 80),
            (C.TRANSFER_DIBAO, DIBAO, values["receives_dibao"]),
            (C.TRANSFER_DISABILITY, DISABLED, (values.get("disability_level") or 4) <= 2),
            (C.TRANSFER_EDUCATION_AID, 1_250, values["school_status"] is not SchoolStatus.NOT_IN_SCHOOL and age > 6),
        ):
            if given:
                _add(found, code, amount)
    if len(members) <= 2 and members[0][0].born.year < year - 60:
        found[C.TRANSFER_FAMILY_SUPPORT] = dice.randint(12, 40) * 100
    return found


def _add(found: dict[IncomeCode, int], code: IncomeCode, amount: int) -> None:
    found[code] = found.get(code, 0) + amount
