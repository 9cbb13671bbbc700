"""Tasks of identification: cases whose turn it is, those that are late, and what new households are owed."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import exists

from core.db import db
from core.errors import Refused
from core.i18n import _, label
from core.policy import Actor, can
from identification.case_choices import CaseStage
from identification.case_policy import CasePermission
from identification.case_tasks import stage_tasks
from identification.models import IdentificationCase
from identification.queries.cases import CaseRow, late_cases, signs_lists, waiting_cases
from identification.queries.cases.owed import new_households
from identification.queries.cases.waiting import DECIDED
from needs.models import NeedsSurvey
from pages.queries.desk.steps import DeskTask, Step
from registry.guards import refuse_involved
from registry.models import Household
from registry.policy import RegistryPermission

MOST = 50


def case_tasks(actor: Actor, today: date) -> Iterator[DeskTask]:
    """Yield the cases that wait for the actor's office; one that would be late in all is due with that day."""
    if not _works_on_cases(actor):
        return
    for row in waiting_cases(actor, limit=MOST):
        yield _task(Step.SEE_TO_CASE if row.passed_on else Step.MOVE_CASE, row, _due_on(row))


def _due_on(row: CaseRow) -> date | None:
    """Return the office's last day, or that of all days for the decision; the latter only until it is decided."""
    days = (row.due_on, None if row.stage in DECIDED else row.decide_by)
    return min((day for day in days if day is not None), default=None)


def late_tasks(actor: Actor, today: date) -> Iterator[DeskTask]:
    """Yield to the county what is not decided within its days in all, whoever has it."""
    if not can(actor, CasePermission.CASE_COUNTY):
        return
    for row in late_cases(actor, limit=MOST):
        if row.office != "county":
            yield _task(Step.LATE_CASE, row, row.decide_by)


def _works_on_cases(actor: Actor) -> bool:
    return can(actor, CasePermission.CASE_OFFICE) and can(actor, CasePermission.CASE_READ)


def _task(step: Step, row: CaseRow, due_on: date | None) -> DeskTask:
    what = str(stage_tasks.get(row.stage) or label(row.stage))
    title = _("%(what)s: %(whose)s", what=what, whose=row.masked_name) if row.masked_name else what
    return DeskTask(step, title, _address(row), due_on, place=row.region_code)


def _address(row: CaseRow) -> str:
    """Return where the case is moved on: in a meeting, on the list that is signed, or on its own page."""
    if row.stage is CaseStage.REVIEWED:
        return f"/desk/meetings?village={row.region_code}"
    if row.stage is CaseStage.PRELIMINARY and signs_lists(row.pack, row.region_code):
        return f"/desk/lists/{row.region_code}"
    return f"/desk/cases/{row.id}"


def new_household_tasks(actor: Actor, today: date) -> Iterator[DeskTask]:
    """Yield what the village owes a household that entered the register: its card, and a survey of its needs."""
    if not can(actor, RegistryPermission.CARD_GIVE) or not can(actor, "survey:record"):
        return
    answered = exists().where(
        NeedsSurvey.household_id == Household.id, NeedsSurvey.surveyed_on >= IdentificationCase.decided_on
    )
    for row in new_households(actor, on=today, surveyed=answered, limit=MOST):
        url = f"/desk/households/{row.household_id}"
        if not row.is_surveyed:
            yield DeskTask(
                Step.SURVEY_NEEDS, row.household_no, f"{url}/survey", row.survey_due_on, place=row.region_code
            )
        if not row.has_card and _may_hand_over(row.household_id, actor):
            yield DeskTask(
                Step.GIVE_FIRST_CARD, row.household_no, f"{url}/card", row.survey_due_on, place=row.region_code
            )


def _may_hand_over(household_id: object, actor: Actor) -> bool:
    """Whoever writes needs down for a household does not hold its PIN."""
    try:
        refuse_involved(db.session.get_one(Household, household_id), actor)
    except Refused:
        return False
    return True
