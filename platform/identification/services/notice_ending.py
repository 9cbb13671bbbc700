"""What the clock does by itself: households pass, sheets end, names come down, old names are forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from core.clock import now
from core.db import db
from core.errors import Refused
from core.policy import SYSTEM
from core.records import note
from identification.guards.notices import running_entries
from identification.models.notices import Notice, NoticeEntry
from identification.notice_choices import EntryOutcome, NoticeStage, NoticeStep
from identification.services.case_steps import pass_notice
from identification.workflow.notices import notice_workflow

AT_ONCE = 500
FORGOTTEN_AFTER = timedelta(days=30)


def take_down_due(*, limit: int = AT_ONCE) -> int:
    """Take down each list whose time is over, on time, whatever still keeps its households; return how many."""
    due = db.session.scalars(
        select(Notice)
        .where(Notice.stage == NoticeStage.POSTED, Notice.taken_down_at.is_(None), Notice.earliest_close <= now())
        .order_by(Notice.earliest_close)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for notice in due:
        notice.taken_down_at = now()
        note(notice, "notice.taken_down")
    return len(due)


def close_due(*, limit: int = AT_ONCE) -> int:
    """Let every household pass whose time is over and that nothing holds up; return how many passed."""
    moment = now()
    found = db.session.execute(
        select(NoticeEntry.case_id)
        .join(Notice, Notice.id == NoticeEntry.notice_id)
        .where(NoticeEntry.outcome.is_(None), NoticeEntry.earliest_close <= moment, Notice.stage == NoticeStage.POSTED)
        .order_by(NoticeEntry.earliest_close)
        .limit(limit)
    )
    passed = sum(_pass(case_id) for case_id in dict.fromkeys(row.case_id for row in found))
    _close_sheets()
    return passed


def _pass(case_id: UUID) -> bool:
    """Let one household pass, if it may now."""
    entries = running_entries(case_id)
    try:
        if _is_announced(entries[0]):
            _refuse_running(entries)
        else:
            with db.session.begin_nested():
                pass_notice(case_id)
    except Refused:
        return False
    for entry in entries:
        entry.outcome, entry.ended_at = EntryOutcome.PASSED, now()
        note(entry, "notice_entry.passed")
    return True


def _is_announced(entry: NoticeEntry) -> bool:
    return db.session.get_one(Notice, entry.notice_id).step is NoticeStep.ANNOUNCEMENT


def _refuse_running(entries: Sequence[NoticeEntry]) -> None:
    moment = now()
    if any(entry.earliest_close is None or entry.earliest_close > moment for entry in entries):
        raise Refused(code="notice_runs")


def _close_sheets() -> None:
    db.session.flush()  # the sheets ask their lines
    running = select(NoticeEntry.id).where(NoticeEntry.notice_id == Notice.id, NoticeEntry.outcome.is_(None)).exists()
    for notice in db.session.scalars(
        select(Notice)
        .where(Notice.stage == NoticeStage.POSTED, Notice.earliest_close <= now(), ~running)
        .limit(AT_ONCE)
    ).all():
        moment = now()
        notice_workflow.fire(notice, "close", actor=SYSTEM)
        notice.closed_at = moment
        notice.taken_down_at = notice.taken_down_at or moment


def forget_old_names(*, limit: int = AT_ONCE) -> int:
    """Wipe the names of lines a month after their sheet came down; the case keeps who it is about."""
    before = now() - FORGOTTEN_AFTER
    due = db.session.scalars(
        select(NoticeEntry)
        .join(Notice, Notice.id == NoticeEntry.notice_id)
        .where(
            Notice.stage.in_((NoticeStage.CLOSED, NoticeStage.WITHDRAWN)),
            Notice.taken_down_at < before,
            NoticeEntry.household_suffix != "",
        )
        .limit(limit)
    ).all()
    for entry in due:
        entry.shown_name = entry.household_suffix = entry.group_no = ""
        note(entry, "notice_entry.name_forgotten")
    return len(due)
