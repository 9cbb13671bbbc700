"""Which kind of monitoring a household needs, and because of which risks (domain.md 5.4)."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import LazyString, _, _l, label
from core.policy import require, requires
from identification.case_policy import CasePermission
from identification.forms.case_kinds import RISKS, CaseKindForm
from identification.models import IdentificationCase
from identification.queries.cases import get_case
from identification.services.cases.kinds import check_kind, choose_kind, kind_refusals
from identification.views.case_steps.door import blueprint
from identification.views.case_steps.facts import crumbs_of, kind_facts
from identification.views.cases.listing import heading_of
from registry.choices import MonitoringKind

FOR_WHOM: dict[MonitoringKind, LazyString] = {
    MonitoringKind.UNSTABLE_EXITED: _l("It was on the poverty register, has left it, and may fall back."),
    MonitoringKind.MARGINAL_AT_RISK: _l("It never was on the poverty register, and may fall into poverty."),
    MonitoringKind.SUDDEN_SEVERE_DIFFICULTY: _l(
        "Any household, also above the line: something happened, costs cannot be avoided, life is hard."
    ),
}


@blueprint.get("/cases/<uuid:case_id>/kind")
@requires(CasePermission.CASE_OFFICE)
def kind(case_id: UUID) -> ResponseReturnValue:
    """Show the three kinds with what speaks for and against each."""
    case = _case(case_id)
    check_kind(case, actor=actor())
    chosen = dict(zip(RISKS, case.risk_types, strict=False))
    return _page(case, CaseKindForm(monitored_kind=case.monitored_kind, **chosen).offer())


@blueprint.post("/cases/<uuid:case_id>/kind")
@requires(CasePermission.CASE_OFFICE)
def choose(case_id: UUID) -> ResponseReturnValue:
    """Choose the kind and the risks."""
    case, form = _case(case_id), CaseKindForm.read().offer()
    check_kind(case, actor=actor())
    if not form.validate():
        return _page(case, form), 422
    try:
        choose_kind(case, form.kind, form.risks, actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(_case(case_id), form), 422
    flash(_("Chosen: %(kind)s", kind=label(form.kind)))
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _case(case_id: UUID) -> IdentificationCase:
    case = get_case(actor(), case_id)
    require(actor(), CasePermission.CASE_OFFICE, case)
    return case


def _page(case: IdentificationCase, form: CaseKindForm) -> str:
    against = kind_refusals(case)
    kinds = [
        {"value": one.value, "label": label(one), "hint": str(against.get(one) or FOR_WHOM[one])}
        for one in MonitoringKind
    ]
    return render_template(
        "identification/case_steps/kind.html",
        case=case,
        whose=heading_of(case),
        crumbs=crumbs_of(case, _("Kind of monitoring"), actor()),
        facts=kind_facts(case),
        kinds=kinds,
        form=form,
        risks=[form[name] for name in RISKS],
    )
