"""An office did not act in time: the case passes to the next one, with as many days again (domain.md 3.2, event 2)."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_

from core.clock import today
from core.db import db
from core.policy import SYSTEM
from identification.case_choices import OfficeLevel
from identification.models import IdentificationCase
from identification.services.cases.stepping import fire_case
from identification.workflow import office_and_days, workflow_of

LADDER = (OfficeLevel.TOWNSHIP, OfficeLevel.COUNTY, OfficeLevel.PROVINCE)
Place = tuple[date, UUID]


def next_office(case: IdentificationCase) -> OfficeLevel | None:
    """Return who is to see to an overdue case: first whom its pack names, then the level above; None at the top."""
    days = office_and_days(case)
    if days is None or "then" not in days or case.stage not in workflow_of(case).get("escalate").sources:
        return None
    if case.escalated_to is OfficeLevel.NONE:
        return OfficeLevel(days["then"])
    above = LADDER.index(case.escalated_to) + 1
    return LADDER[above] if above < len(LADDER) else None


def escalate_case(case: IdentificationCase) -> bool:
    """Pass an overdue case on; return whether there was an office to pass it to. The days begin anew there."""
    office = next_office(case)
    if office is None:
        return False
    fire_case(case, "escalate", actor=SYSTEM, office=office)
    return True


def escalate_due(*, limit: int, after: Place | None = None) -> Place | None:
    """Pass on a batch of overdue cases, the longest overdue first; return where the next batch begins, or None."""
    query = (
        select(IdentificationCase)
        .where(IdentificationCase.due_on < today(), IdentificationCase.escalated_to != LADDER[-1])
        .order_by(IdentificationCase.due_on, IdentificationCase.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if after is not None:
        query = query.where(tuple_(IdentificationCase.due_on, IdentificationCase.id) > after)
    found = db.session.scalars(query).all()
    last = [(case.due_on, case.id) for case in found if case.due_on is not None][-1:]
    for case in found:
        escalate_case(case)
    return last[0] if len(found) == limit else None
