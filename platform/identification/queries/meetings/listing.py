"""Lists of meetings, and of households that wait for two signatures."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, tuple_

from core.db import db
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, require
from core.scope import scope_clause
from identification.case_choices import MeetingKind, MeetingStage, VoteResult
from identification.case_policy import CasePermission
from identification.models import Meeting, MeetingVote


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in a list, with how many households it voted on."""

    id: UUID
    region_code: str
    pack: str
    kind: MeetingKind
    stage: MeetingStage
    held_on: date
    voted: int
    admitted: int


def meetings_of(actor: Actor, *, region_code: str = "", cursor: str | None = None, limit: int = 20) -> Page[MeetingRow]:
    """Return the meetings of the actor's places, the latest day first."""
    require(actor, CasePermission.MEETING_READ)
    query = select(Meeting).where(scope_clause(Meeting, actor))
    if region_code:
        query = query.where(Meeting.region_code == region_code)
    if (after := decode_cursor(cursor, date.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(Meeting.held_on, Meeting.id) < after)
    ordered = query.order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(limit + 1)
    meetings = db.session.scalars(ordered).all()
    counts = _counts([meeting.id for meeting in meetings])
    rows = [_row(meeting, counts.get(meeting.id, (0, 0))) for meeting in meetings]
    return make_page(rows, limit, lambda row: encode_cursor(row.held_on, row.id))


def _row(meeting: Meeting, counts: tuple[int, int]) -> MeetingRow:
    return MeetingRow(
        meeting.id,
        meeting.region_code,
        meeting.pack,
        meeting.kind,
        meeting.stage,
        meeting.held_on,
        *counts,
    )


def _counts(ids: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return for each meeting how many households were voted on, and how many of them onto the list."""
    admitted = func.count().filter(MeetingVote.result == VoteResult.ADMITTED)
    query = (
        select(MeetingVote.meeting_id, func.count(), admitted)
        .where(MeetingVote.meeting_id.in_(ids))
        .group_by(MeetingVote.meeting_id)
    )
    return {meeting_id: (int(voted), int(onto)) for meeting_id, voted, onto in db.session.execute(query)}
