"""One page for every step of a case that no other page takes: what is decided, what it needs, what comes next."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, NotPermitted, NotValid, Refused
from core.http import actor
from core.i18n import _, label
from core.policy import can, requires
from identification.case_policy import CasePermission
from identification.forms.case_steps import CaseStepForm
from identification.models import IdentificationCase
from identification.queries.cases import get_case
from identification.queries.cases.changing import CaseChange, changes_since, newest_change
from identification.queries.cases.clearing import risk_facts
from identification.services.cases.stepping import check_step
from identification.services.cases.taking import needs_words, take_step
from identification.views.case_steps.door import blueprint
from identification.views.case_steps.facts import crumbs_of, facts_of, warnings_of
from identification.views.case_steps.next import change_line, next_lines
from identification.views.case_steps.words import step_words
from identification.views.cases.listing import heading_of
from identification.workflow.cases import step_labels


@blueprint.get("/cases/<uuid:case_id>/steps/<string:step>")
@requires(CasePermission.CASE_OFFICE)
def ask(case_id: UUID, step: str) -> ResponseReturnValue:
    """Show what is decided, what the step needs, and what comes next."""
    case = _case(case_id, step)
    check_step(case, step, actor=actor())
    form = CaseStepForm(seen=str(newest_change(case)), answer=request.args.get("answer"))
    return _page(case, step, _offered(form, case, step))


@blueprint.post("/cases/<uuid:case_id>/steps/<string:step>")
@requires(CasePermission.CASE_OFFICE)
def take(case_id: UUID, step: str) -> ResponseReturnValue:
    """Take the step; a page that was opened before something else happened is shown again, with what happened."""
    case = _case(case_id, step)
    form, barred = _offered(CaseStepForm.read(), case, step), _barred(case, step)
    if missed := _missed(case, form):
        return _page(case, step, form, missed=missed, barred=barred), 409
    if barred is not None:
        raise barred
    if not form.validate():
        return _page(case, step, form), 422
    try:
        take_step(case, step, form.given(), actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(_case(case_id, step), step, form), 422
    flash(_("Done. The case now stands at: %(stage)s", stage=label(case.stage)))
    return redirect(case_url(case), 303)


def _case(case_id: UUID, step: str) -> IdentificationCase:
    """Return the case; a step that has a page of its own, or none, is not found here."""
    case = get_case(actor(), case_id, CasePermission.CASE_OFFICE)
    if step not in step_words:
        raise NotFound
    return case


def case_url(case: IdentificationCase) -> str:
    """Return the case's page, or the desk for those who may not read cases."""
    return (
        url_for("cases.show", case_id=case.id)
        if can(actor(), CasePermission.CASE_READ, case)
        else url_for("pages.desk")
    )


def _offered(form: CaseStepForm, case: IdentificationCase, step: str) -> CaseStepForm:
    words = step_words[step]
    fields = [name for name in words.fields if name != "can_work" or "without_labour" not in risk_facts(case)]
    return form.offer(fields, words.words, words_needed=needs_words(case, step))


def _barred(case: IdentificationCase, step: str) -> Refused | None:
    """Return what stands against the step now; who may not take it at all learns nothing else."""
    try:
        check_step(case, step, actor=actor())
    except NotPermitted:
        raise
    except Refused as refusal:
        return refusal
    return None


def _missed(case: IdentificationCase, form: CaseStepForm) -> list[CaseChange]:
    """Return what happened since the page was opened; the page shown next has seen it."""
    seen = form.seen_number()
    missed = [] if seen is None else changes_since(case, seen)
    if missed:
        form.seen.data = str(newest_change(case))
    return missed


def _page(
    case: IdentificationCase,
    step: str,
    form: CaseStepForm,
    *,
    missed: list[CaseChange] | None = None,
    barred: Refused | None = None,
) -> str:
    return render_template(
        "identification/case_steps/ask.html",
        case=case,
        step=step,
        whose=heading_of(case),
        title=step_labels[step],
        words=step_words[step],
        back=case_url(case),
        crumbs=crumbs_of(case, str(step_labels[step]), actor()),
        facts=facts_of(case, step, actor()),
        warnings=warnings_of(case, step),
        form=form,
        next_lines=next_lines(case, step),
        missed=[change_line(change) for change in missed or ()],
        barred=barred.detail if barred else "",
    )
