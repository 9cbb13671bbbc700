"""Writing down the income of a household in a year."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.db import db
from core.errors import NotValid
from core.i18n import _l
from core.policy import Actor
from registry.choices import IncomeCode, IncomeConcept, Source
from registry.incomes import Item, income
from registry.models import Household, IncomeItem, IncomeRecord
from registry.policy import RegistryPermission, role_for
from registry.queries.dossiers import income_of, members_on
from registry.services.dating import Writing, about_household, lock, write_sheet
from registry.services.members import MOST_MEMBERS
from registry.services.values import Errors

FIRST_YEAR, LARGEST = 1990, Decimal(10) ** 10
LONGEST_NOTE = 200


def save_income(
    household: Household,
    year: int,
    items: Iterable[Item],
    *,
    actor: Actor,
    as_of: date,
    concept: IncomeConcept = IncomeConcept.NET,
    period_start: date | None = None,
    period_end: date | None = None,
    members_end: int | None = None,
    members_start: int | None = None,
    notes: Mapping[IncomeCode, str] | None = None,
    source: Source = Source.FORM,
    expected_revision: int | None = None,
) -> IncomeRecord:
    """Write the sheet of a year in place of the one that stands; return it. Items of 0 are left out.

    The period is the calendar year where nothing else is said. `members_end` is how many persons share the income at
    its end: by default the members of that day who count for the income. `expected_revision` is that of the sheet that
    the writer saw, 0 for none; raises Refused `stale_revision`, and NotValid with the items' codes as fields.
    """
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, household)
    lock(household)
    start, end = period_start or date(year, 1, 1), period_end or date(year, 12, 31)
    lines = {item.code: item for item in items if item.amount}
    _check(year, start, end, lines, notes or {})
    members = members_end or persons_sharing(household, end)
    _check_members(members, lines, concept)
    values = {
        "period_start": start,
        "period_end": end,
        "concept": concept,
        "members_start": members_start,
        "members_end": members,
        "amounts": amounts_of(lines.values()),
    }
    about = about_household(household)
    standing = income_of(household.id, year)
    if standing is not None and _same(standing.record, values) and not notes:
        return standing.record
    writing = Writing(actor, as_of, as_of, source, expected_revision)
    record: IncomeRecord = write_sheet(IncomeRecord, about, year, values, writing, whole=True)
    for code, item in lines.items():
        note = (notes or {}).get(code) or None
        db.session.add(
            IncomeItem(record_id=record.id, item=code, amount=item.amount, is_one_off=item.is_one_off, note=note)
        )
    db.session.flush()  # the page shows the items
    return record


def persons_sharing(household: Household, day: date) -> int:
    """Return how many members count for the income on a day; the household's size where nobody was on file yet."""
    found = members_on(household.id, day)
    return sum(1 for member in found if member.counts) or household.size


def amounts_of(items: Iterable[Item]) -> dict[str, Any]:
    """Return the sheet as its update record says it: fen by item, and what comes once."""
    found = sorted(items, key=lambda item: item.code.value)
    once = [item.code.value for item in found if item.is_one_off]
    return {"fen": {item.code.value: int(item.amount * 100) for item in found}, "one_off": once}


def _same(record: IncomeRecord, values: Mapping[str, Any]) -> bool:
    return all(getattr(record, name) == value for name, value in values.items())


def _check(
    year: int, start: date, end: date, lines: Mapping[IncomeCode, Item], notes: Mapping[IncomeCode, str]
) -> None:
    errors = _wrong_amounts(lines)
    if year < FIRST_YEAR:
        errors["year"] = [_l("Enter a year from 1990 on.")]
    if end < start or end.year != year:
        errors["period_end"] = [_l("The period ends in the year, after it began.")]
    for code, words in notes.items():
        if len(words) > LONGEST_NOTE:
            errors[code.value] = [_l("This text is too long.")]
    if errors:
        raise NotValid(errors)


def _wrong_amounts(lines: Mapping[IncomeCode, Item]) -> Errors:
    errors: Errors = {}
    for code, item in lines.items():
        if not item.amount.is_finite() or not 0 < item.amount < LARGEST:
            errors[code.value] = [_l("Enter an amount in yuan, 0 or more.")]
        elif item.amount != item.amount.quantize(Decimal("0.01")):
            errors[code.value] = [_l("At most two digits behind the point.")]
    return errors


def _check_members(members: int, lines: Mapping[IncomeCode, Item], concept: IncomeConcept) -> None:
    if not 1 <= members <= MOST_MEMBERS:
        raise NotValid({"members_end": [_l("Enter how many persons live there, 1 to 30.")]})
    income(lines.values(), members, concept)
