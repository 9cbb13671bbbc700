"""What still keeps a meeting from being closed."""

from collections.abc import Iterable

from core.clock import today
from core.i18n import LazyString, _l
from identification.meeting_rules import Ballot, ballot_faults
from identification.models import Meeting, MeetingMember, MeetingVote
from identification.queries.meetings.agenda import AgendaLine, agenda_of
from identification.queries.meetings.reading import Attendance, members_of, rule_for


def what_is_missing(meeting: Meeting) -> dict[str, list[str | LazyString]]:
    """Return what stands against closing, by the step where it is put right: day, members, attendance, households."""
    members = members_of(meeting.id)
    found: dict[str, list[str | LazyString]] = {
        "day": _day(meeting),
        "members": [] if members else [_l("Write down who may vote.")],
        "attendance": _attendance(meeting, members) if members else [],
        "households": _households(agenda_of(meeting), members),
    }
    return {step: messages for step, messages in found.items() if messages}


def _day(meeting: Meeting) -> list[str | LazyString]:
    if meeting.held_on <= today():
        return []
    day = meeting.held_on.isoformat()
    return [_l("The meeting is planned for %(day)s. It can be closed on that day or later.", day=day)]


def _attendance(meeting: Meeting, members: Iterable[MeetingMember]) -> list[str | LazyString]:
    came = [member.present for member in members]
    found = Attendance(len(came), sum(came), rule_for(meeting))
    if found.is_enough:
        return []
    return [
        _l(
            "Too few came: %(present)s of %(entitled)s. The meeting counts from %(least)s on.",
            present=found.present,
            entitled=found.entitled,
            least=found.least_present,
        )
    ]


def _households(agenda: list[AgendaLine], members: Iterable[MeetingMember]) -> list[str | LazyString]:
    voted = [line for line in agenda if line.vote is not None]
    if not voted:
        return [_l("No household has been voted on.")]
    found: list[str | LazyString] = []
    for line in voted:
        if not line.is_waiting:
            said = _l(
                "Household %(number)s no longer waits for a meeting. Take its vote out.", number=line.household_no
            )
            found.append(said)
        elif line.vote is not None and faults_now(line.vote, line.household_no, members):
            said = _l(
                "The vote on household %(number)s does not fit those who came. Look at it again.",
                number=line.household_no,
            )
            found.append(said)
    return found


def faults_now(vote: MeetingVote, household_no: str, members: Iterable[MeetingMember]) -> bool:
    """Return whether a vote no longer fits those who are ticked as present."""
    ballot = Ballot(
        vote.votes_for, vote.votes_against, vote.abstained, frozenset(vote.recused), no_relatives=vote.no_relatives
    )
    present, own = who_came(members, household_no)
    return bool(ballot_faults(ballot, present=present, own=own))


def who_came(members: Iterable[MeetingMember], household_no: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of those present, and of those among them who are of the household."""
    came = [member for member in members if member.present]
    own = frozenset(str(member.id) for member in came if household_no and member.household_no == household_no)
    return frozenset(str(member.id) for member in came), own
