"""On which days something about a household changed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.i18n import _l, register_labels
from registry.choices import MemberEventKind
from registry.models import HouseholdProfile, IncomeRecord, LivingConditions, MemberEvent, MemberProfile


class Changed(StrEnum):
    """What changed from a day on."""

    DESCRIPTION = "description"
    PERSON = "person"
    LIVING = "living"
    INCOME = "income"
    EVENT = "event"


register_labels(
    {
        Changed.DESCRIPTION: _l("The description of the household"),
        Changed.PERSON: _l("What is said about a person"),
        Changed.LIVING: _l("Land, house and water"),
        Changed.INCOME: _l("The income of a year"),
        Changed.EVENT: _l("An event"),
    }
)


@dataclass(frozen=True)
class Change:
    """One day's change; `kind` names the event, `year` the year of an income."""

    on: date
    what: Changed
    kind: MemberEventKind | None = None
    year: int | None = None


def changes_of(household_id: UUID) -> list[Change]:
    """Return the household's changes by day, the newest first; two of one kind on one day are one."""
    found: set[Change] = set()
    for model, what in (
        (HouseholdProfile, Changed.DESCRIPTION),
        (MemberProfile, Changed.PERSON),
        (LivingConditions, Changed.LIVING),
    ):
        query = select(model.valid_from).where(model.household_id == household_id, model.superseded_by.is_(None))
        found |= {Change(day, what) for day in db.session.scalars(query)}
    incomes = select(IncomeRecord.as_of, IncomeRecord.year).where(
        IncomeRecord.household_id == household_id, IncomeRecord.superseded_by.is_(None)
    )
    found |= {Change(day, Changed.INCOME, year=year) for day, year in db.session.execute(incomes)}
    events = select(MemberEvent.happened_on, MemberEvent.kind).where(MemberEvent.household_id == household_id)
    found |= {Change(day, Changed.EVENT, kind=kind) for day, kind in db.session.execute(events)}
    return sorted(found, key=lambda change: (change.on, change.what, change.kind or "", change.year or 0), reverse=True)
