"""One paper: the print is recorded first, then its values are read, so that paper and record say the same."""

from collections.abc import Callable
from datetime import date

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l, use_locale
from core.policy import Actor
from core.settings import current
from identification.case_policy import CasePermission
from identification.models import IdentificationCase, Meeting, Notice
from identification.notice_choices import NoticeStage
from identification.notice_policy import NoticePermission
from identification.queries.notices import notice_sheet
from registry.choices.papers import PaperKind, PrintPurpose
from registry.models import Household, Village
from registry.policy import role_for
from registry.services.papers import record_print
from reports.papers import (
    contact_paper,
    handbook_paper,
    household_form_paper,
    minutes_paper,
    notice_paper,
    receipt_paper,
    village_paper,
)
from reports.policy import ReportPermission
from reports.printing import Frame, Paper, papers_pdf, sheet_of
from reports.queries.households import card_sheet, handbook_sheet, household_sheet, is_on_file
from reports.queries.identification import blank_notice, board_sheet, minutes_sheet, receipt_sheet
from reports.queries.villages import village_sheet
from reports.services.framing import frame_of, plain_frame
from reports.sheets import BlankKind, Era

MY_CASE = "/my-case"
_HOUSEHOLD: dict[PaperKind, Callable[[Household, date], Paper]] = {
    PaperKind.HOUSEHOLD_FORM: lambda household, day: household_form_paper(household_sheet(household, day)),
    PaperKind.HANDBOOK: lambda household, day: handbook_paper(handbook_sheet(household, day)),
    PaperKind.CONTACT_CARD: lambda household, day: contact_paper(card_sheet(household, day)),
}
HOUSEHOLD_PAPERS = tuple(_HOUSEHOLD)


def print_household(
    household: Household,
    kind: PaperKind,
    *,
    actor: Actor,
    purpose: PrintPurpose,
    language: str,
    as_of: date | None = None,
) -> bytes:
    """Return a paper of the household as PDF; who printed it and what for goes into the household's records.

    With `as_of` it shows what was so on that day, in the words of its time; raises NotValid for a day on which nothing
    was on file, or that has not come.
    """
    db.session.info["acting_role"] = role_for(actor, ReportPermission.HOUSEHOLD_PRINT, household)
    day = as_of or today()
    if day > today() or not is_on_file(household, day):
        raise NotValid({"as_of": [_l("Nothing was on file about this household on that day.")]})
    version = record_print(household, kind, purpose=purpose, as_of=day)
    with use_locale(language):
        return _set(_HOUSEHOLD[kind](household, day), frame_of(version, actor))


def print_village(village: Village, year: int, *, actor: Actor, language: str) -> bytes:
    """Return the village's form of a year as PDF."""
    db.session.info["acting_role"] = role_for(actor, ReportPermission.VILLAGE_PRINT, village)
    version = record_print(village, PaperKind.VILLAGE_FORM)
    with use_locale(language):
        return _set(village_paper(village_sheet(village, year)), frame_of(version, actor))


def print_blank(kind: BlankKind, *, era: Era, language: str) -> bytes:
    """Return an empty form to be filled in by hand; it belongs to nobody and is recorded nowhere."""
    makers: dict[BlankKind, Callable[[], Paper]] = {
        BlankKind.HOUSEHOLD_FORM: lambda: household_form_paper(household_sheet(None, today(), era=era)),
        BlankKind.HANDBOOK: lambda: handbook_paper(handbook_sheet(None, today(), era=era)),
        BlankKind.CONTACT_CARD: lambda: contact_paper(card_sheet(None, today(), era=era)),
        BlankKind.VILLAGE_FORM: lambda: village_paper(village_sheet(None, today().year, era=era)),
        BlankKind.RECEIPT: lambda: receipt_paper(receipt_sheet(None)),
        BlankKind.MINUTES: lambda: minutes_paper(minutes_sheet(None)),
        BlankKind.NOTICE: lambda: notice_paper(blank_notice()),
        BlankKind.ANNOUNCEMENT: lambda: notice_paper(blank_notice(is_announcement=True)),
    }
    with use_locale(language):
        return _set(makers[kind](), plain_frame())


def print_receipt(case: IdentificationCase, *, actor: Actor, language: str) -> bytes:
    """Return the receipt of an application in two parts; its QR leads to "where is my case" and names nobody."""
    db.session.info["acting_role"] = role_for(actor, CasePermission.CASE_OFFICE, case)
    version = record_print(case, PaperKind.RECEIPT, purpose=PrintPurpose.COPY)
    with use_locale(language):
        frame = frame_of(version, actor, address=f"{current().base_url}{MY_CASE}")
        return _set(receipt_paper(receipt_sheet(case)), frame)


def print_minutes(meeting: Meeting, *, actor: Actor, language: str) -> bytes:
    """Return the minutes of a meeting, to be read out and signed."""
    db.session.info["acting_role"] = role_for(actor, CasePermission.MEETING_HOLD, meeting)
    version = record_print(meeting, PaperKind.MINUTES, purpose=PrintPurpose.SIGNING)
    with use_locale(language):
        return _set(minutes_paper(minutes_sheet(meeting)), frame_of(version, actor, address=""))


def print_notice(notice: Notice, *, actor: Actor, language: str) -> bytes:
    """Return the sheet for the board; its QR leads to the notice's public page. Raises Refused once it has ended."""
    db.session.info["acting_role"] = role_for(actor, NoticePermission.NOTICE_POST, notice)
    if notice.stage not in {NoticeStage.PREPARED, NoticeStage.POSTED}:
        raise Refused(_l("The period has ended: the list is not printed any more."), code="notice_ended")
    version = record_print(notice, PaperKind.NOTICE)
    found = notice_sheet(notice)
    with use_locale(language):
        return _set(notice_paper(board_sheet(found)), frame_of(version, actor, address=found.address))


def _set(paper: Paper, frame: Frame) -> bytes:
    return papers_pdf(paper.template, [sheet_of(paper, frame)])
