"""A meeting is open for changes until it is closed; whoever changes it keeps others out until he is done."""

from core.db import db
from core.errors import WrongState
from core.policy import Actor
from core.records import note
from identification.case_choices import MeetingStage
from identification.case_policy import CasePermission
from identification.meeting_rules import result_of
from identification.models import Meeting
from identification.queries.meetings import count_of, present_of, rule_for, votes_of
from identification.services.cases.roles import act_for


def hold_open(meeting: Meeting, *, actor: Actor) -> None:
    """Require the permission and lock the meeting; raise WrongState once it is closed."""
    act_for(actor, CasePermission.MEETING_HOLD, meeting)
    db.session.flush()  # what is read anew must be what was written
    db.session.refresh(meeting, with_for_update=True)
    if meeting.stage is not MeetingStage.PREPARED:
        raise WrongState(state=str(meeting.stage))


def count_again(meeting: Meeting) -> None:
    """Say anew what each vote decided, after attendance or the kind of the meeting changed."""
    db.session.flush()  # those present are asked
    present, rule = present_of(meeting.id), rule_for(meeting)
    for vote in votes_of(meeting.id).values():
        result = result_of(rule, count_of(vote, present), present=len(present))
        if result is not vote.result:
            vote.result = result
            note(vote, "meeting_vote.counted")
