"""One meeting: who may vote, who came, and whether that is enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.errors import NotFound
from core.policy import Actor, ActorKind, can
from core.scope import scope_clause
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.meeting_rules import Count, MeetingRule, rule_of
from identification.models import Meeting, MeetingMember, MeetingVote
from registry.models import Household


@dataclass(frozen=True)
class Attendance:
    """How many may vote, how many came, and what the law asks of them."""

    entitled: int
    present: int
    rule: MeetingRule

    @property
    def is_enough(self) -> bool:
        return self.rule.has_quorum(self.entitled, self.present)

    @property
    def least_present(self) -> int:
        return self.rule.least_present(self.entitled)

    @property
    def least_for(self) -> int:
        return self.rule.least_for(self.present)


@dataclass(frozen=True)
class EarlierList:
    """The list of those entitled as an earlier meeting of the same kind had it."""

    meeting: Meeting
    lines: tuple[tuple[str, str], ...]


def get_meeting(actor: Actor, meeting_id: UUID) -> Meeting:
    """Return the meeting, or raise NotFound if it is outside the actor's places."""
    query = select(Meeting).where(Meeting.id == meeting_id, scope_clause(Meeting, actor))
    found: Meeting | None = db.session.scalar(query)
    allowed = actor.kind is ActorKind.SYSTEM or (found is not None and can(actor, CasePermission.MEETING_READ, found))
    if found is None or not allowed:
        raise NotFound
    return found


def members_of(meeting_id: UUID) -> Sequence[MeetingMember]:
    """Return those entitled to vote, in the order of the list."""
    query = select(MeetingMember).where(MeetingMember.meeting_id == meeting_id)
    return db.session.scalars(query.order_by(MeetingMember.ordinal, MeetingMember.id)).all()


def present_of(meeting_id: UUID) -> frozenset[str]:
    """Return the ids of those who came, as votes keep them."""
    query = select(MeetingMember.id).where(MeetingMember.meeting_id == meeting_id, MeetingMember.present)
    return frozenset(str(found) for found in db.session.scalars(query))


def attendance_of(meeting: Meeting) -> Attendance:
    """Return how many came of those entitled."""
    members = members_of(meeting.id)
    return Attendance(len(members), sum(member.present for member in members), rule_for(meeting))


def rule_for(meeting: Meeting) -> MeetingRule:
    """Return the rule of the meeting's kind, as its pack had it on its day."""
    return rule_of(pack_of(meeting.pack, meeting.region_code, meeting.held_on), meeting.kind)


def votes_of(meeting_id: UUID) -> dict[UUID, MeetingVote]:
    """Return the votes of a meeting by case."""
    query = select(MeetingVote).where(MeetingVote.meeting_id == meeting_id)
    return {vote.case_id: vote for vote in db.session.scalars(query.order_by(MeetingVote.created_at, MeetingVote.id))}


def count_of(vote: MeetingVote, present: frozenset[str]) -> Count:
    """Return a vote as a count: of those who stepped aside only who is present."""
    recused = len(present.intersection(vote.recused))
    return Count(vote.votes_for, vote.votes_against, vote.abstained, recused)


def earlier_list(meeting: Meeting) -> EarlierList | None:
    """Return the list that may be taken over: of the last meeting of this kind here."""
    query = select(Meeting).where(
        Meeting.region_code == meeting.region_code, Meeting.kind == meeting.kind, Meeting.id != meeting.id
    )
    for last in db.session.scalars(query.order_by(Meeting.held_on.desc(), Meeting.created_at.desc()).limit(3)):
        lines = tuple((member.name, member.household_no) for member in members_of(last.id))
        if lines:
            return EarlierList(last, lines)
    return None


def known_numbers(region_code: str) -> frozenset[str]:
    """Return the numbers of the village's households on file."""
    return frozenset(db.session.scalars(select(Household.household_no).where(Household.region_code == region_code)))
