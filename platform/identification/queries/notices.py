"""Reads of notices: what the web shows while the time runs, what officers see, what the print needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from core.clock import local_day as local
from core.clock import now
from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, can, require
from core.scope import within_scope
from core.settings import current
from identification.models.notices import Notice, NoticeEntry, NoticeInspection
from identification.notice_choices import EntryOutcome, NoticeStage, NoticeStep
from identification.notice_clock import day_of, last_day_of
from identification.notice_lines import Line, WebLine, masked
from identification.notice_policy import NoticePermission

LIVE = (NoticeStage.PREPARED, NoticeStage.POSTED)
SHOWN = (NoticeStage.POSTED, NoticeStage.CLOSED, NoticeStage.WITHDRAWN)


@dataclass(frozen=True)
class PublicNotice:
    """A notice as anybody sees it: `lines` while its time runs, nothing but `counts` afterwards."""

    id: UUID
    region_code: str
    pack: str
    step: NoticeStep
    starts_on: date
    last_day: date
    day: int
    days: int
    is_running: bool
    is_withdrawn: bool
    households: int
    persons: int
    lines: tuple[WebLine, ...] = ()


@dataclass(frozen=True)
class NoticeSheet:
    """Everything that the print of the board needs, and nothing else. Dates are None while it is not posted."""

    id: UUID
    region_code: str
    pack: str
    step: NoticeStep
    days: int
    starts_on: date | None
    last_day: date | None
    lines: tuple[Line, ...]
    address: str
    phone: str
    content_hash: str


def published_notices(*, region: str = "", cursor: str | None = None, limit: int = 20) -> Page[PublicNotice]:
    """Return notices that were posted, newest first: running ones and the counts of old ones, never a name."""
    query = select(Notice).where(Notice.stage.in_(SHOWN), Notice.online_posted_at.is_not(None))
    if region:
        query = query.where(Notice.region_code.startswith(region, autoescape=True))
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        at, last = after
        query = query.where(or_(Notice.online_posted_at < at, and_(Notice.online_posted_at == at, Notice.id < last)))
    ordered = query.order_by(Notice.online_posted_at.desc(), Notice.id.desc()).limit(limit + 1)
    moment = now()
    page = make_page(
        db.session.scalars(ordered).all(), limit, lambda row: encode_cursor(row.online_posted_at or moment, row.id)
    )
    return Page([_published(row, moment) for row in page.items], page.next)


def published_notice(notice_id: UUID) -> PublicNotice:
    """Return a notice as the web shows it now; NotFound unless it was posted."""
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.stage not in SHOWN or notice.online_posted_at is None:
        raise NotFound
    moment = now()
    lines = tuple(_web_line(entry) for entry in shown_entries(notice, moment))
    return _published(notice, moment, lines)


def shown_entries(notice: Notice, moment: datetime) -> Sequence[NoticeEntry]:
    """Return the lines that the web shows at this moment: each until its own time is over."""
    if notice.stage is not NoticeStage.POSTED or notice.taken_down_at is not None:
        return []
    return db.session.scalars(
        select(NoticeEntry)
        .where(NoticeEntry.notice_id == notice.id, NoticeEntry.outcome.is_(None), NoticeEntry.earliest_close > moment)
        .order_by(NoticeEntry.place_code, NoticeEntry.group_no, NoticeEntry.household_suffix, NoticeEntry.id)
    ).all()


def notice_row(notice_id: UUID) -> Notice:
    """Return the row behind a published notice, for what the page itself may ask."""
    return db.session.get_one(Notice, notice_id)


def shown_entry(notice: Notice, entry_id: str) -> NoticeEntry | None:
    """Return the line of that id if the web shows it now, or None for none in particular."""
    return next((entry for entry in shown_entries(notice, now()) if str(entry.id) == entry_id), None)


def _published(notice: Notice, moment: datetime, lines: tuple[WebLine, ...] = ()) -> PublicNotice:
    starts_on, end = notice.starts_on, notice.earliest_close
    if starts_on is None or end is None:
        raise NotFound
    last = last_day_of(end)
    days = (last - starts_on).days
    running = notice.stage is NoticeStage.POSTED and notice.taken_down_at is None and moment < end
    return PublicNotice(
        id=notice.id,
        region_code=notice.region_code,
        pack=notice.pack,
        step=notice.step,
        starts_on=starts_on,
        last_day=last,
        day=min(day_of(starts_on, local(moment)), days),
        days=days,
        is_running=running,
        is_withdrawn=notice.stage is NoticeStage.WITHDRAWN,
        households=int(notice.counts.get("households", 0)),
        persons=int(notice.counts.get("persons", 0)),
        lines=lines,
    )


def _web_line(entry: NoticeEntry) -> WebLine:
    hidden = entry.masked_at is not None
    return WebLine(
        entry_id=entry.id,
        place_code=entry.place_code,
        group_no="" if hidden else entry.group_no,
        masked_name="" if hidden else masked(entry.shown_name),
        household_suffix="" if hidden else entry.household_suffix,
        persons=0 if hidden else entry.persons,
        kind=entry.kind,
        reason_group=entry.reason_group,
        last_day=last_day_of(entry.earliest_close) if entry.earliest_close else None,
        is_masked=hidden,
    )


def notices_in_scope(
    actor: Actor, *, stage: NoticeStage | None = None, cursor: str | None = None, limit: int = 20
) -> Page[Notice]:
    """Return the notices of the actor's places, newest first."""
    require(actor, NoticePermission.NOTICE_READ)
    query = within_scope(select(Notice), Notice, actor)
    if stage is not None:
        query = query.where(Notice.stage == stage)
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        at, last = after
        query = query.where(or_(Notice.created_at < at, and_(Notice.created_at == at, Notice.id < last)))
    rows: Sequence[Notice] = db.session.scalars(
        query.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(limit + 1)
    ).all()
    return make_page(rows, limit, lambda row: encode_cursor(row.created_at, row.id))


def get_notice(actor: Actor, notice_id: UUID) -> Notice:
    """Return the notice if it hangs in the actor's places, else raise NotFound."""
    query = within_scope(select(Notice).where(Notice.id == notice_id), Notice, actor)
    found: Notice | None = db.session.scalar(query)
    if found is None or not can(actor, NoticePermission.NOTICE_READ, found):
        raise NotFound
    return found


def get_entry(actor: Actor, entry_id: UUID) -> NoticeEntry:
    """Return a line of a notice that the actor may read, else raise NotFound."""
    entry = db.session.get(NoticeEntry, entry_id)
    if entry is None:
        raise NotFound
    get_notice(actor, entry.notice_id)
    return entry


def running_lines(actor: Actor, *, limit: int = 200) -> Sequence[NoticeEntry]:
    """Return the lines that run on the boards of the actor's places."""
    query = within_scope(select(NoticeEntry), NoticeEntry, actor).where(
        NoticeEntry.outcome.is_(None), NoticeEntry.earliest_close > now()
    )
    rows: Sequence[NoticeEntry] = db.session.scalars(
        query.order_by(NoticeEntry.place_code, NoticeEntry.id).limit(limit)
    ).all()
    return rows


def entries_of(notice_id: UUID) -> Sequence[NoticeEntry]:
    """Return all lines of a notice in the order of the board."""
    return db.session.scalars(
        select(NoticeEntry)
        .where(NoticeEntry.notice_id == notice_id)
        .order_by(NoticeEntry.place_code, NoticeEntry.group_no, NoticeEntry.household_suffix, NoticeEntry.id)
    ).all()


def listed_cases(ids: Iterable[UUID]) -> set[UUID]:
    """Return those of the cases that stand on a notice which was neither taken back nor is over for them."""
    query = (
        select(NoticeEntry.case_id)
        .join(Notice, Notice.id == NoticeEntry.notice_id)
        .where(NoticeEntry.case_id.in_(list(ids)), NoticeEntry.outcome.is_(None), Notice.stage.in_(LIVE))
    )
    return set(db.session.scalars(query))


def sheets_of(batch_id: UUID) -> Sequence[Notice]:
    """Return the sheets of one list, one for each board."""
    return db.session.scalars(select(Notice).where(Notice.batch_id == batch_id).order_by(Notice.region_code)).all()


def inspections_of(notice_id: UUID) -> Sequence[NoticeInspection]:
    """Return who looked at the board, newest first."""
    return db.session.scalars(
        select(NoticeInspection)
        .where(NoticeInspection.notice_id == notice_id)
        .order_by(NoticeInspection.looked_at.desc(), NoticeInspection.id)
    ).all()


def notice_sheet(notice: Notice) -> NoticeSheet:
    """Return what is printed for the board: full names of heads, and nothing that has no field in `Line`."""
    lines = tuple(line_of(entry) for entry in entries_of(notice.id) if entry.outcome in (None, EntryOutcome.PASSED))
    return NoticeSheet(
        id=notice.id,
        region_code=notice.region_code,
        pack=notice.pack,
        step=notice.step,
        days=notice.min_days,
        starts_on=notice.starts_on,
        last_day=last_day_of(notice.earliest_close) if notice.earliest_close else None,
        lines=lines,
        address=f"{current().base_url}/notices/{notice.id}",
        phone=current().supervision_phone,
        content_hash=notice.content_hash,
    )


def line_of(entry: NoticeEntry) -> Line:
    """Return what a line says."""
    return Line(
        entry.place_code,
        entry.group_no,
        entry.shown_name,
        entry.household_suffix,
        entry.persons,
        entry.kind,
        entry.reason_group,
    )


def notices_to_act_on(actor: Actor, *, limit: int = 50) -> Sequence[tuple[Notice, str, date]]:
    """Return what waits at the board: (notice, "post" | "inspect" | "post_again", due date), the most urgent first."""
    query: Any = within_scope(select(Notice), Notice, actor).where(Notice.stage.in_(LIVE))
    moment = now()
    rows = db.session.scalars(query.order_by(Notice.created_at).limit(limit)).all()
    found = [(row, *task) for row in rows if (task := _task(row, moment)) is not None]
    return sorted(found, key=lambda each: each[2])


def _task(notice: Notice, moment: datetime) -> tuple[str, date] | None:
    if notice.stage is NoticeStage.PREPARED:
        return "post", local(notice.created_at)
    if notice.missing_since is not None:
        return "post_again", local(notice.missing_since)
    if notice.earliest_close is None or notice.step is NoticeStep.ANNOUNCEMENT:
        return None
    last = last_day_of(notice.earliest_close)
    seen = db.session.scalar(
        select(func.max(NoticeInspection.looked_at)).where(
            NoticeInspection.notice_id == notice.id, NoticeInspection.still_up
        )
    )
    if seen is not None and local(seen) >= last:
        return None
    return "inspect", last
