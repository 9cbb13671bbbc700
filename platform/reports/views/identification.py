"""Papers of cases and meetings: the receipt of an application, the minutes of a review."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.policy import requires
from identification.case_policy import CasePermission
from identification.queries.cases import get_case
from reports.forms import LanguageForm
from reports.queries.identification import get_meeting
from reports.services import print_minutes, print_receipt
from reports.views.door import blueprint, pdf_answer


def _language() -> str:
    form = LanguageForm.read()
    if not form.language.data:
        form.language.data = "zh"
    if not form.validate():
        raise NotValid({"language": list(form.language.errors)})
    return str(form.language.data)


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
