"""The decision about a verified need: approve, return, or reject."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _, _l
from core.policy import requires
from needs.choices import RejectReason
from needs.forms import DecisionForm, decision_form
from needs.models import Need
from needs.policy import NeedPermission
from needs.queries import evidence_of, needs_to_approve
from needs.rules import RuleResult, open_judgements
from needs.services import approve_need, check_need, reject_need, return_need
from needs.services.gate import REASON_PREFIX
from needs.views.door import blueprint, open_step
from needs.views.places import place_name
from needs.views.rows import need_facts, people_rows, photo_rows, rule_rows


@blueprint.get("/needs/<uuid:need_id>/approve")
@requires(NeedPermission.NEED_APPROVE)
def approve(need_id: UUID) -> ResponseReturnValue:
    """Show persons, rules and the public text before a decision; nothing is chosen beforehand."""
    found = open_step(need_id, "approve")
    results = check_need(found)
    return _decision_page(found, results, decision_form(open_judgements(results))())


def _decision_page(found: Need, results: list[RuleResult], form: DecisionForm) -> str:
    waiting = {task.id: task for task in needs_to_approve(actor())}
    task = waiting.get(found.id)
    return render_template(
        "needs/approve.html",
        need=found,
        place=place_name(found.region_code),
        people=people_rows(found),
        rules=rule_rows(results),
        judgements=[form[REASON_PREFIX + result.code] for result in open_judgements(results)],
        photos=photo_rows(found, evidence_of(found.id)),
        facts=need_facts(found),
        form=form,
        waiting=len(waiting),
        due_on=task.due_on if task else None,
    )


@blueprint.post("/needs/<uuid:need_id>/approve")
@requires(NeedPermission.NEED_APPROVE)
def decide(need_id: UUID) -> ResponseReturnValue:
    """Approve, return or reject."""
    found = open_step(need_id, "approve")
    results = check_need(found)
    form = decision_form(open_judgements(results)).read()
    if not form.validate():
        return _decision_page(found, results, form), 422
    try:
        done = _decide(found, results, form)
    except NotValid as refusal:
        form.refuse(refusal)
        return _decision_page(found, results, form), 422
    flash(done)
    return redirect(url_for(".need", need_id=found.id))


def _decide(found: Need, results: list[RuleResult], form: DecisionForm) -> str:
    reason = form.reason.data or ""
    if form.decision.data == "return":
        return_need(found, actor=actor(), reason=reason)
        return _("Returned to its author.")
    if form.decision.data == "reject":
        if not form.reject_reason.data:
            raise NotValid({"reject_reason": [_l("Choose why not.")]})
        reject_need(found, actor=actor(), reason=RejectReason(form.reject_reason.data), words=reason)
        return _("Not approved. The reason stands in the record.")
    given = {result.code: form[REASON_PREFIX + result.code].data or "" for result in open_judgements(results)}
    approve_need(found, actor=actor(), reasons=given)
    return _("Approved. The need is public now.")
