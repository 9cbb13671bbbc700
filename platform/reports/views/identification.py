"""Papers of the identification: the receipt of an application, the minutes of a review, the sheet for the board."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from core.http import actor
from core.i18n import LANGUAGES, current_language
from core.policy import requires
from identification.case_policy import CasePermission
from identification.notice_policy import NoticePermission
from identification.queries.cases import get_case
from identification.queries.meetings import get_meeting
from identification.queries.notices import get_notice
from reports.forms import LanguageForm
from reports.services import print_minutes, print_notice, print_receipt
from reports.views.door import blueprint, pdf_answer


def _language() -> str:
    """Return the language that was chosen for the paper, or that of the page."""
    chosen = LanguageForm.read().language.data
    return chosen if chosen in LANGUAGES else current_language()


@blueprint.post("/cases/<uuid:case_id>/receipt")
@requires(CasePermission.CASE_OFFICE)
def receipt(case_id: UUID) -> ResponseReturnValue:
    """Print the receipt of an application; the print is recorded."""
    return pdf_answer(print_receipt(get_case(actor(), case_id), actor=actor(), language=_language()), "receipt")


@blueprint.post("/meetings/<uuid:meeting_id>/minutes")
@requires(CasePermission.MEETING_HOLD)
def minutes(meeting_id: UUID) -> ResponseReturnValue:
    """Print the minutes of a meeting; the print is recorded."""
    found = get_meeting(actor(), meeting_id)
    return pdf_answer(print_minutes(found, actor=actor(), language=_language()), "minutes")


@blueprint.post("/notices/<uuid:notice_id>/print")
@requires(NoticePermission.NOTICE_POST)
def notice(notice_id: UUID) -> ResponseReturnValue:
    """Print the sheet for the board; the print is recorded."""
    found = get_notice(actor(), notice_id)
    return pdf_answer(print_notice(found, actor=actor(), language=_language()), "notice")
