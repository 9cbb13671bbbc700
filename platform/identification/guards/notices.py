"""What stands against posting a notice, and against taking a household past it (domain.md 3.2, 3.3, 3.8)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from core.clock import now, start_of_day
from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.policy import Actor
from core.workflow import Facts
from identification.models.notices import Notice, NoticeEntry, NoticeInspection
from identification.models.objections import Objection
from identification.notice_choices import NoticeStage
from identification.notice_clock import last_day_of
from identification.objection_choices import Blocks, ObjectionStage

OPEN = (
    ObjectionStage.FILED,
    ObjectionStage.ACCEPTED,
    ObjectionStage.INVESTIGATING,
    ObjectionStage.REVIEW_REQUESTED,
)


def posting(notice: Notice, actor: Actor, facts: Facts) -> None:
    """It hangs only with a photograph that shows it."""
    if not facts.get("preview") and facts.get("photo") is None:
        raise Refused(_l("Add a photograph of the board."), code="photo_missing")


def posting_again(notice: Notice, actor: Actor, facts: Facts) -> None:
    """Only what was found missing is hung again."""
    if notice.missing_since is None:
        raise Refused(_l("Nobody found it missing."), code="not_missing")
    posting(notice, actor, facts)


def closing(notice: Notice, actor: Actor, facts: Facts) -> None:
    """The sheet is over when every line on it is."""
    if db.session.scalar(select(NoticeEntry.id).where(_running(NoticeEntry.notice_id == notice.id)).limit(1)):
        raise Refused(_l("Lines on this notice are still running."), code="notice_runs")


def refuse_closing(case_id: UUID) -> None:
    """Raise what keeps a case on its notice: the time, an objection, a board that was not up. Guards `close_notice`."""
    lines = running_entries(case_id)
    if not lines:
        raise Refused(_l("This household is on no notice."), code="no_notice")
    _refuse_early(lines, now())
    _refuse_objections(case_id, lines)
    for line in lines:
        _refuse_gaps(line)


def running_entries(case_id: UUID) -> Sequence[NoticeEntry]:
    """Return the lines of a case that have not ended, on sheets that were not taken back."""
    return db.session.scalars(
        select(NoticeEntry)
        .join(Notice, Notice.id == NoticeEntry.notice_id)
        .where(_running(NoticeEntry.case_id == case_id), Notice.stage != NoticeStage.WITHDRAWN)
        .order_by(NoticeEntry.region_code)
    ).all()


def _running(condition: Any) -> Any:
    return condition & NoticeEntry.outcome.is_(None)


def _refuse_early(lines: Sequence[NoticeEntry], moment: datetime) -> None:
    ends = [line.earliest_close for line in lines]
    if any(end is None or moment < end for end in ends):
        latest = max((end for end in ends if end is not None), default=None)
        raise Refused(_l("The time of the notice is not over."), code="notice_runs", earliest_close=latest)


def _refuse_objections(case_id: UUID, lines: Sequence[NoticeEntry]) -> None:
    batches = select(Notice.batch_id).where(Notice.id.in_([line.notice_id for line in lines]))
    about_household = (Objection.blocks == Blocks.HOUSEHOLD) & (Objection.case_id == case_id)
    about_list = (Objection.blocks == Blocks.LIST) & Objection.batch_id.in_(batches)
    query = select(Objection.id).where(Objection.stage.in_(OPEN), or_(about_household, about_list)).limit(1)
    if db.session.scalar(query) is not None:
        raise Refused(_l("An objection is open. It must be answered first."), code="objection_open")


def _refuse_gaps(line: NoticeEntry) -> None:
    notice = db.session.get_one(Notice, line.notice_id)
    if notice.missing_since is not None:
        raise Refused(_l("The notice was found missing and was not hung again."), code="notice_missing")
    if line.earliest_close is None or not seen_up_to_the_end(notice.id, line.earliest_close):
        raise Refused(_l("Nobody has noted yet that it hung to the end."), code="not_inspected")


def seen_up_to_the_end(notice_id: UUID, earliest_close: datetime) -> bool:
    """Return whether somebody saw the sheet on its last day or later."""
    since = start_of_day(last_day_of(earliest_close))
    query = select(NoticeInspection.id).where(
        NoticeInspection.notice_id == notice_id, NoticeInspection.still_up, NoticeInspection.looked_at >= since
    )
    return db.session.scalar(query.limit(1)) is not None
