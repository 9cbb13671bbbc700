"""A meeting is closed with its signed minutes: from then on its votes count, and nothing in it changes any more."""

from collections.abc import Sequence
from uuid import UUID

from core.db import db
from core.errors import NotValid
from core.files import joined_pages, read_sealed, store_sealed
from core.i18n import _, _l
from core.policy import Actor
from core.records import note
from identification.case_choices import VoteResult
from identification.models import Meeting, MeetingVote
from identification.queries.cases import find_case
from identification.queries.meetings import count_of, present_of, votes_of, what_is_missing
from identification.services.cases import fire_case
from identification.services.meetings.holding import count_again, hold_open
from identification.workflow import meeting_workflow

MOST_PAGES = 20
STEPS = {VoteResult.ADMITTED: "vote_for", VoteResult.NOT_ADMITTED: "vote_against"}


def close_meeting(meeting: Meeting, *, actor: Actor, pages: Sequence[bytes]) -> None:
    """Keep the signed minutes and let each vote decide its case, all or none; raise NotValid for what is missing."""
    hold_open(meeting, actor=actor)
    count_again(meeting)
    missing = what_is_missing(meeting)
    if missing:
        raise NotValid(missing)
    meeting.minutes_file_id = _kept(meeting, pages, actor)
    present = present_of(meeting.id)
    meeting_workflow.fire(meeting, "close", actor=actor, facts={"file": meeting.minutes_file_id}, present=len(present))
    for vote in votes_of(meeting.id).values():
        _decide(vote, present, actor)


def _kept(meeting: Meeting, pages: Sequence[bytes], actor: Actor) -> UUID:
    if not 1 <= len(pages) <= MOST_PAGES:
        raise NotValid({"minutes": [_l("Add the signed minutes: one PDF, or a photograph of each page, at most 20.")]})
    try:
        content = pages[0] if len(pages) == 1 else joined_pages(pages)
        stored = store_sealed(content, actor=actor, subject=meeting.record_subject())
    except NotValid as refusal:
        raise NotValid({"minutes": refusal.errors.get("evidence", [])}) from refusal
    return stored.id


def _decide(vote: MeetingVote, present: frozenset[str], actor: Actor) -> None:
    note(vote, "meeting_vote.counted")
    db.session.flush()  # the vote stands before its case moves
    if vote.result is not None:
        step = STEPS[vote.result]
        words = words_of(vote, present)
        fire_case(find_case(vote.case_id), step, actor=actor, reason=words, vote=vote.id)


def words_of(vote: MeetingVote, present: frozenset[str]) -> str:
    """Return a vote as the case keeps it: how many were for it, and of how many."""
    count = count_of(vote, present)
    return _(
        "Present: %(present)s. For: %(votes_for)s, against: %(against)s, abstained: %(abstained)s,"
        " stepped aside: %(recused)s.",
        present=len(present),
        votes_for=count.votes_for,
        against=count.votes_against,
        abstained=count.abstained,
        recused=count.recused,
    )


def show_minutes(meeting: Meeting) -> tuple[str, bytes]:
    """Return kind and bytes of the signed minutes. Whoever calls has checked that the reader may see them."""
    if meeting.minutes_file_id is None:
        raise NotValid({"minutes": [_l("The meeting is not closed yet.")]})
    stored, content = read_sealed(meeting.minutes_file_id, subject=meeting.record_subject())
    return stored.mime, content
