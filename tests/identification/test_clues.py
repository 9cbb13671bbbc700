"""Everybody on a sentinel list who is neither on file as poor nor said no is a clue (domain.md 3.7.3)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotPermitted
from core.policy import SYSTEM
from core.policy_packs import shipped_value
from identification.case_choices import CaseOrigin, CaseStage, Contact
from identification.jobs.clues import find_all_clues, find_clues
from identification.models import IdentificationCase
from identification.queries.clues import Standing, outcome_of, sentinel_rows
from identification.round_choices import Outcome
from identification.services import clues
from identification.services.rounds import close_round, explain_coverage
from registry.choices import MonitoringStatus, PovertyStatus, Sentinel
from tests.factories.case_steps import put_case
from tests.factories.needs import make_household
from tests.factories.people import VILLAGE, acting, make_person
from tests.factories.places import OTHER_VILLAGE
from tests.factories.rounds import cases_about, describe, look_now, put_on_lists, reach, round_of
from tests.identification.conftest import Listed

RULES = shipped_value("clues")
DAY = date(2026, 11, 23)
WATER = frozenset({Sentinel.UNSAFE_WATER})
KNOWN = frozenset({"unsafe_water"})
AGO = DAY - timedelta(days=10)
LONG_AGO = DAY - timedelta(days=400)


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        (Standing(), Outcome.TO_ASK),
        (Standing(poverty_status=PovertyStatus.NONE), Outcome.TO_ASK),
        (Standing(poverty_status=PovertyStatus.NOT_OUT), Outcome.ON_REGISTER),
        (Standing(poverty_status=PovertyStatus.EXITED), Outcome.TO_ASK),
        (Standing(monitoring_status=MonitoringStatus.MONITORED), Outcome.MONITORED),
        (Standing(monitoring_status=MonitoringStatus.CLEARED), Outcome.TO_ASK),
        (Standing(stage=CaseStage.CLUE, stage_on=LONG_AGO), Outcome.UNDER_WAY),
        (Standing(stage=CaseStage.NOT_ADMITTED, stage_on=AGO, known=KNOWN), Outcome.DECIDED),
        (Standing(stage=CaseStage.NOT_ADMITTED, stage_on=AGO), Outcome.TO_ASK),
        (Standing(stage=CaseStage.NOT_ADMITTED, stage_on=LONG_AGO, known=KNOWN), Outcome.TO_ASK),
        (Standing(refused_on=AGO), Outcome.DECLINED),
        (Standing(refused_on=LONG_AGO), Outcome.TO_ASK),
        (Standing(refused_on=AGO, stage=CaseStage.VERIFYING, stage_on=AGO), Outcome.UNDER_WAY),
    ],
)
def test_what_came_of_a_household_on_a_list(known: Standing, outcome: Outcome) -> None:
    assert outcome_of(known, WATER, DAY, RULES) is outcome


def only_case(household_id: UUID) -> IdentificationCase:
    (case,) = cases_about(household_id)
    return case


def test_who_is_on_a_list_becomes_a_clue_once(listed: Listed) -> None:
    officer, (home, other) = listed.people.author, listed.homes
    put_on_lists(officer, home, water_safe=False, house_grade="d")
    assert look_now(officer) == 1
    case = only_case(home)
    assert (case.stage, case.origin, case.entered_by) == (CaseStage.CLUE, CaseOrigin.SENTINEL, None)
    assert case.sentinels == ["dilapidated_house", "unsafe_water"]
    assert (case.pack, case.round_id) == ("A_register_2014", listed.round_id)
    assert cases_about(other) == []
    assert look_now(officer) == 0
    assert case.due_on is not None


def test_without_a_running_round_a_clue_is_one_of_monitoring(listed: Listed) -> None:
    officer = make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)
    home = make_household(officer, region=OTHER_VILLAGE)
    put_on_lists(officer, home)
    assert look_now(officer, OTHER_VILLAGE) == 1
    assert (only_case(home).pack, only_case(home).round_id) == ("B_monitoring_2021", None)


def test_who_is_registered_monitored_asked_or_said_no_is_left_in_peace(listed: Listed) -> None:
    officer = listed.people.author
    registered, monitored, asked, declined = (make_household(officer) for _number in range(4))
    for home in (registered, monitored, asked, declined):
        put_on_lists(officer, home)
    describe(registered, poverty_status=PovertyStatus.NOT_OUT)
    describe(monitored, monitoring_status=MonitoringStatus.MONITORED)
    put_case(asked, CaseStage.VERIFYING)
    reach(officer, listed.round_id, declined, state=Contact.DECLINED_IN_WRITING, words="Witness 黄某")
    assert look_now(officer) == 0
    with acting(officer) as actor:
        found = {row.household_id: row.outcome for row in sentinel_rows(actor, VILLAGE)}
    assert found == {
        registered: Outcome.ON_REGISTER,
        monitored: Outcome.MONITORED,
        asked: Outcome.UNDER_WAY,
        declined: Outcome.DECLINED,
    }


def test_a_list_for_officers_names_no_illness(listed: Listed) -> None:
    officer, home = listed.people.author, listed.homes[0]
    put_on_lists(officer, home)
    with acting(officer) as actor:
        (row,) = sentinel_rows(actor, VILLAGE)
    assert (row.lists, row.of_health, row.masked_name) == ((Sentinel.UNSAFE_WATER,), 0, "韦**")


def test_only_officers_of_the_place_look_through_its_lists(listed: Listed) -> None:
    for stranger in (make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE), make_person(Role.EVALUATOR)):
        with pytest.raises(NotPermitted):
            look_now(stranger)
        with acting(stranger) as actor, pytest.raises(NotPermitted):
            sentinel_rows(actor, VILLAGE)
    assert look_now(listed.people.county) == 0


def test_one_turn_opens_no_more_than_its_limit(listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = listed.people.author
    for _number in range(3):
        put_on_lists(officer, make_household(officer))
    monkeypatch.setattr(clues, "CLUES", 2)
    turns = []
    after: str | None = ""
    while after is not None:
        with unit_of_work(SYSTEM):
            after = clues.find_clues_after("451028", after)
            turns.append(db.session.query(IdentificationCase).count())
    assert turns == [2, 3]


def test_the_night_goes_through_every_village_of_each_county_with_officers(
    listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)
    homes = [listed.homes[0], make_household(officer, region=OTHER_VILLAGE)]
    put_on_lists(listed.people.author, homes[0])
    put_on_lists(officer, homes[1])
    monkeypatch.setattr(clues, "VILLAGES", 1)
    waiting: list[dict[str, str]] = []
    monkeypatch.setattr("identification.jobs.clues.enqueue", lambda _task, **values: waiting.append(values))
    find_all_clues()
    assert waiting == [{"place": "451028000000"}]
    while waiting:
        find_clues(**waiting.pop())
    assert [only_case(home).stage for home in homes] == [CaseStage.CLUE, CaseStage.CLUE]


def test_a_case_that_was_not_admitted_is_asked_about_again_when_a_new_list_names_it(listed: Listed) -> None:
    officer, home = listed.people.author, listed.homes[0]
    put_on_lists(officer, home)
    with unit_of_work(SYSTEM):
        day = today()
    put_case(home, CaseStage.WITHDRAWN, sentinels=["unsafe_water"], stage_on=day)
    assert look_now(officer) == 0
    put_on_lists(officer, home, water_safe=False, disaster_hit=True)
    assert look_now(officer) == 1


def test_a_closed_round_takes_no_more_clues(listed: Listed) -> None:
    officer, home = listed.people.author, listed.homes[0]
    put_on_lists(officer, home)
    with acting(officer) as actor:
        explain_coverage(round_of(listed.round_id), actor=actor, words="Group 3 is under water.")
        close_round(round_of(listed.round_id), actor=actor)
    look_now(officer)
    assert only_case(home).round_id is None
