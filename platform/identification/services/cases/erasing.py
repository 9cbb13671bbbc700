"""What an erased household leaves behind in its cases: steps and days, and nothing that was said."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from core.db import db
from core.files import forget_file
from core.i18n import _l
from core.policy import SYSTEM
from core.records import erase_subject, note
from identification.case_choices import CaseStage
from identification.models import CaseStep, DepartmentMatch, IdentificationCase, VetoFlag, Visit
from identification.queries.cases.file import files_of
from identification.services.cases.stepping import fire_case
from identification.workflow import workflow_of
from registry.models import Household
from registry.services.erasing import KIND

ON_A_BOARD = frozenset({CaseStage.NOTICE_FIRST, CaseStage.NOTICE_SECOND, CaseStage.NOTICE_VILLAGE})
ERASED = _l("The household's particulars were erased on request.")


def end_cases(household: Household) -> None:
    """Withdraw what is not decided yet, also from a board; what was decided stays as it is."""
    for case in _cases(household):
        if case.stage in ON_A_BOARD:
            fire_case(case, "withdraw_notice", actor=SYSTEM)
        if case.stage in workflow_of(case).get("withdraw").sources:
            fire_case(case, "withdraw", actor=SYSTEM, reason=str(ERASED))


def wipe_cases(household: Household) -> None:
    """Destroy the key of each case, and empty what stands in its rows."""
    for case in _cases(household):
        erase_subject(case.record_subject())
        for file_id in files_of(case):
            forget_file(file_id)
        case.applicant_name = case.told = case.reason_words = ""
        case.applicant_phone = case.witness = case.phone_index = case.authorised_file = None
        case.sentinels, case.risk_types = [], []
        note(case, KIND)
        _wipe_rows(case)


def _wipe_rows(case: IdentificationCase) -> None:
    for step in _rows(CaseStep, case):
        step.words, step.witness, step.file_id = "", None, None
    for visit in _rows(Visit, case):
        visit.words, visit.file_id = "", None
        visit.no_income_reason = None if visit.no_income_reason is None else ""
        note(visit, KIND)
    for match in _rows(DepartmentMatch, case):
        match.words = ""
        note(match, KIND)
    for flag in _rows(VetoFlag, case):
        flag.raised_words = flag.evidence = ""
        note(flag, KIND)


def _cases(household: Household) -> Sequence[IdentificationCase]:
    query = select(IdentificationCase).where(IdentificationCase.household_id == household.id)
    return db.session.scalars(query.order_by(IdentificationCase.entered_on, IdentificationCase.id)).all()


def _rows(model: Any, case: IdentificationCase) -> Sequence[Any]:
    return db.session.scalars(select(model).where(model.case_id == case.id)).all()
