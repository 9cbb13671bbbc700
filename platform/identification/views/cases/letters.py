"""The commitment letter of a household is entered: its scan, or who saw the thumbprint."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import requires
from identification.case_policy import CasePermission
from identification.forms.casework import LetterForm, sent_file
from identification.models import IdentificationCase
from identification.queries.cases import get_case
from identification.services.cases import authorise_case
from identification.services.cases.stepping import check_step
from identification.views.cases.door import blueprint
from identification.views.cases.listing import heading_of


@blueprint.get("/<uuid:case_id>/letter")
@requires(CasePermission.CASE_VILLAGE)
def letter(case_id: UUID) -> ResponseReturnValue:
    """Show the form; refuse what the rules do not let happen now."""
    return _page(_ready(case_id), LetterForm(signed_on=today()))


def _ready(case_id: UUID) -> IdentificationCase:
    case = get_case(actor(), case_id)
    check_step(case, "authorise", actor=actor())
    return case


def _page(case: IdentificationCase, form: LetterForm) -> str:
    return render_template(
        "identification/cases/letter.html", case=case, back=heading_of(case), form=form, has_errors=bool(form.errors)
    )


@blueprint.post("/<uuid:case_id>/letter")
@requires(CasePermission.CASE_VILLAGE)
def enter_letter(case_id: UUID) -> ResponseReturnValue:
    """Enter the letter; from now on departments may be asked."""
    case, form = _ready(case_id), LetterForm.read()
    if not form.validate():
        return _page(case, form), 422
    try:
        authorise_case(
            case,
            actor=actor(),
            signed_on=form.signed_on.data,
            scan=sent_file(form.scan),
            witness=form.witness.data,
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(_ready(case_id), form), 422
    flash(_("The letter is entered. Departments can be asked now."))
    return redirect(url_for(".show", case_id=case_id), 303)
