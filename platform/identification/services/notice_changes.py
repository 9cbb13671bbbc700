"""A line while it hangs: put right, masked, taken off. Only what changed starts anew (domain.md 3.3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from core.clock import calendar, now
from core.db import db
from core.errors import NotValid, Refused
from core.files import store_file
from core.i18n import LazyString, _l
from core.policy import Actor, require
from core.records import note
from identification.guards.notices import running_entries
from identification.models.notices import Notice, NoticeEntry, NoticeInspection
from identification.notice_choices import Corner, EntryOutcome, NoticeStage, ReasonGroup
from identification.notice_clock import run_from
from identification.notice_policy import NoticePermission
from identification.queries.notices import entries_of
from identification.services.noticing import refresh, restart
from identification.workflow.notices import notice_workflow

MOST_PERSONS = 30


def correct_entry(
    entry: NoticeEntry, *, actor: Actor, name: str, persons: int, reason_group: ReasonGroup
) -> list[Corner]:
    """Put a line right on every board that it hangs on; its own clock starts anew, the other lines' go on."""
    role = require(actor, NoticePermission.NOTICE_CORRECT, entry)
    _refuse_mistakes(name, persons)
    changed = _changed(entry, name.strip(), persons, reason_group)
    if not changed:
        raise NotValid({"name": [_l("Nothing is different.")]})
    db.session.info["acting_role"] = role
    for line in running_entries(entry.case_id):
        line.shown_name, line.persons, line.reason_group = name.strip(), persons, reason_group
        note(line, "notice_entry.corrected", corners=",".join(changed))
        _start_anew(line)
    return changed


def _refuse_mistakes(name: str, persons: int) -> None:
    errors: dict[str, list[str | LazyString]] = {}
    if not name.strip():
        errors["name"] = [_l("Write the name of the head.")]
    if not 1 <= persons <= MOST_PERSONS:
        errors["persons"] = [_l("A household has 1 to 30 persons.")]
    if errors:
        raise NotValid(errors)


def _changed(entry: NoticeEntry, name: str, persons: int, reason_group: ReasonGroup) -> list[Corner]:
    pairs: list[tuple[Corner, Any, Any]] = [
        (Corner.NAME, entry.shown_name, name),
        (Corner.PERSONS, entry.persons, persons),
        (Corner.REASON, entry.reason_group, reason_group),
    ]
    return [corner for corner, before, after in pairs if before != after]


def _start_anew(line: NoticeEntry) -> None:
    notice = db.session.get_one(Notice, line.notice_id)
    if notice.stage is NoticeStage.POSTED:
        restart(line, run_from(now(), notice.min_days, calendar()))
    refresh(notice)


def take_off(case_id: UUID, *, outcome: EntryOutcome, kind: str = "notice_entry.taken_off") -> None:
    """Take a household off every board and page at once: it withdrew, or an objection was right."""
    moment = now()
    for line in running_entries(case_id):
        line.outcome, line.ended_at = outcome, moment
        note(line, kind)
        refresh(db.session.get_one(Notice, line.notice_id))


def mask_entry(case_id: UUID, *, at: datetime | None) -> None:
    """Hide a household on the web at once, or show it again; its clock goes on, the board stays."""
    for line in running_entries(case_id):
        line.masked_at = at
        note(line, "notice_entry.masked" if at else "notice_entry.shown_again")


def restart_list(batch_id: UUID) -> None:
    """Let the clocks of all running lines of a list start anew: its making was not by the rules."""
    for notice in db.session.query(Notice).filter_by(batch_id=batch_id, stage=NoticeStage.POSTED):
        _restart_all(notice)


def _restart_all(notice: Notice) -> None:
    run = run_from(now(), notice.min_days, calendar())
    for entry in entries_of(notice.id):
        if entry.outcome is None:
            restart(entry, run)
            note(entry, "notice_entry.started_anew")
    refresh(notice)


def inspect_notice(notice: Notice, *, actor: Actor, still_up: bool, photo: bytes | None = None) -> NoticeInspection:
    """Note whether the sheet hangs now. If it does not, nobody passes until it hangs again."""
    role = require(actor, NoticePermission.NOTICE_INSPECT, notice)
    if notice.stage is not NoticeStage.POSTED:
        raise Refused(_l("Only a posted notice can be looked at."), code="not_posted")
    if still_up and notice.missing_since is not None:
        raise Refused(_l("It was found missing. Note with a photograph that it hangs again."), code="notice_missing")
    kept = store_file(photo, actor=actor) if photo else None
    db.session.info["acting_role"] = role
    looked = NoticeInspection(
        notice_id=notice.id,
        region_code=notice.region_code,
        county_code=notice.county_code,
        looked_at=now(),
        still_up=still_up,
        photo_file_id=kept.id if kept else None,
        looked_by=actor.account_id,
    )
    db.session.add(looked)
    note(looked, "notice_inspection.up" if still_up else "notice_inspection.missing")
    if not still_up and notice.missing_since is None:
        notice.missing_since = looked.looked_at
        note(notice, "notice.found_missing")
    db.session.flush()  # the page that follows lists it
    return looked


def post_again(notice: Notice, *, actor: Actor, photo: bytes) -> None:
    """Note that a missing sheet hangs again; all its running lines start anew, since nobody could read them."""
    notice_workflow.check(notice, "post_again", actor=actor, facts={"photo": photo})
    kept = store_file(photo, actor=actor)
    notice_workflow.fire(notice, "post_again", actor=actor, facts={"photo": kept.id})
    notice.photo_file_id, notice.missing_since = kept.id, None
    _restart_all(notice)
