"""The county enters what a department answered."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import require, requires
from identification.case_choices import Department, MatchResult
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.forms.casework import MatchForm
from identification.models import IdentificationCase
from identification.queries.cases import get_case
from identification.services.cases import enter_match
from identification.services.cases.matches import refuse_asking
from identification.views.cases.door import blueprint
from identification.views.cases.findings import missing_departments
from identification.views.cases.listing import heading_of


@blueprint.get("/<uuid:case_id>/matches/new")
@requires(CasePermission.CASE_MATCH)
def match(case_id: UUID) -> ResponseReturnValue:
    """Show the form; refuse what the rules do not let happen now."""
    return _page(_ready(case_id), MatchForm(as_of=today()))


def _ready(case_id: UUID) -> IdentificationCase:
    case = get_case(actor(), case_id)
    require(actor(), CasePermission.CASE_MATCH, case)
    refuse_asking(case, actor=actor())
    return case


def _page(case: IdentificationCase, form: MatchForm) -> str:
    return render_template(
        "identification/cases/match.html",
        case=case,
        back=heading_of(case),
        form=form.offer(_departments(case)),
        missing=missing_departments(case),
        has_errors=bool(form.errors),
    )


def _departments(case: IdentificationCase) -> list[Department]:
    return [Department(code) for code in pack_of(case.pack, case.region_code, case.entered_on)["departments"]]


@blueprint.post("/<uuid:case_id>/matches")
@requires(CasePermission.CASE_MATCH)
def keep_match(case_id: UUID) -> ResponseReturnValue:
    """Enter the answer; something found raises its flag."""
    case = _ready(case_id)
    form = MatchForm.read().offer(_departments(case))
    if not form.validate():
        return _page(case, form), 422
    result = MatchResult(form.result.data)
    try:
        enter_match(
            case,
            actor=actor(),
            department=Department(form.department.data),
            result=result,
            as_of=form.as_of.data,
            words=form.words.data,
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(_ready(case_id), form), 422
    if result is MatchResult.FOUND:
        flash(_("The answer is entered. A flag was raised; somebody else looks at it."))
    else:
        flash(_("The answer is entered."))
    return redirect(url_for(".show", case_id=case_id), 303)
