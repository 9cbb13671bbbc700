"""An erased household leaves steps and days in its cases, and nothing that was said (security.md, erasure)."""

from uuid import UUID

import pytest

from accounts.models import Role
from core.crypto import SubjectErased
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.models import DepartmentMatch, IdentificationCase, VetoFlag, Visit
from identification.queries.cases.file import flags_of, matches_of, steps_of, visits_of
from identification.queries.own_reports import opened_by
from identification.services.cases.papers import keep_file, open_file
from registry.choices import ErasureReason
from registry.models import ErasureOrder, Household
from registry.services import agree_erasure, ask_erasure
from tests.factories.casework import PHONE, Desk, flag, make_ready
from tests.factories.needs import make_household
from tests.factories.notices import board_photo, lines_of, make_notice, post
from tests.factories.people import acting, make_person
from tests.identification.conftest import Village, stage_of


def erase(desk: Desk, household_id: UUID) -> None:
    with acting(desk.county) as actor:
        household = db.session.get_one(Household, household_id)
        order_id = ask_erasure(household, actor=actor, reason=ErasureReason.MOVED_AWAY).id
    with acting(make_person(Role.COUNTY_OFFICER)) as actor:
        agree_erasure(db.session.get_one(ErasureOrder, order_id), actor=actor)


def test_nothing_that_was_said_stays_and_the_case_ends(desk: Desk) -> None:
    home = make_household(desk.officer, head_name="韦大海")
    case_id = make_ready(desk, home)
    flag(desk.team, case_id)
    with acting(desk.officer) as actor:
        case = db.session.get_one(IdentificationCase, case_id)
        case.authorised_file = keep_file(case, board_photo(), actor=actor, field="scan")
        file_id, number = case.authorised_file, str(case.receipt_no)
    erase(desk, home)
    with unit_of_work(SYSTEM):
        case = db.session.get_one(IdentificationCase, case_id)
        assert case.stage is CaseStage.WITHDRAWN
        assert (case.applicant_name, case.told, case.applicant_phone, case.authorised_file) == ("", "", None, None)
        assert opened_by(number, PHONE) is None
        with pytest.raises(SubjectErased):
            open_file(case, file_id)
        visits: list[Visit] = list(visits_of(case_id))
        matches: list[DepartmentMatch] = list(matches_of(case_id))
        flags: list[VetoFlag] = list(flags_of(case_id))
        words = [visit.words for visit in visits] + [visit.no_income_reason for visit in visits]
        words += [match.words for match in matches] + [found.raised_words for found in flags]
        words += [step.words for step in steps_of(case_id)] + [step.witness for step in steps_of(case_id)]
        assert (len(visits), len(matches), len(flags)) == (1, 4, 1)
        assert set(words) <= {"", None}


def test_a_case_on_the_board_leaves_it_and_ends(village: Village, desk: Desk) -> None:
    (notice_id,) = make_notice(village.officer)
    post(notice_id, village.officer)
    case_id = lines_of(notice_id)[0].case_id
    with unit_of_work(SYSTEM):
        home = db.session.get_one(IdentificationCase, case_id).household_id
    assert home is not None
    erase(desk, home)
    assert stage_of(case_id) is CaseStage.WITHDRAWN
    assert lines_of(notice_id)[0].outcome is not None
