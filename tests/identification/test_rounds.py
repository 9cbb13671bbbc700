"""Rounds and the full list of a village's households (domain.md 3.7.1, 3.7.2)."""

from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.policy import SYSTEM
from identification.case_choices import CaseStage, Contact
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.models import IdentificationCase
from identification.queries.rounds import (
    FrameRow,
    frame_page,
    is_uncovered,
    running_round,
)
from identification.round_choices import ListPart
from identification.services.cases import fire_case
from identification.services.rounds import close_round, explain_coverage, open_round
from tests.factories.case_steps import A, put_case
from tests.factories.needs import People
from tests.factories.people import VILLAGE, acting, make_person
from tests.factories.places import OTHER_VILLAGE
from tests.factories.quotas import make_published_run
from tests.factories.rounds import YEAR, apply_for, make_round, reach, round_of
from tests.identification.conftest import Listed

WHY = "The road to group 3 is under water since May."


@pytest.fixture
def people(listed: Listed) -> People:
    return listed.people


@pytest.fixture
def homes(listed: Listed) -> list[UUID]:
    return listed.homes


@pytest.fixture
def running(listed: Listed) -> UUID:
    return listed.round_id


def rows(round_id: UUID, part: ListPart | Contact = ListPart.ALL) -> list[FrameRow]:
    with unit_of_work(SYSTEM):
        return list(frame_page(round_of(round_id), show=part).items)


def states(round_id: UUID) -> dict[str, Contact | None]:
    return {row.household_no: row.state for row in rows(round_id)}


def test_the_list_is_every_household_on_file_and_nothing_is_filled_in(running: UUID) -> None:
    assert states(running) == {"H001": None, "H002": None, "H900": None}
    assert all(row.masked_name == "韦**" for row in rows(running))


def test_one_round_of_a_pack_runs_in_a_village_at_a_time(people: People, running: UUID) -> None:
    with acting(people.author) as actor, pytest.raises(Refused) as refusal:
        open_round(actor=actor, region_code=VILLAGE, pack=REGISTER_2014, year=YEAR)
    assert refusal.value.code == "round_open"
    assert make_round(people.author, pack=MONITORING_2021)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("region_code", {"region_code": VILLAGE[:9]}),
        ("year", {"year": 2012}),
        ("year", {"year": 2100}),
        ("pack", {"pack": "C"}),
    ],
)
def test_a_round_needs_a_village_a_year_and_known_rules(people: People, field: str, values: dict[str, object]) -> None:
    wanted = {"region_code": VILLAGE, "pack": REGISTER_2014, "year": YEAR} | values
    with acting(people.author) as actor, pytest.raises(NotValid) as refusal:
        open_round(actor=actor, **wanted)  # type: ignore[arg-type]  # one of them is wrong on purpose
    assert list(refusal.value.errors) == [field]


def test_who_may_open_a_round(people: People) -> None:
    with acting(people.county) as actor, pytest.raises(NotPermitted):
        open_round(actor=actor, region_code=VILLAGE, pack=REGISTER_2014, year=YEAR)
    with acting(people.author) as actor, pytest.raises(NotPermitted):
        open_round(actor=actor, region_code=OTHER_VILLAGE, pack=REGISTER_2014, year=YEAR)


def test_the_first_notice_waits_for_95_per_cent_or_a_written_reason(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    reach(people.author, running, *homes)
    with unit_of_work(SYSTEM):
        assert is_uncovered(running)
        assert not is_uncovered(None)
    for words in ("", "too short"):
        with acting(people.author) as actor, pytest.raises(NotValid):
            explain_coverage(round_of(running), actor=actor, words=words)
    with acting(people.author) as actor:
        explain_coverage(round_of(running), actor=actor, words=WHY)
    with unit_of_work(SYSTEM):
        assert not is_uncovered(running)


def test_monitoring_asks_for_no_coverage(people: People, homes: list[UUID]) -> None:
    monitoring = make_round(people.author, pack=MONITORING_2021)
    with unit_of_work(SYSTEM):
        assert not is_uncovered(monitoring)


def test_a_round_closes_after_every_vote_and_with_its_list_worked_through(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    case_id = apply_for(people.author, running, homes[0])
    with acting(people.author) as actor, pytest.raises(Refused) as early:
        close_round(round_of(running), actor=actor)
    assert early.value.code == "votes_open"
    with acting(people.author) as actor:
        fire_case(db.session.get_one(IdentificationCase, case_id), "withdraw", actor=actor, reason="They moved.")
    with acting(people.author) as actor, pytest.raises(Refused) as uncovered:
        close_round(round_of(running), actor=actor)
    assert uncovered.value.code == "not_covered"
    with acting(people.author) as actor:
        explain_coverage(round_of(running), actor=actor, words=WHY)
        close_round(round_of(running), actor=actor)
    with acting(people.author) as actor, pytest.raises(WrongState):
        close_round(round_of(running), actor=actor)
    with pytest.raises(Refused) as closed:
        reach(people.author, running, homes[1])
    assert closed.value.code == "round_closed"
    with unit_of_work(SYSTEM):
        assert running_round(VILLAGE, REGISTER_2014) is None
        assert round_of(running).closed_on == today()


def test_cases_of_a_notice_that_already_hangs_do_not_hold_a_round_open(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    put_case(homes[0], CaseStage.NOTICE_FIRST, A, round_id=running)
    with acting(people.author) as actor:
        explain_coverage(round_of(running), actor=actor, words=WHY)
        close_round(round_of(running), actor=actor)


def test_a_round_keeps_the_run_that_gave_its_number(people: People) -> None:
    run_id = make_published_run(people.county, make_person(Role.COUNTY_OFFICER), year=YEAR)
    officer = make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)
    rounds = [make_round(officer, pack=pack, region=OTHER_VILLAGE) for pack in (REGISTER_2014, MONITORING_2021)]
    with unit_of_work(SYSTEM):
        assert [round_of(round_id).quota_run_id for round_id in rounds] == [run_id, None]


def test_the_list_is_read_page_by_page(running: UUID) -> None:
    with unit_of_work(SYSTEM):
        first = frame_page(round_of(running), limit=2)
        second = frame_page(round_of(running), limit=2, cursor=first.next)
    assert [row.household_no for row in first.items] == ["H001", "H002"]
    assert ([row.household_no for row in second.items], second.next) == (["H900"], None)
