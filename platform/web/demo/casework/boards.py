"""Notices on the board: made, hung with a photograph, looked at, and past their time."""

from collections.abc import Iterable
from uuid import UUID

from core.db import db
from core.policy import SYSTEM, Actor
from identification.models import Notice, NoticeEntry
from identification.notice_choices import NoticeStep, ReasonGroup
from identification.queries.notices import entries_of
from identification.queries.ready_cases import ready_cases
from identification.services.notice_changes import inspect_notice
from identification.services.notice_ending import close_due, forget_old_names, take_down_due
from identification.services.noticing import make_notices, post_notice
from web.demo.casework.steps import turn
from web.demo.pictures import board

REASONS = (ReasonGroup.INCOME, ReasonGroup.BOTH, ReasonGroup.GUARANTEES)


def make(
    actor: Actor, region_code: str, pack: str, step: NoticeStep, *, round_id: UUID | None = None
) -> list[tuple[UUID, str]]:
    """Make the notice of all who are ready; return the sheets with the village of each."""
    maker = turn(actor)
    ready = ready_cases(maker, region_code, pack, step)
    if not ready:
        return []
    reasons = {case.id: REASONS[int(case.household_suffix) % len(REASONS)] for case in ready}
    sheets = make_notices(
        actor=maker, region_code=region_code, pack=pack, step=step, reasons=reasons, round_id=round_id
    )
    return [(sheet.id, sheet.region_code) for sheet in sheets]


def hang(notice_id: UUID, actor: Actor) -> None:
    """Hang a sheet with its photograph."""
    post_notice(db.session.get_one(Notice, notice_id), actor=turn(actor), photo=board())


def look(notice_id: UUID, actor: Actor) -> None:
    """Note that a sheet still hangs."""
    inspect_notice(db.session.get_one(Notice, notice_id), actor=turn(actor), still_up=True)


def line_of(notice_ids: Iterable[UUID], case_id: UUID) -> NoticeEntry:
    """Return the line of a case on one of the sheets."""
    return next(entry for notice_id in notice_ids for entry in entries_of(notice_id) if entry.case_id == case_id)


def let_time_pass() -> None:
    """Let the clock do by itself what it does every night."""
    turn(SYSTEM)
    for due in (take_down_due, close_due):
        while due():
            continue


def forget_names() -> None:
    """Wipe the names of notices that came down a month ago."""
    turn(SYSTEM)
    while forget_old_names():
        continue
