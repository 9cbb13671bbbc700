"""A case goes before the meeting: what is there, what is missing, and the flags that the meeting is told of."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.http import actor
from core.i18n import _
from core.policy import requires
from identification.case_choices import VetoStage
from identification.case_policy import CasePermission
from identification.forms.casework import ProposeForm
from identification.models import IdentificationCase
from identification.queries.cases import get_case
from identification.queries.cases.file import flags_of
from identification.services.cases import propose_case
from identification.services.cases.measuring import measure
from identification.services.cases.stepping import check_step
from identification.views.cases.door import blueprint
from identification.views.cases.findings import findings_of
from identification.views.cases.listing import heading_of
from identification.views.cases.words import said_line


def _ready(case_id: UUID) -> IdentificationCase:
    case = get_case(actor(), case_id)
    check_step(case, "propose", actor=actor())
    return case


def _open_flags(case: IdentificationCase) -> bool:
    return any(flag.stage is VetoStage.OPEN for flag in flags_of(case.id))


@blueprint.get("/<uuid:case_id>/propose")
@requires(CasePermission.MEETING_HOLD)
def propose(case_id: UUID) -> ResponseReturnValue:
    """Show what the meeting will hear; refuse what is not ready, with what is missing."""
    case = _ready(case_id)
    return _page(case, ProposeForm())


def _page(case: IdentificationCase, form: ProposeForm) -> str:
    found: dict[str, Any] = findings_of(case, is_office=True)
    return render_template(
        "identification/cases/propose.html",
        case=case,
        back=heading_of(case),
        form=form,
        line=said_line(measure(case)),
        visit=next((visit for visit in found["visits"] if visit["is_current"]), None),
        matches=[match for match in found["matches"] if match["is_current"]],
        flags=[flag for flag in found["flags"] if flag["stage"] is not VetoStage.CLEARED],
        has_open=_open_flags(case),
        has_errors=bool(form.errors),
    )


@blueprint.post("/<uuid:case_id>/propose")
@requires(CasePermission.MEETING_HOLD)
def bring(case_id: UUID) -> ResponseReturnValue:
    """Bring it before the meeting."""
    case, form = _ready(case_id), ProposeForm.read()
    if _open_flags(case) and not form.told.data:
        form.told.errors = [_("Look at the open flags first, or say that the meeting is told of them.")]
        return _page(case, form), 422
    propose_case(case, actor=actor(), flags_told=form.told.data)
    flash(_("It goes before the meeting."))
    return redirect(url_for(".show", case_id=case_id), 303)
