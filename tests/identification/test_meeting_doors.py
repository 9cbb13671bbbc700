"""The pages of meetings: steps in the room, counts checked by the server, the end, and what nobody may see there."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseStage, MeetingStage, VoteResult
from identification.case_packs import REGISTER_2014
from identification.models import IdentificationCase, Meeting
from registry.choices import Source
from registry.models import Household
from registry.services import save_profile
from tests.factories import meetings as make
from tests.factories.needs import make_household
from tests.factories.notices import board_photo, make_case
from tests.factories.people import VILLAGE, make_person, sign_in
from tests.factories.places import lay_places
from tests.identification.conftest import stage_of
from tests.plugins.web import make_app

NAMES = "韦大山 H001\n黄小河\n覃秋菊\n陆春生\n农玉兰\n韦小雨"
FRAME = {**make.FORM, "region_code": VILLAGE}


class Room:
    """The village officer in the room, with one household of the register before the meeting."""

    def __init__(self, client: FlaskClient) -> None:
        lay_places()
        self.officer = make_person(Role.VILLAGE_OFFICER)
        self.home = make_household(self.officer, household_no="H001", head_name="韦秘密", size=3)
        self.case = make_case(self.home, stage=CaseStage.REVIEWED, pack=REGISTER_2014)
        self.client = sign_in(client, self.officer)

    def meeting(self) -> UUID:
        found = make.make_meeting(self.officer)
        make.enter_members(found, self.officer, NAMES.split("\n"))
        return found

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(f"/desk/{path}?lang=en", **more)

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"/desk/{path}", data=body)


@pytest.fixture
def app(database: object) -> Flask:
    return make_app()


@pytest.fixture
def room(client: FlaskClient) -> Room:
    room = Room(client)
    room.client.set_cookie("lang", "en")
    return room


def only_meeting() -> UUID:
    with unit_of_work(SYSTEM):
        return db.session.query(Meeting).one().id


def test_a_meeting_goes_from_the_first_step_to_the_list(room: Room) -> None:
    made = room.post("meetings", **FRAME, held_on=make.today_words())
    meeting = only_meeting()
    assert made.headers["Location"] == f"/desk/meetings/{meeting}/members"
    assert room.post(f"meetings/{meeting}/members", names=NAMES).status_code == 303
    came = [str(member.id) for member in make.members_in(meeting)][:5]
    assert room.post(f"meetings/{meeting}/attendance", present=came).status_code == 303
    card = f"meetings/{meeting}/households/{room.case}"
    votes = {"votes_for": "3", "votes_against": "1", "abstained": "0", "recused": came[:1]}
    assert room.post(card, **votes).headers["Location"] == f"/desk/meetings/{meeting}"
    closed = room.post(f"meetings/{meeting}/close", minutes=(BytesIO(board_photo()), "p.jpg"))
    assert closed.status_code == 303
    assert stage_of(room.case) is CaseStage.PRELIMINARY
    page = room.get(f"meetings/{meeting}").text
    assert "for 3" in page
    assert "stepped aside 1" in page
    assert f"/desk/lists/{VILLAGE}" in page


def test_a_meeting_that_lacks_words_keeps_what_was_typed(room: Room) -> None:
    page = room.post("meetings", **{**FRAME, "place": "", "chair": "韦主任"}, held_on=make.today_words())
    assert page.status_code == 422
    assert 'value="韦主任"' in page.text
    assert 'href="#place"' in page.text


def test_a_far_day_is_refused_beside_its_field(room: Room) -> None:
    page = room.post("meetings", **FRAME, held_on="2001-01-01")
    assert page.status_code == 422
    assert 'href="#held_on"' in page.text


def test_the_last_list_is_offered_and_never_taken_over_by_itself(room: Room) -> None:
    room.meeting()
    second = make.make_meeting(room.officer)
    page = room.get(f"meetings/{second}/members").text
    assert "had a list of 6 persons" in page
    assert "黄小河" not in page
    asked = room.client.get(f"/desk/meetings/{second}/members?from=earlier").text
    assert "韦大山 H001\n黄小河" in asked.replace("\r\n", "\n")
    assert make.members_in(second) == []


def test_a_wrong_line_of_the_list_is_named_and_the_list_kept(room: Room) -> None:
    meeting = make.make_meeting(room.officer)
    page = room.post(f"meetings/{meeting}/members", names="韦大山\n黄小河 H999")
    assert page.status_code == 422
    assert "Line 2" in page.text
    assert "黄小河 H999" in page.text


def test_numbers_are_checked_while_they_are_typed(room: Room) -> None:
    meeting = room.meeting()
    card = f"/desk/meetings/{meeting}/households/{room.case}"
    asked = {"HX-Request": "true"}
    fine = room.client.get(f"{card}?votes_for=4&votes_against=1", headers=asked)
    assert (fine.status_code, "5 of them are counted" in fine.text) == (200, True)
    assert "Voted onto the list" in fine.text
    wrong = room.client.get(f"{card}?votes_for=4&votes_against=3", headers=asked)
    assert (wrong.status_code, "only 6 are present" in wrong.text) == (422, True)
    assert "<h1" not in wrong.text
    assert make.votes_in(meeting) == {}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"votes_for": "5", "votes_against": "2", "no_relatives": "y"}, "votes_for"),
        ({"votes_for": "", "votes_against": "2", "no_relatives": "y"}, "votes_for"),
        ({"votes_for": "3", "votes_against": "-2", "no_relatives": "y"}, "votes_against"),
        ({"votes_for": "3", "votes_against": "1"}, "no_relatives"),
        ({"votes_for": "3", "votes_against": "1", "no_relatives": "y"}, "recused"),
    ],
)
def test_a_vote_that_cannot_be_is_refused_beside_its_field(room: Room, typed: dict[str, str], field: str) -> None:
    meeting = room.meeting()
    page = room.post(f"meetings/{meeting}/households/{room.case}", abstained="0", **typed)
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert make.votes_in(meeting) == {}


def test_who_might_be_close_is_offered_first_and_nobody_is_ticked(room: Room) -> None:
    page = room.get(f"meetings/{room.meeting()}/households/{room.case}").text
    hinted, others = page.split("<details>")
    assert all(name in hinted for name in ("韦大山", "韦小雨"))
    assert "黄小河" in others
    assert " checked>" not in page


def test_the_card_says_what_the_meeting_may_know_and_nothing_more(room: Room) -> None:
    with unit_of_work(SYSTEM):
        home = db.session.get_one(Household, room.home)
        values = {"is_relative_of_official": True, "previously_registered": True, "cause_note": "SICKNESS"}
        save_profile(home, values, actor=SYSTEM, valid_from=today(), as_of=today(), source=Source.FORM)
    page = room.get(f"meetings/{room.meeting()}/households/{room.case}").text
    assert "relatives of a village official" in page
    assert "韦**" in page
    for hidden in ("韦秘密", "reviously", "SICKNESS", "illness"):
        assert hidden not in page


def test_closing_says_all_that_is_missing(room: Room) -> None:
    meeting = room.meeting()
    make.enter_members(meeting, room.officer, NAMES.split("\n"), present=2)
    page = room.post(f"meetings/{meeting}/close", minutes=(BytesIO(board_photo()), "p.jpg"))
    assert page.status_code == 422
    assert "Too few came: 2 of 6. The meeting counts from 4 on." in page.text
    assert "No household has been voted on." in page.text
    assert make.meeting_of(meeting).stage is MeetingStage.PREPARED


def test_without_minutes_nothing_is_closed(room: Room) -> None:
    meeting = room.meeting()
    own = frozenset({str(make.members_in(meeting)[0].id)})
    make.vote(meeting, room.case, room.officer, 4, recused=own, no_relatives=False)
    page = room.post(f"meetings/{meeting}/close")
    assert (page.status_code, 'href="#minutes"' in page.text) == (422, True)
    assert stage_of(room.case) is CaseStage.REVIEWED


def closed(room: Room) -> UUID:
    meeting = room.meeting()
    own = frozenset({str(make.members_in(meeting)[0].id)})
    make.vote(meeting, room.case, room.officer, 4, recused=own, no_relatives=False)
    make.close(meeting, room.officer)
    return meeting


def test_a_closed_meeting_has_no_steps_any_more(room: Room) -> None:
    meeting = closed(room)
    for step in ("members", "attendance", "change", f"households/{room.case}"):
        assert room.get(f"meetings/{meeting}/{step}").status_code == 404
    assert room.post(f"meetings/{meeting}/members", names="韦某").status_code == 409
    assert room.post(f"meetings/{meeting}/attendance").status_code == 409
    assert room.post(f"meetings/{meeting}/households/{room.case}/take-out").status_code == 409
    assert make.votes_in(meeting)[room.case].result is VoteResult.ADMITTED


def test_the_signed_minutes_are_shown_to_offices_only(room: Room, app: Flask) -> None:
    meeting = closed(room)
    assert room.get(f"meetings/{meeting}/signed-minutes").mimetype == "image/jpeg"
    auditor = sign_in(app.test_client(), make_person(Role.AUDITOR, "451028"))
    assert auditor.get(f"/desk/meetings/{meeting}").status_code == 200
    assert auditor.get(f"/desk/meetings/{meeting}/signed-minutes").status_code == 403


def test_names_of_those_who_voted_stand_on_no_page_for_readers(room: Room, app: Flask) -> None:
    meeting = closed(room)
    reader = sign_in(app.test_client(), make_person(Role.COUNTY_OFFICER, "451028"))
    page = reader.get(f"/desk/meetings/{meeting}").text
    assert "韦**" in page
    assert "黄小河" not in page


def test_the_list_of_meetings_is_paged_and_kept_to_a_village(room: Room) -> None:
    assert "No meeting has been written down here yet." in room.get("meetings").text
    for days in range(21):
        make.make_meeting(room.officer, days=-days)
    first = room.get("meetings").text
    assert first.count("jd-row-title") == 20
    assert "cursor=" in first
    assert "No meeting has been written down" in room.client.get("/desk/meetings?village=451028100000&lang=en").text


def test_the_vote_can_be_taken_out_again(room: Room) -> None:
    meeting = room.meeting()
    own = frozenset({str(make.members_in(meeting)[0].id)})
    make.vote(meeting, room.case, room.officer, 4, recused=own, no_relatives=False)
    assert room.post(f"meetings/{meeting}/households/{room.case}/take-out").status_code == 303
    assert make.votes_in(meeting) == {}


def test_a_case_that_is_not_before_the_meeting_has_no_card(room: Room) -> None:
    other = make_case(make_household(room.officer, household_no="H002"), stage=CaseStage.VERIFYING, pack=REGISTER_2014)
    assert room.get(f"meetings/{room.meeting()}/households/{other}").status_code == 404
    with unit_of_work(SYSTEM):
        assert db.session.get_one(IdentificationCase, other).stage is CaseStage.VERIFYING
