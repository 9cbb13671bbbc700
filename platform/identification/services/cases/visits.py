"""Two visitors saw the house: the five views, and the income of a year or why it cannot be measured."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid
from core.i18n import LazyString, _l
from core.policy import Actor
from identification.case_choices import Seen
from identification.case_packs import pack_of
from identification.models import IdentificationCase, Visit
from identification.queries.cases.file import began_on, officers_here
from identification.services.cases.papers import keep_file
from identification.services.cases.stepping import fire_case
from registry.incomes import Income, per_person
from registry.queries import income_of

VIEWS = ("food", "housing", "labour", "schooling", "water")
LONGEST = 2000
Errors = dict[str, list[str | LazyString]]


@dataclass(frozen=True)
class VisitSeen:
    """What a visit brings home. `income_year` takes the register's sheet of that year; None needs the reason why."""

    visited_on: date
    first: UUID
    second: UUID
    views: dict[str, Seen]
    income_year: int | None = None
    no_income_reason: str = ""
    words: str = ""
    photo: bytes | None = None


def enter_visit(case: IdentificationCase, seen: VisitSeen, *, actor: Actor) -> Visit:
    """Write the visit down for this verification and take the step (domain.md 3.2, event 3).

    Raises NotValid beside the fields; Refused `two_visitors` and `same_visitors` about who went.
    """
    income = _income(case, seen)
    _check(case, seen, income)
    file_id = None if seen.photo is None else keep_file(case, seen.photo, actor=actor, field="photo")
    fire_case(case, "record_visit", actor=actor, first=seen.first, second=seen.second)
    visit = Visit(
        id=uuid4(),
        case_id=case.id,
        region_code=case.region_code,
        county_code=case.county_code,
        verification=case.verification,
        visited_on=seen.visited_on,
        first_visitor=seen.first,
        second_visitor=seen.second,
        **{name: seen.views[name] for name in VIEWS},
        **_measured(case, seen, income),
        words=seen.words.strip(),
        file_id=file_id,
    )
    db.session.add(visit)
    db.session.flush()  # the next step asks for the visit
    return visit


def income_per_head(case: IdentificationCase, year: Income) -> Decimal:
    """Return yuan per person of a year by the concept that the case's pack measures (domain.md 2.1, 3.1)."""
    concept = pack_of(case.pack, case.region_code, case.entered_on)["income_concept"]
    return per_person(year.disposable if concept == "disposable_income" else year.net, year.members)


def _income(case: IdentificationCase, seen: VisitSeen) -> Income | None:
    if seen.income_year is None or case.household_id is None:
        return None
    found = income_of(case.household_id, seen.income_year)
    return None if found is None else found.sums


def _measured(case: IdentificationCase, seen: VisitSeen, income: Income | None) -> dict[str, Any]:
    if income is None:
        return {"no_income_reason": seen.no_income_reason.strip()}
    concept = pack_of(case.pack, case.region_code, case.entered_on)["income_concept"]
    return {
        "income_year": seen.income_year,
        "income_concept": concept,
        "per_capita": income_per_head(case, income),
    }


def _check(case: IdentificationCase, seen: VisitSeen, income: Income | None) -> None:
    errors: Errors = {**_wrong_visitors(case, seen), **_wrong_income(seen, income)}
    if seen.visited_on > today():
        errors["visited_on"] = [_l("A visit cannot be later than today.")]
    elif (began := began_on(case)) is not None and seen.visited_on < began:
        errors["visited_on"] = [_l("The house must be visited anew, after the case was sent back.")]
    for name in VIEWS:
        if name not in seen.views:
            errors[name] = [_l("Choose what you saw.")]
    if len(seen.words.strip()) > LONGEST:
        errors["words"] = [_l("This text is too long.")]
    if errors:
        raise NotValid(errors)


def _wrong_visitors(case: IdentificationCase, seen: VisitSeen) -> Errors:
    here = officers_here(case.region_code)
    wrong = [name for name, account in (("first", seen.first), ("second", seen.second)) if account not in here]
    return {name: [_l("Choose an officer of this village or its township.")] for name in wrong}


def _wrong_income(seen: VisitSeen, income: Income | None) -> Errors:
    if seen.income_year is not None and income is None:
        return {"income": [_l("The register has no income of this year.")]}
    reason = seen.no_income_reason.strip()
    if income is None and not reason:
        return {"no_income_reason": [_l("Write why the income cannot be measured.")]}
    return {"no_income_reason": [_l("This text is too long.")]} if len(reason) > LONGEST else {}
