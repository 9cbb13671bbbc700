"""Papers of the identification, filled from a case or a meeting; without one, empty to be filled in by hand."""

from sqlalchemy import select

from core.db import db
from core.i18n import _, label
from core.settings import current
from identification.models import IdentificationCase, Meeting, MeetingMember, MeetingVote
from identification.notice_choices import NoticeStep
from identification.notice_lines import Line
from identification.queries.notices import NoticeSheet as BoardSheet
from identification.receipts import shown_receipt_no
from regions.queries import find_published_region
from registry.models import Household
from reports.layouts.values import day_said
from reports.sheets import Ballot, Field, MinutesSheet, NoticeEntry, NoticeSheet, ReceiptSheet


def receipt_sheet(case: IdentificationCase | None) -> ReceiptSheet:
    """Return the receipt: who applied, when, by when an answer is due. No reason, no state of health."""
    place = "" if case is None else _place(case.region_code)
    facts = (
        Field(_("Applicant"), case.applicant_name if case else ""),
        Field(_("Where the household lives"), place),
        Field(_("Received on"), day_said(case.entered_on) if case else ""),
        Field(_("Next answer by"), day_said(case.due_on) if case else ""),
        Field(_("County supervision line"), current().supervision_phone if case else ""),
    )
    advice = _("Nobody may refuse to take an application. Ask with the receipt number and your phone how far it is.")
    return ReceiptSheet(shown_receipt_no(case.receipt_no or "") if case else "", facts, advice)


def minutes_sheet(meeting: Meeting | None) -> MinutesSheet:
    """Return the minutes: who was there, what was voted on whom, room for what was said."""
    members = [] if meeting is None else _members(meeting)
    present = tuple(member.name for member in members if member.present)
    facts = (
        Field(_("Held on"), day_said(meeting.held_on) if meeting else ""),
        Field(_("Meeting place"), meeting.place if meeting else ""),
        Field(_("Kind of meeting"), label(meeting.kind) if meeting else ""),
        Field(_("Entitled and present"), _entitled(len(members), len(present)) if meeting else ""),
        Field(_("Chair"), meeting.chair if meeting else ""),
        Field(_("Recorder"), meeting.recorder if meeting else ""),
        Field(_("Observers"), meeting.observers if meeting else "", 2),
    )
    return MinutesSheet(
        place=_place(meeting.region_code) if meeting else "",
        facts=facts,
        ballots=() if meeting is None else _ballots(meeting),
        present=present,
        said=meeting.said if meeting else "",
    )


def _entitled(entitled: int, present: int) -> str:
    return _("%(entitled)s entitled, %(present)s present", entitled=entitled, present=present)


def _members(meeting: Meeting) -> list[MeetingMember]:
    query = select(MeetingMember).where(MeetingMember.meeting_id == meeting.id).order_by(MeetingMember.ordinal)
    return list(db.session.scalars(query))


def _ballots(meeting: Meeting) -> tuple[Ballot, ...]:
    query = (
        select(MeetingVote, IdentificationCase, Household.household_no)
        .join(IdentificationCase, IdentificationCase.id == MeetingVote.case_id)
        .outerjoin(Household, Household.id == IdentificationCase.household_id)
        .where(MeetingVote.meeting_id == meeting.id)
        .order_by(MeetingVote.created_at, MeetingVote.id)
    )
    return tuple(
        Ballot(
            " ".join(filter(None, (case.applicant_name, number))),
            str(vote.votes_for),
            str(vote.votes_against),
            str(vote.abstained),
            str(len(vote.recused)),
            label(vote.result) if vote.result else "",
        )
        for vote, case, number in db.session.execute(query)
    )


def board_sheet(found: BoardSheet) -> NoticeSheet:
    """Return a notice of the platform as the board shows it: the lines that it may say, and nothing else."""
    return _notice(
        tuple(_entry(line) for line in found.lines),
        place=_place(found.region_code),
        is_announcement=found.step is NoticeStep.ANNOUNCEMENT,
        dates=(day_said(found.starts_on), day_said(found.last_day), found.phone),
    )


def _entry(line: Line) -> NoticeEntry:
    return NoticeEntry(line.group_no, line.name, str(line.persons), label(line.kind), label(line.reason_group))


def blank_notice(*, is_announcement: bool = False) -> NoticeSheet:
    """Return an empty notice or announcement with the fields that a board may show."""
    return _notice((), place="", is_announcement=is_announcement, dates=("", "", ""))


def _notice(
    entries: tuple[NoticeEntry, ...], *, place: str, is_announcement: bool, dates: tuple[str, str, str]
) -> NoticeSheet:
    starts_on, last_day, phone = dates
    facts = (
        Field(_("Place of the notice"), place),
        Field(_("Counts from"), starts_on),
        Field(_("Last day of the notice"), last_day),
        Field(_("Phone for objections"), phone),
    )
    opening = _("The households below were reviewed and are made known for objections.")
    if is_announcement:
        opening = _("The county has decided on the households below.")
    closing = _(
        "Whoever objects tells the village, the township or the county before the last day, also without a name."
    )
    title = _("Public announcement") if is_announcement else _("Public notice")
    return NoticeSheet(title, opening, entries=entries, facts=facts, closing=closing)


def _place(region_code: str) -> str:
    found = find_published_region(region_code)
    return region_code if found is None else found.said_path
