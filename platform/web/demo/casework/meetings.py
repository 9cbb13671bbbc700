"""A meeting of the village's representatives that votes on cases."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.clock import today
from core.db import db
from identification.case_choices import MeetingKind
from identification.meeting_list import Named
from identification.meeting_rules import Ballot
from identification.models import Meeting
from identification.queries.meetings import agenda_of, members_of
from identification.queries.rounds import running_round
from identification.services.meetings import MeetingFrame, close_meeting, enter_vote, list_members, prepare_meeting
from identification.services.meetings import tick_attendance as tick
from registry.models import Household
from web.demo.casework.steps import turn
from web.demo.names import person, story
from web.demo.pictures import paper
from web.demo.village import Officers

MOST, ABSENT, AGAINST = 21, 9, 3
CHAIR, RECORDER = 41, 42


def meet(officers: Officers, region_code: str, pack: str, against: Sequence[UUID] = ()) -> UUID:
    """Hold a meeting today on all households that wait for one; those in `against` find no majority. Return its id."""
    meeting = prepare(officers, region_code, pack)
    members = members_of(meeting.id)
    present = [member for number, member in enumerate(members, 1) if number % ABSENT]
    tick(meeting, {member.id for member in present}, actor=turn(officers.village))
    for line in agenda_of(meeting):
        aside = frozenset(str(member.id) for member in present if member.household_no == line.household_no)
        ballot = _ballot(len(present) - len(aside), aside, refused=line.case_id in against)
        enter_vote(meeting, line.case_id, ballot, actor=turn(officers.village))
    close_meeting(meeting, actor=turn(officers.village), pages=[paper()])
    return meeting.id


def prepare(officers: Officers, region_code: str, pack: str) -> Meeting:
    """Write down a meeting of today with who may vote in it: heads of the village's households."""
    words = story("cases")
    frame = MeetingFrame(
        MeetingKind.REPRESENTATIVES,
        today(),
        words["meeting_place"],
        person(CHAIR),
        person(RECORDER),
        words["observers"],
        words["said"],
    )
    meeting = prepare_meeting(
        frame,
        actor=turn(officers.village),
        region_code=region_code,
        pack=pack,
        running=running_round(region_code, pack),
    )
    list_members(meeting, _representatives(region_code), actor=turn(officers.village))
    return meeting


def _representatives(region_code: str) -> list[Named]:
    query = select(Household).where(Household.region_code == region_code).order_by(Household.household_no)
    found = db.session.scalars(query).all()
    return [Named(household.head_name, household.household_no) for household in found[:: len(found) // MOST + 1]]


def _ballot(voters: int, aside: frozenset[str], *, refused: bool) -> Ballot:
    no = voters - voters // 3 if refused else voters // AGAINST // 3
    return Ballot(voters - no, no, 0, aside, no_relatives=not aside)
