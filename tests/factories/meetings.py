"""Meetings for tests, made by the services that users call."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseStage, MeetingKind
from identification.case_packs import REGISTER_2014
from identification.meeting_list import Named
from identification.meeting_rules import Ballot
from identification.models import Meeting, MeetingMember, MeetingVote
from identification.queries.meetings import members_of, votes_of
from identification.services import meetings as services
from tests.factories.notices import board_photo, make_case
from tests.factories.people import VILLAGE, acting

NAMES = ("韦大山", "黄小河", "覃秋菊", "陆春生", "农玉兰", "韦小雨")

FORM = {
    "pack": REGISTER_2014,
    "kind": "representatives",
    "place": "村部会议室",
    "chair": "韦主任",
    "recorder": "黄文书",
}


def today_words() -> str:
    """Return the database's day as a form sends it."""
    with unit_of_work(SYSTEM):
        return today().isoformat()


def frame(*, days: int = 0, **overrides: Any) -> services.MeetingFrame:
    """Return what is written about a meeting of today, or of another day."""
    values = {
        "kind": MeetingKind.REPRESENTATIVES,
        "held_on": today() + timedelta(days=days),
        "place": "村部会议室",
        "chair": "韦主任",
        "recorder": "黄文书",
    }
    return services.MeetingFrame(**(values | overrides))


def make_meeting(officer: UUID, *, pack: str = REGISTER_2014, village: str = VILLAGE, **overrides: Any) -> UUID:
    """Write a meeting down; return its id."""
    with acting(officer) as actor:
        return services.prepare_meeting(frame(**overrides), actor=actor, region_code=village, pack=pack).id


def enter_members(meeting_id: UUID, officer: UUID, names: Sequence[str] = NAMES, *, present: int | None = None) -> None:
    """Write down who may vote, and let the first `present` of them come; all, if nothing is said."""
    with acting(officer) as actor:
        meeting = db.session.get_one(Meeting, meeting_id)
        services.list_members(meeting, [Named(*name.split()) for name in names], actor=actor)
        came = [member.id for member in members_of(meeting_id)][: len(names) if present is None else present]
        services.tick_attendance(meeting, came, actor=actor)


def vote(meeting_id: UUID, case_id: UUID, officer: UUID, votes_for: int, against: int = 0, **more: Any) -> None:
    """Write the vote on a household down."""
    given = {"abstained": 0, "no_relatives": True} | more
    with acting(officer) as actor:
        ballot = Ballot(votes_for, against, **given)
        services.enter_vote(db.session.get_one(Meeting, meeting_id), case_id, ballot, actor=actor)


def close(meeting_id: UUID, officer: UUID) -> None:
    """Close a meeting with a photograph of its minutes."""
    with acting(officer) as actor:
        services.close_meeting(db.session.get_one(Meeting, meeting_id), actor=actor, pages=[board_photo()])


def meeting_of(meeting_id: UUID) -> Meeting:
    with unit_of_work(SYSTEM):
        return db.session.get_one(Meeting, meeting_id)


def members_in(meeting_id: UUID) -> list[MeetingMember]:
    with unit_of_work(SYSTEM):
        return list(members_of(meeting_id))


def votes_in(meeting_id: UUID) -> dict[UUID, MeetingVote]:
    with unit_of_work(SYSTEM):
        return votes_of(meeting_id)


def move_meeting(meeting_id: UUID, officer: UUID, **overrides: Any) -> None:
    """Write a meeting that is not closed down anew: another day, another kind."""
    with acting(officer) as actor:
        services.change_meeting(db.session.get_one(Meeting, meeting_id), frame(**overrides), actor=actor)


def add_meetings(world: Any, village: str) -> None:
    """Add a meeting that is ready to be closed, one that is closed, and a household of the list to be signed."""
    officer = world.account(Role.VILLAGE_OFFICER)
    waiting, decided = (
        make_case(world.ids["household"], stage=CaseStage.REVIEWED, pack=REGISTER_2014) for _time in range(2)
    )
    for name, case_id in (("meeting_held", decided), ("meeting", waiting)):
        world.ids[name] = make_meeting(officer, village=village)
        enter_members(world.ids[name], officer)
        vote(world.ids[name], case_id, officer, votes_for=5, against=1)
    close(world.ids["meeting_held"], officer)
    world.ids |= {"case_voted": waiting, "case_listed": decided}
