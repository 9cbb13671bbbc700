"""A household's whole way under each of the two rules, by the services and with all the persons whom it needs.

Register of 2014: application to register (domain.md 3.2). Monitoring: clue to cleared (domain.md 3.9, 5.5).
"""

from datetime import datetime
from uuid import UUID

import pytest

from core.clock import moved_clock, today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records import verify_stream
from identification.case_choices import CaseOrigin, CaseStage
from identification.models import IdentificationCase
from identification.notice_choices import NoticeStep
from identification.services.cases import Applicant, open_case, sign_case
from identification.services.cases.kinds import choose_kind
from identification.services.notice_ending import close_due
from registry.choices import MonitoringKind, RiskType
from registry.models import Household
from registry.queries import profile_on
from tests.factories.case_steps import A, B, case_of, steps_taken, take
from tests.factories.casework import Desk, answer_all, make_ready, propose, visit
from tests.factories.meetings import close, enter_members, make_meeting, vote
from tests.factories.needs import make_household
from tests.factories.notices import later, look, make_notice, post
from tests.factories.people import TOWNSHIP, VILLAGE, acting
from tests.identification.conftest import Village

CONDITIONS = dict.fromkeys(("income_steady", "guarantees_stable", "risks_gone", "no_new_risk"), True)
SHEET = f"{TOWNSHIP}000"


@pytest.fixture
def desk(demo_village: Village) -> Desk:
    return Desk(demo_village.officer, demo_village.team, demo_village.township, demo_village.county)


@pytest.fixture
def home(desk: Desk) -> UUID:
    return make_household(desk.officer, household_no="R001", head_name="农大叔", size=3)


def meet(desk: Desk, case_id: UUID, pack: str) -> None:
    """Let the representatives vote the household onto the list."""
    meeting = make_meeting(desk.officer, pack=pack)
    enter_members(meeting, desk.officer)
    vote(meeting, case_id, desk.officer, votes_for=5, against=1)
    close(meeting, desk.officer)


def hang(desk: Desk, step: NoticeStep, pack: str, *, begins: datetime, ends: datetime) -> None:
    """Hang a notice on all its boards, look at them at its end, and let the job close it."""
    by = desk.township if step is NoticeStep.SECOND else desk.officer
    place = SHEET if step is NoticeStep.SECOND else VILLAGE
    for sheet in make_notice(by, step=step, pack=pack, place=place, at=begins):
        post(sheet, by, at=begins)
        look(sheet, by, at=ends)
    with unit_of_work(SYSTEM), moved_clock(ends):
        close_due()
        db.session.flush()


def names(case_id: UUID) -> list[str]:
    return [step.name for step in steps_taken(case_id)]


def is_whole(case_id: UUID) -> bool:
    """Return whether the chain of the case's update records holds."""
    with unit_of_work(SYSTEM):
        return verify_stream(f"identification_case/{case_id}").ok


def test_an_application_of_2014_goes_its_whole_way_to_the_register(desk: Desk, home: UUID) -> None:
    with acting(desk.officer) as actor:
        household, applicant = db.session.get_one(Household, home), Applicant("农大叔")
        given = {"region_code": VILLAGE, "pack": A, "origin": CaseOrigin.APPLICATION}
        case_id = open_case(actor=actor, household=household, applicant=applicant, draft=True, **given).id
    take(case_id, "submit", desk.officer)
    take(case_id, "accept", desk.team)
    visit(desk, case_id)
    answer_all(desk.county, case_id)
    propose(desk.officer, case_id)
    meet(desk, case_id, A)
    for officer in (desk.officer, desk.team):
        with acting(officer) as actor:
            sign_case(db.session.get_one(IdentificationCase, case_id), actor=actor)
    hang(desk, NoticeStep.FIRST, A, begins=later(days=0), ends=later(days=20))
    assert case_of(case_id).stage is CaseStage.TOWNSHIP_REVIEW
    take(case_id, "township_approve", desk.township, at=later(days=21))
    hang(desk, NoticeStep.SECOND, A, begins=later(days=22), ends=later(days=42))
    assert take(case_id, "county_approve", desk.county, at=later(days=43)) is CaseStage.COUNTY_APPROVED
    (sheet,) = make_notice(desk.county, step=NoticeStep.ANNOUNCEMENT, pack=A, at=later(days=44))
    post(sheet, desk.officer, at=later(days=44))
    assert take(case_id, "register", desk.county, at=later(days=45)) is CaseStage.REGISTERED
    found = case_of(case_id)
    assert len({found.committee_by, found.team_by, found.township_by, found.county_by}) == 4
    assert [name for name in names(case_id) if name.startswith(("vote", "verify", "close"))] == [
        "vote_for",
        "verify_list",
        "close_first",
        "close_second",
    ]
    with unit_of_work(SYSTEM), moved_clock(later(days=45)):
        profile = profile_on(home, today())
        assert profile is not None
        assert profile.poverty_status == "not_out"
    assert found.survey_due_on is not None
    assert is_whole(case_id)


def test_a_clue_becomes_a_monitored_household_and_its_risk_goes(desk: Desk, home: UUID) -> None:
    case_id = make_ready(desk, home)
    with acting(desk.officer) as actor:
        case = db.session.get_one(IdentificationCase, case_id)
        choose_kind(case, MonitoringKind.MARGINAL_AT_RISK, [RiskType.ILLNESS], actor=actor)
    propose(desk.officer, case_id)
    meet(desk, case_id, B)
    hang(desk, NoticeStep.VILLAGE, B, begins=later(days=0), ends=later(days=10))
    take(case_id, "township_approve", desk.township, at=later(days=11))
    assert take(case_id, "county_approve", desk.county, at=later(days=12)) is CaseStage.MONITORED
    take(case_id, "make_plan", desk.team, at=later(days=13), reason="Work near the house.")
    take(case_id, "start_measures", desk.team, at=later(days=14), reason="A post as a cleaner.")
    take(case_id, "propose_clearing", desk.team, at=later(days=130), **CONDITIONS)
    take(case_id, "stay", desk.county, at=later(days=131), reason="Wait for the harvest.")
    take(case_id, "propose_clearing", desk.team, at=later(days=200), **CONDITIONS)
    assert take(case_id, "clear", desk.county, at=later(days=201), way="by_help") is CaseStage.CLEARED
    with unit_of_work(SYSTEM), moved_clock(later(days=201)):
        profile = profile_on(home, today())
        assert profile is not None
        assert (profile.monitoring_status, profile.clearing_method, profile.monitoring_kind) == (
            "cleared",
            "by_help",
            "marginal_at_risk",
        )
    assert names(case_id)[-7:] == [
        *("county_approve", "make_plan", "start_measures", "propose_clearing", "stay"),
        *("propose_clearing", "clear"),
    ]
    assert is_whole(case_id)
