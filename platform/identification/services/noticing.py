"""A notice is made from the cases that are ready for it, and hung: with a photograph, on the database's clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from core.clock import calendar, now, today
from core.db import db
from core.errors import NotValid, Refused
from core.files import store_file
from core.i18n import _l
from core.policy import Actor, ActorKind, require
from core.policy_packs import policy_value
from identification.guards.objections import COUNTY, TOWNSHIP, VILLAGE, level_of
from identification.models.notices import Notice, NoticeEntry
from identification.notice_choices import EntryKind, NoticeStage, NoticeStep, ReasonGroup
from identification.notice_clock import Run, run_from, start_of
from identification.notice_lines import Line, content_hash
from identification.notice_policy import NoticePermission
from identification.queries.notices import entries_of, line_of, sheets_of
from identification.queries.ready_cases import ReadyCase, boards_of, ready_cases
from identification.services.case_steps import put_on_board, take_from_board
from identification.workflow.notices import notice_workflow
from regions.codes import county_code

PACK = "notices"
LEVEL_OF_STEP = {
    NoticeStep.FIRST: VILLAGE,
    NoticeStep.VILLAGE: VILLAGE,
    NoticeStep.SECOND: TOWNSHIP,
    NoticeStep.ANNOUNCEMENT: COUNTY,
}
KIND_OF_PACK = {"A": EntryKind.REGISTER, "B": EntryKind.MONITOR}


def notice_rule(pack: str, step: NoticeStep, region_code: str) -> dict[str, Any]:
    """Return `min_days` and `online_counts` of a step: policy data `notices`, by pack and step."""
    rules: dict[str, Any] = policy_value(PACK, region_code, today())[pack]
    return dict(rules[step.value])


def make_notices(
    *,
    actor: Actor,
    region_code: str,
    pack: str,
    step: NoticeStep,
    reasons: dict[UUID, ReasonGroup],
    round_id: UUID | None = None,
) -> list[Notice]:
    """Make one sheet for each board of the place from all cases that are ready; `reasons` by case, in one word group.

    A second notice carries the whole township's list and hangs in each of its villages.
    """
    place = Place(region_code)
    role = actor.role_name if actor.kind is ActorKind.SYSTEM else require(actor, NoticePermission.NOTICE_PREPARE, place)
    if actor.kind is not ActorKind.SYSTEM and level_of(actor, region_code) < LEVEL_OF_STEP[step]:
        raise Refused(_l("This notice is made one level up."), code="needs_level")
    cases = ready_cases(actor, region_code, pack, step)
    if not cases:
        raise Refused(_l("No household is ready for this notice."), code="nothing_ready")
    lines = {case.id: _line(case, pack, reasons) for case in cases}
    db.session.info["acting_role"] = role
    batch_id = uuid4()
    rule = notice_rule(pack, step, region_code)
    sheets = []
    for board in boards_of(region_code, step):
        sheet = _sheet(board, batch_id, pack, step, rule, round_id, actor)
        _fill(sheet, cases, lines)
        sheets.append(sheet)
    return sheets


class Place:
    """A place by its code, for questions of permission."""

    def __init__(self, region_code: str) -> None:
        self.region_code = region_code


def _line(case: ReadyCase, pack: str, reasons: dict[UUID, ReasonGroup]) -> Line:
    reason = reasons.get(case.id)
    if reason is None:
        raise NotValid({f"reason-{case.id}": [_l("Choose the reason.")]})
    kind = KIND_OF_PACK[pack[0]]
    return Line(case.place_code, case.group_no, case.name, case.household_suffix, case.persons, kind, reason)


def _sheet(
    board: str,
    batch_id: UUID,
    pack: str,
    step: NoticeStep,
    rule: dict[str, Any],
    round_id: UUID | None,
    actor: Actor,
) -> Notice:
    sheet = Notice(
        id=uuid4(),
        region_code=board,
        county_code=county_code(board),
        batch_id=batch_id,
        pack=pack,
        step=step,
        round_id=round_id,
        min_days=int(rule["min_days"]),
        prepared_by=actor.account_id,
    )
    notice_workflow.fire(sheet, "prepare", actor=actor)
    db.session.add(sheet)
    return sheet


def _fill(sheet: Notice, cases: Sequence[ReadyCase], lines: dict[UUID, Line]) -> None:
    db.session.flush()  # the lines point at the sheet
    for case in cases:
        line = lines[case.id]
        db.session.add(
            NoticeEntry(
                id=uuid4(),
                notice_id=sheet.id,
                region_code=sheet.region_code,
                county_code=sheet.county_code,
                case_id=case.id,
                subject=case.subject,
                place_code=line.place_code,
                household_suffix=line.household_suffix,
                shown_name=line.name,
                group_no=line.group_no,
                persons=line.persons,
                kind=line.kind,
                reason_group=line.reason_group,
            )
        )
    sheet.content_hash = content_hash(sheet.step, lines.values())
    sheet.counts = {"households": len(lines), "persons": sum(line.persons for line in lines.values())}
    db.session.flush()  # who made it sees its lines


def post_notice(notice: Notice, *, actor: Actor, photo: bytes) -> Run:
    """Note that the sheet hangs now, with its photograph; the web shows it from this moment; the clock starts.

    The day is the database's: nobody can say that it has hung since last week.
    """
    notice_workflow.check(notice, "post", actor=actor, facts={"photo": photo})
    moment, day = now(), today()
    kept = store_file(photo, actor=actor, taken_on=day)
    run = _run(notice, moment)
    entries = entries_of(notice.id)
    notice_workflow.fire(notice, "post", actor=actor, facts={"photo": kept.id})
    notice.photo_file_id, notice.posted_by = kept.id, actor.account_id
    notice.physical_posted_at = notice.online_posted_at = moment
    notice.starts_on, notice.earliest_close = run.starts_on, run.earliest_close
    for entry in entries:
        restart(entry, run)
    db.session.flush()  # the cases ask their lines
    for entry in entries:
        put_on_board(entry.case_id, notice, actor=actor)
    return run


def _run(notice: Notice, moment: datetime) -> Run:
    """Return the run that starts when both the board and, where the pack wants it, the web show the sheet."""
    rule = notice_rule(notice.pack, notice.step, notice.region_code)
    begin = start_of(moment, moment, online_counts=bool(rule["online_counts"]))
    return run_from(begin or moment, notice.min_days, calendar())


def restart(entry: NoticeEntry, run: Run) -> None:
    """Let the line's own clock start; an end that was once said never moves forward."""
    before = entry.earliest_close
    entry.starts_on = run.starts_on
    entry.earliest_close = run.earliest_close if before is None else max(before, run.earliest_close)


def refresh(notice: Notice) -> None:
    """Say anew what the sheet says and when it ends, after a line has changed or left."""
    db.session.flush()  # the lines are asked
    lines = [entry for entry in entries_of(notice.id) if entry.outcome is None]
    notice.content_hash = content_hash(notice.step, map(line_of, lines))
    ends = [entry.earliest_close for entry in lines if entry.earliest_close is not None]
    if ends:
        notice.earliest_close = max(ends)


def withdraw_notice(notice: Notice, *, actor: Actor, reason: str) -> None:
    """Take a list back before its time, from every board that it hangs on; its households wait for a new one."""
    moment = now()
    sheets = sheets_of(notice.batch_id)
    cases = {entry.case_id for sheet in sheets for entry in entries_of(sheet.id) if entry.outcome is None}
    for sheet in sheets:
        if sheet.stage in (NoticeStage.PREPARED, NoticeStage.POSTED):
            notice_workflow.fire(sheet, "withdraw", actor=actor, reason=reason)
            sheet.taken_down_at = moment
    for case_id in sorted(cases):
        take_from_board(case_id)
