"""Who may vote in a meeting, and who came."""

from collections.abc import Collection, Sequence
from uuid import UUID, uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from core.records import note
from identification.meeting_list import Named
from identification.models import Meeting, MeetingMember
from identification.queries.meetings import members_of, votes_of
from identification.services.meetings.holding import count_again, hold_open


def list_members(meeting: Meeting, named: Sequence[Named], *, actor: Actor) -> None:
    """Write down who may vote, in this order. Who stays on the list keeps his tick; who leaves it never came."""
    hold_open(meeting, actor=actor)
    kept = {Named(member.name, member.household_no): member for member in members_of(meeting.id)}
    _refuse_lost([member for key, member in kept.items() if key not in set(named)], meeting)
    for ordinal, person in enumerate(named, 1):
        member = kept.pop(person, None)
        if member is None:
            db.session.add(_member(meeting, person, ordinal))
        elif member.ordinal != ordinal:
            member.ordinal = ordinal
            note(member, "meeting.changed")
    for member in kept.values():
        note(member, "meeting.changed")
        db.session.delete(member)
    count_again(meeting)


def _refuse_lost(leaving: Sequence[MeetingMember], meeting: Meeting) -> None:
    """Nobody leaves the list whom the minutes name as having stepped aside."""
    named = {found for vote in votes_of(meeting.id).values() for found in vote.recused}
    if any(str(member.id) in named for member in leaving):
        raise NotValid({"names": [_l("Somebody who stepped aside in a vote would leave the list. Change that first.")]})


def _member(meeting: Meeting, person: Named, ordinal: int) -> MeetingMember:
    return MeetingMember(
        id=uuid4(),
        meeting_id=meeting.id,
        region_code=meeting.region_code,
        county_code=meeting.county_code,
        ordinal=ordinal,
        name=person.name,
        household_no=person.household_no,
        present=False,
    )


def tick_attendance(meeting: Meeting, present: Collection[UUID], *, actor: Actor) -> int:
    """Note who came, all others did not; return how many came. Nobody comes to a meeting of a later day."""
    hold_open(meeting, actor=actor)
    refuse_early(meeting)
    for member in members_of(meeting.id):
        came = member.id in present
        if member.present is not came:
            member.present = came
            note(member, "meeting.changed")
    count_again(meeting)
    return sum(member.present for member in members_of(meeting.id))


def refuse_early(meeting: Meeting) -> None:
    """Raise Refused while the day of the meeting has not come."""
    if meeting.held_on > today():
        raise Refused(
            _l("The meeting is planned for %(day)s. Write attendance and votes on that day.", day=meeting.held_on),
            code="not_held_yet",
        )
