"""Cases on the desk: each office sees what waits for it, what was passed up, what is late (domain.md 3.2, 3.9)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.policy_packs import shipped_value
from identification.case_choices import CaseStage, OfficeLevel
from identification.case_packs import PACKS
from identification.case_tasks import stage_tasks
from identification.queries.cases import waiting_cases
from pages.queries.desk import DeskTask, Step, desk_tasks
from registry.models import Household
from registry.services import give_card
from tests.factories.case_steps import A, B, put_case
from tests.factories.needs import make_household, make_survey
from tests.factories.people import TOWNSHIP, VILLAGE, acting, actor_of, make_person
from tests.factories.places import OTHER_VILLAGE, lay_places

ABOUT = {Step.MOVE_CASE, Step.SEE_TO_CASE, Step.LATE_CASE, Step.GIVE_FIRST_CARD, Step.SURVEY_NEEDS}


@pytest.fixture
def village(database: object) -> UUID:
    lay_places()
    return make_person(Role.VILLAGE_OFFICER)


@pytest.fixture
def home(village: UUID) -> UUID:
    return make_household(village, household_no="H012", head_name="韦大山")


def tasks_of(account_id: UUID) -> list[DeskTask]:
    actor = actor_of(account_id)
    with unit_of_work(actor):
        return [task for task in desk_tasks(actor, today()) if task.step in ABOUT]


def steps_of(account_id: UUID) -> list[Step]:
    return [task.step for task in tasks_of(account_id)]


def day(**by: int) -> date:
    with unit_of_work(SYSTEM):
        return today() + timedelta(**by)


OFFICES = {
    "village": (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM),
    "township": (Role.TOWNSHIP_OFFICER,),
    "county": (Role.COUNTY_OFFICER,),
}


STATES = [
    (pack, CaseStage(stage), rule["office"]) for pack in PACKS for stage, rule in shipped_value(pack)["days"].items()
]

MEETINGS, LIST = f"/desk/meetings?village={VILLAGE}", f"/desk/lists/{VILLAGE}"
ELSEWHERE = {
    (A, CaseStage.REVIEWED): MEETINGS,
    (B, CaseStage.REVIEWED): MEETINGS,
    (A, CaseStage.PRELIMINARY): LIST,
}


def test_each_state_waits_on_the_desk_of_its_office_only(home: UUID, village: UUID) -> None:
    urls: dict[str, set[str]] = {office: set() for office in OFFICES}
    for pack, stage, office in STATES:
        admitted = {"county_by": village} if stage is CaseStage.MONITORED else {}
        case_id = put_case(home, stage, pack, **admitted)
        urls[office].add(ELSEWHERE.get((pack, stage), f"/desk/cases/{case_id}"))
    for office, roles in OFFICES.items():
        for role in roles:
            seen = {task.url for task in tasks_of(make_person(role)) if task.step is Step.MOVE_CASE}
            assert (role, seen) == (role, urls[office])


def test_every_state_with_days_has_its_words() -> None:
    assert {stage for _pack, stage, _office in STATES} - set(stage_tasks) == set()


def test_the_task_names_nobody_in_full_and_leads_to_the_case(home: UUID, village: UUID) -> None:
    case_id = put_case(home, CaseStage.VERIFYING)
    (task,) = tasks_of(village)
    assert (task.url, "大山" in task.title, "韦" in task.title) == (f"/desk/cases/{case_id}", False, True)


def test_neither_the_next_village_nor_watchers_have_it(home: UUID) -> None:
    put_case(home, CaseStage.VERIFYING)
    others = (make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE), make_person(Role.AUDITOR), make_person(Role.EVALUATOR))
    assert [steps_of(person) for person in others] == [[], [], []]


def test_what_was_passed_up_leaves_the_village_and_comes_to_the_township(home: UUID, village: UUID) -> None:
    put_case(home, CaseStage.CLUE, escalated_to=OfficeLevel.TOWNSHIP)
    assert steps_of(village) == []
    assert steps_of(make_person(Role.TOWNSHIP_OFFICER, TOWNSHIP)) == [Step.SEE_TO_CASE]


def test_an_overdue_case_is_overdue_on_the_desk(home: UUID, village: UUID) -> None:
    put_case(home, CaseStage.VERIFYING, due_on=day(days=-2))
    (task,) = tasks_of(village)
    assert task.due_on == day(days=-2)


def test_the_fifteen_days_in_all_come_before_the_offices_own(home: UUID, village: UUID) -> None:
    put_case(home, CaseStage.VERIFYING, due_on=day(days=3), decide_by=day(days=1))
    (task,) = tasks_of(village)
    assert task.due_on == day(days=1)


def test_the_days_for_the_decision_say_nothing_once_it_is_made(home: UUID) -> None:
    put_case(home, CaseStage.CLEARING_REVIEW, due_on=day(days=8), decide_by=day(days=-200))
    (task,) = tasks_of(make_person(Role.COUNTY_OFFICER))
    assert task.due_on == day(days=8)


def test_the_county_is_warned_of_what_is_late_in_all_whoever_has_it(home: UUID) -> None:
    county = make_person(Role.COUNTY_OFFICER)
    put_case(home, CaseStage.NOTICE_VILLAGE, decide_by=day(days=0))
    assert steps_of(county) == []
    put_case(home, CaseStage.NOTICE_VILLAGE, decide_by=day(days=-1))
    assert steps_of(county) == [Step.LATE_CASE]


@pytest.mark.parametrize("stage", [CaseStage.CLEARED, CaseStage.NOT_ADMITTED, CaseStage.WITHDRAWN])
def test_what_was_decided_is_never_late(home: UUID, village: UUID, stage: CaseStage) -> None:
    put_case(home, stage, decide_by=day(days=-40), reject_reason="above_line")
    assert steps_of(make_person(Role.COUNTY_OFFICER)) == []


def test_many_older_cases_of_other_offices_hide_nothing(home: UUID) -> None:
    for _number in range(12):
        put_case(home, CaseStage.CLUE, due_on=day(days=-30))
    put_case(home, CaseStage.COUNTY_REVIEW)
    actor = actor_of(make_person(Role.COUNTY_OFFICER))
    with unit_of_work(actor):
        assert [row.stage for row in waiting_cases(actor, limit=2)] == [CaseStage.COUNTY_REVIEW]


def entered(home: UUID, village: UUID) -> None:
    """Let the household be on the register since today, to be surveyed within ten days."""
    own = {"county_by": village, "decided_on": day(days=0), "survey_due_on": day(days=10)}
    put_case(home, CaseStage.REGISTERED, A, **own)


def test_a_new_household_is_owed_its_card_and_a_survey_until_both_are_done(home: UUID, village: UUID) -> None:
    team = make_person(Role.STATIONED_TEAM, VILLAGE)
    entered(home, village)
    assert {(task.step, task.due_on) for task in tasks_of(team)} == {
        (Step.GIVE_FIRST_CARD, day(days=10)),
        (Step.SURVEY_NEEDS, day(days=10)),
    }
    make_survey(village, home)
    assert steps_of(team) == [Step.GIVE_FIRST_CARD]
    with acting(team) as actor:
        give_card(db.session.get_one(Household, home), actor=actor, given_on=today())
    assert steps_of(team) == []


def test_a_card_it_had_before_is_not_given_again(home: UUID, village: UUID) -> None:
    team = make_person(Role.STATIONED_TEAM, VILLAGE)
    with acting(team) as actor:
        give_card(db.session.get_one(Household, home), actor=actor, given_on=today())
    entered(home, village)
    assert steps_of(team) == [Step.SURVEY_NEEDS]


def test_a_survey_from_before_the_decision_does_not_count(home: UUID, village: UUID) -> None:
    own = {"county_by": village, "decided_on": day(days=1), "survey_due_on": day(days=10)}
    make_survey(village, home)
    put_case(home, CaseStage.MONITORED, B, **own)
    assert Step.SURVEY_NEEDS in steps_of(village)


def test_the_desk_of_a_monitored_household_asks_too_and_its_neighbours_do_not(home: UUID, village: UUID) -> None:
    own = {"county_by": village, "decided_on": day(days=0), "survey_due_on": day(days=10)}
    put_case(home, CaseStage.MONITORED, B, **own)
    assert {Step.GIVE_FIRST_CARD, Step.SURVEY_NEEDS} <= set(steps_of(village))
    assert steps_of(make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)) == []
