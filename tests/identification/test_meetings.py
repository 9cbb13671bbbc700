"""Meetings of democratic review: members, attendance, votes, and the end that makes the votes count (domain.md 3.4)."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import func, select

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, Refused, WrongState
from core.files import read_file
from core.policy import SYSTEM
from identification.case_choices import CaseStage, MeetingKind, MeetingStage, RejectReason, VoteResult
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.meeting_list import Named
from identification.models import CaseStep, IdentificationCase, Meeting, MeetingMember
from identification.queries.meetings import what_is_missing
from identification.services import meetings as services
from tests.factories import meetings as make
from tests.factories.needs import make_household
from tests.factories.notices import board_photo, make_case
from tests.factories.people import acting, make_person
from tests.factories.places import OTHER_VILLAGE, lay_places
from tests.identification.conftest import stage_of


@dataclass
class Room:
    """An officer, a meeting of six representatives, and two households before it."""

    officer: UUID
    meeting: UUID
    first: UUID
    second: UUID


@pytest.fixture
def room(database: object) -> Room:
    lay_places()
    officer = make_person(Role.VILLAGE_OFFICER)
    homes = [make_household(officer, household_no=number, head_name="韦某某", size=3) for number in ("H001", "H002")]
    first, second = (make_case(home, stage=CaseStage.REVIEWED, pack=REGISTER_2014) for home in homes)
    meeting = make.make_meeting(officer)
    make.enter_members(meeting, officer)
    return Room(officer, meeting, first, second)


def missing(meeting_id: UUID) -> dict[str, int]:
    with unit_of_work(SYSTEM):
        found = what_is_missing(db.session.get_one(Meeting, meeting_id))
    return {step: len(messages) for step, messages in found.items()}


def refused(act, *given, **named) -> dict[str, list[object]]:
    with pytest.raises(NotValid) as refusal:
        act(*given, **named)
    return refusal.value.errors


def test_a_closed_meeting_decides_every_household_it_voted_on(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=4, against=2)
    make.vote(room.meeting, room.second, room.officer, votes_for=3, against=1, abstained=2)
    assert stage_of(room.first) is CaseStage.REVIEWED
    make.close(room.meeting, room.officer)
    assert stage_of(room.first) is CaseStage.PRELIMINARY
    assert stage_of(room.second) is CaseStage.NOT_ADMITTED
    with unit_of_work(SYSTEM):
        assert db.session.get_one(IdentificationCase, room.second).reject_reason is RejectReason.MEETING


def test_the_case_keeps_how_many_voted_for_it(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=4, against=2)
    make.close(room.meeting, room.officer)
    with unit_of_work(SYSTEM):
        step = db.session.scalars(select(CaseStep).where(CaseStep.case_id == room.first)).one()
    assert (step.name, step.taken_by) == ("vote_for", room.officer)
    assert "4" in step.words
    assert "6" in step.words


def test_a_household_that_was_not_voted_on_waits_for_the_next_meeting(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=6)
    make.close(room.meeting, room.officer)
    assert stage_of(room.second) is CaseStage.REVIEWED


def test_a_meeting_of_monitoring_votes_on_its_own_cases_only(room):
    home = make_household(room.officer, household_no="H003")
    watched = make_case(home, stage=CaseStage.REVIEWED, pack=MONITORING_2021)
    with pytest.raises(NotFound):
        make.vote(room.meeting, watched, room.officer, votes_for=6)
    meeting = make.make_meeting(room.officer, pack=MONITORING_2021)
    make.enter_members(meeting, room.officer)
    make.vote(meeting, watched, room.officer, votes_for=6)
    make.close(meeting, room.officer)
    assert stage_of(watched) is CaseStage.PRELIMINARY


def test_too_few_representatives_close_nothing(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=3)
    make.enter_members(room.meeting, room.officer, present=3)
    assert list(refused(make.close, room.meeting, room.officer)) == ["attendance"]
    assert stage_of(room.first) is CaseStage.REVIEWED
    assert make.meeting_of(room.meeting).stage is MeetingStage.PREPARED


def test_another_kind_of_meeting_has_another_quorum(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=4)
    make.enter_members(room.meeting, room.officer, present=4)
    assert missing(room.meeting) == {}
    make.move_meeting(room.meeting, room.officer, kind=MeetingKind.VILLAGERS)
    make.enter_members(room.meeting, room.officer, present=3)
    assert missing(room.meeting) == {"attendance": 1, "households": 1}


def test_a_meeting_without_list_or_votes_says_what_is_missing(room):
    meeting = make.make_meeting(room.officer)
    assert missing(meeting) == {"members": 1, "households": 1}


def test_attendance_that_changes_changes_what_was_decided(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=3)
    assert make.votes_in(room.meeting)[room.first].result is VoteResult.NOT_ADMITTED
    make.enter_members(room.meeting, room.officer, present=5)
    assert make.votes_in(room.meeting)[room.first].result is VoteResult.ADMITTED


def test_more_votes_than_people_are_refused_beside_the_numbers(room):
    errors = refused(make.vote, room.meeting, room.first, room.officer, votes_for=5, against=2)
    assert list(errors) == ["votes_for"]
    assert make.votes_in(room.meeting) == {}


def test_a_vote_that_no_longer_fits_those_present_keeps_the_meeting_open(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=5, against=1)
    make.enter_members(room.meeting, room.officer, present=5)
    assert list(refused(make.close, room.meeting, room.officer)) == ["households"]


def test_that_nobody_is_close_must_be_said(room):
    assert "no_relatives" in refused(make.vote, room.meeting, room.first, room.officer, 6, no_relatives=False)


def test_who_is_close_steps_aside_and_counts_among_those_present(room):
    close = frozenset({str(make.members_in(room.meeting)[0].id)})
    both = refused(make.vote, room.meeting, room.first, room.officer, 3, recused=close, no_relatives=True)
    assert list(both) == ["no_relatives"]
    make.vote(room.meeting, room.first, room.officer, 3, 2, recused=close, no_relatives=False)
    found = make.votes_in(room.meeting)[room.first]
    assert (found.recused, found.result) == (list(close), VoteResult.NOT_ADMITTED)


def test_nobody_steps_aside_who_did_not_come(room):
    make.enter_members(room.meeting, room.officer, present=5)
    away = frozenset({str(make.members_in(room.meeting)[5].id)})
    errors = refused(make.vote, room.meeting, room.first, room.officer, 4, recused=away, no_relatives=False)
    assert list(errors) == ["recused"]


def test_nobody_votes_on_his_own_household(room):
    make.enter_members(room.meeting, room.officer, ("韦大山 H001", *make.NAMES[1:]))
    own = frozenset({str(make.members_in(room.meeting)[0].id)})
    assert list(refused(make.vote, room.meeting, room.first, room.officer, 4)) == ["recused"]
    make.vote(room.meeting, room.first, room.officer, 4, recused=own, no_relatives=False)
    make.vote(room.meeting, room.second, room.officer, 6)


def test_a_vote_can_be_put_right_or_taken_out_until_the_end(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=6)
    make.vote(room.meeting, room.first, room.officer, votes_for=2, against=4)
    assert make.votes_in(room.meeting)[room.first].result is VoteResult.NOT_ADMITTED
    with acting(room.officer) as actor:
        services.take_vote_out(db.session.get_one(Meeting, room.meeting), room.first, actor=actor)
    assert make.votes_in(room.meeting) == {}


def test_a_case_that_has_left_meanwhile_keeps_the_meeting_open_until_its_vote_is_out(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=6)
    make.vote(room.meeting, room.second, room.officer, votes_for=6)
    rival = make.make_meeting(room.officer)
    make.enter_members(rival, room.officer)
    make.vote(rival, room.first, room.officer, votes_for=6)
    make.close(rival, room.officer)
    assert list(refused(make.close, room.meeting, room.officer)) == ["households"]
    with pytest.raises(Refused) as refusal:
        make.vote(room.meeting, room.first, room.officer, votes_for=1)
    assert refusal.value.code == "not_waiting"
    with acting(room.officer) as actor:
        services.take_vote_out(db.session.get_one(Meeting, room.meeting), room.first, actor=actor)
    make.close(room.meeting, room.officer)
    assert stage_of(room.second) is CaseStage.PRELIMINARY


@pytest.mark.parametrize("pages", [[], [b"no picture"], [board_photo(), b"%PDF-1.4"], [board_photo()] * 21])
def test_a_meeting_is_not_closed_without_its_signed_minutes(room, pages):
    make.vote(room.meeting, room.first, room.officer, votes_for=6)

    def close() -> None:
        with acting(room.officer) as actor:
            services.close_meeting(db.session.get_one(Meeting, room.meeting), actor=actor, pages=pages)

    assert list(refused(close)) == ["minutes"]
    assert stage_of(room.first) is CaseStage.REVIEWED


def test_photographs_of_several_pages_are_kept_sealed_as_one_file(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=6)
    with acting(room.officer) as actor:
        meeting = db.session.get_one(Meeting, room.meeting)
        services.close_meeting(meeting, actor=actor, pages=[board_photo(), board_photo()])
    with unit_of_work(SYSTEM):
        meeting = db.session.get_one(Meeting, room.meeting)
        kind, content = services.show_minutes(meeting)
        assert kind == "application/pdf"
        assert content.count(b"/Type /Page\n") == 2
        assert not read_file(meeting.minutes_file_id)[1].startswith(b"%PDF")


def test_after_the_end_nothing_changes_any_more(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=6)
    make.close(room.meeting, room.officer)
    acts = (
        lambda meeting, actor: services.change_meeting(meeting, make.frame(), actor=actor),
        lambda meeting, actor: services.list_members(meeting, [Named("韦某")], actor=actor),
        lambda meeting, actor: services.tick_attendance(meeting, [], actor=actor),
        lambda meeting, actor: services.take_vote_out(meeting, room.first, actor=actor),
        lambda meeting, actor: services.close_meeting(meeting, actor=actor, pages=[board_photo()]),
    )
    for act in acts:
        with pytest.raises(WrongState), acting(room.officer) as actor:
            act(db.session.get_one(Meeting, room.meeting), actor)
    with pytest.raises(WrongState):
        make.vote(room.meeting, room.second, room.officer, votes_for=6)


def test_a_planned_meeting_takes_no_attendance_and_no_votes(room):
    make.vote(room.meeting, room.first, room.officer, votes_for=6)
    make.move_meeting(room.meeting, room.officer, days=3)
    for act in (make.vote, make.enter_members):
        with pytest.raises(Refused) as refusal:
            act(room.meeting, *([room.first, room.officer, 6] if act is make.vote else [room.officer]))
        assert refusal.value.code == "not_held_yet"
    assert list(refused(make.close, room.meeting, room.officer)) == ["day"]


@pytest.mark.parametrize("days", [-367, 61])
def test_a_day_far_away_is_refused(room, days):
    assert list(refused(make.make_meeting, room.officer, days=days)) == ["held_on"]


def test_place_chair_and_recorder_stand_in_the_minutes(room):
    errors = refused(make.make_meeting, room.officer, place=" ", chair="", recorder="")
    assert set(errors) == {"place", "chair", "recorder"}


@pytest.mark.parametrize("role", [Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER, Role.AUDITOR])
def test_a_meeting_is_held_by_the_village(room, role):
    with pytest.raises(NotPermitted):
        make.make_meeting(make_person(role))


def test_the_next_village_holds_no_meeting_here(room):
    outsider = make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)
    with pytest.raises(NotPermitted):
        make.vote(room.meeting, room.first, outsider, votes_for=6)


def test_who_stays_on_the_list_keeps_his_tick(room):
    names = [name for name in make.NAMES if name != "覃秋菊"] + ["覃秋菊", "罗新来"]
    with acting(room.officer) as actor:
        meeting = db.session.get_one(Meeting, room.meeting)
        services.list_members(meeting, [Named(name) for name in names[1:]], actor=actor)
    found = make.members_in(room.meeting)
    assert [member.name for member in found] == names[1:]
    assert [member.present for member in found] == [True] * 5 + [False]


def test_nobody_leaves_the_list_whom_a_vote_names(room):
    close = frozenset({str(make.members_in(room.meeting)[0].id)})
    make.vote(room.meeting, room.first, room.officer, 5, recused=close, no_relatives=False)
    assert list(refused(make.enter_members, room.meeting, room.officer, make.NAMES[1:])) == ["names"]
    with unit_of_work(SYSTEM):
        assert db.session.scalar(select(func.count(MeetingMember.id))) == 6
