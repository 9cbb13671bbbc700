"""Households that a decision put on the register: what their village still owes them is told above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select

from core.db import db
from core.policy import Actor
from core.scope import scope_clause
from identification.case_choices import CaseStage
from identification.models import IdentificationCase
from registry.models import Household, HouseholdCard

ON_REGISTER = (
    *(CaseStage.REGISTERED, CaseStage.MONITORED, CaseStage.PLAN_MADE),
    *(CaseStage.MEASURES_ACTIVE, CaseStage.CLEARING_REVIEW),
)


NEW = timedelta(days=365)


@dataclass(frozen=True)
class NewHousehold:
    """A household that entered the register, until when it is surveyed, and whether it has its card."""

    household_id: UUID
    household_no: str
    region_code: str
    survey_due_on: date | None
    has_card: bool
    is_surveyed: bool


def new_households(
    actor: Actor, *, on: date, surveyed: ColumnElement[bool], limit: int = 100
) -> Sequence[NewHousehold]:
    """Return the households that entered the register and lack their card or their survey, the most urgent first.

    `surveyed` is the condition that a survey answers the case: the package that knows surveys says it. After a year
    nobody is new any more.
    """
    carded = exists().where(HouseholdCard.household_id == Household.id, HouseholdCard.voided_at.is_(None))
    query = (
        select(
            Household.id,
            Household.household_no,
            Household.region_code,
            IdentificationCase.survey_due_on,
            carded.label("has_card"),
            surveyed.label("is_surveyed"),
        )
        .join(IdentificationCase, IdentificationCase.household_id == Household.id)
        .where(
            IdentificationCase.survey_due_on > on - NEW,
            IdentificationCase.stage.in_(ON_REGISTER),
            Household.erased_at.is_(None),
            Household.ended_on.is_(None),
            ~and_(carded, surveyed),
            scope_clause(IdentificationCase, actor),
        )
        .order_by(IdentificationCase.survey_due_on, Household.household_no)
        .limit(limit)
    )
    return [NewHousehold(*row) for row in db.session.execute(query)]
