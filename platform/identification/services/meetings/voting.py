"""What the meeting voted on one household."""

from uuid import UUID, uuid4

from core.db import db
from core.errors import NotFound, NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from core.records import note
from identification.meeting_rules import Ballot, ballot_faults, result_of
from identification.models import Meeting, MeetingVote
from identification.queries.meetings import agenda_line, members_of, rule_for, votes_of, who_came
from identification.services.meetings.attending import refuse_early
from identification.services.meetings.holding import hold_open


def enter_vote(meeting: Meeting, case_id: UUID, ballot: Ballot, *, actor: Actor) -> MeetingVote:
    """Write down the vote on a household that waits for a meeting of its village, or put it right."""
    hold_open(meeting, actor=actor)
    refuse_early(meeting)
    line = agenda_line(meeting, case_id)
    if not line.is_waiting:
        raise Refused(_l("This household no longer waits for a meeting."), code="not_waiting")
    present, own = who_came(members_of(meeting.id), line.household_no)
    faults = ballot_faults(ballot, present=present, own=own)
    if faults:
        raise NotValid(faults)
    result = result_of(rule_for(meeting), ballot.count, present=len(present))
    vote = line.vote or _blank(meeting, case_id)
    vote.votes_for, vote.votes_against, vote.abstained = ballot.votes_for, ballot.votes_against, ballot.abstained
    vote.recused, vote.no_relatives = sorted(ballot.recused), ballot.no_relatives
    vote.result = result
    if line.vote is None:
        db.session.add(vote)
    else:
        note(vote, "meeting.changed")
    db.session.flush()  # lists ask for it
    return vote


def _blank(meeting: Meeting, case_id: UUID) -> MeetingVote:
    return MeetingVote(
        id=uuid4(),
        meeting_id=meeting.id,
        region_code=meeting.region_code,
        county_code=meeting.county_code,
        case_id=case_id,
    )


def take_vote_out(meeting: Meeting, case_id: UUID, *, actor: Actor) -> None:
    """Take back a vote that was written down for the wrong household; it waits for a meeting as before."""
    hold_open(meeting, actor=actor)
    vote = votes_of(meeting.id).get(case_id)
    if vote is None:
        raise NotFound
    note(vote, "meeting.changed")
    db.session.delete(vote)
    db.session.flush()  # lists no longer show it
