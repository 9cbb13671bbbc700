"""Erasing a household on the desk: one official of the county asks, another one agrees."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import require, requires
from needs.card_forms import ErasureForm
from needs.views.door import blueprint
from needs.views.places import office_name, place_name
from registry.choices import ErasureReason, ErasureStage
from registry.models import ErasureOrder, Household
from registry.policy import RegistryPermission
from registry.queries import find_order, get_household, get_order, household_of
from registry.services import agree_erasure, ask_erasure, decline_erasure, withdraw_erasure
from registry.workflow import erasure_workflow


@blueprint.get("/households/<uuid:household_id>/erasure")
@requires(RegistryPermission.HOUSEHOLD_ERASE)
def erasure(household_id: UUID) -> ResponseReturnValue:
    """Show what would be erased, and the order if there is one."""
    return _page(_own(household_id), ErasureForm().offer())


def _own(household_id: UUID) -> Household:
    household = get_household(actor(), household_id)
    require(actor(), RegistryPermission.HOUSEHOLD_ERASE, household)
    return household


def _page(household: Household, form: ErasureForm, *, words: str = "") -> str:
    order = find_order(household.id)
    return render_template(
        "needs/erasure.html",
        household=household,
        place=place_name(household.region_code),
        order=order,
        is_open=order is not None and order.stage is ErasureStage.ASKED,
        asker=office_name(order.asked_by) if order else "",
        workflow=erasure_workflow,
        form=form,
        words=words,
    )


@blueprint.post("/households/<uuid:household_id>/erasure")
@requires(RegistryPermission.HOUSEHOLD_ERASE)
def ask_for_erasure(household_id: UUID) -> ResponseReturnValue:
    """Ask that the household's particulars be erased."""
    household, form = _own(household_id), ErasureForm.read().offer()
    if not form.validate():
        return _page(household, form), 422
    try:
        ask_erasure(household, actor=actor(), reason=ErasureReason(form.reason.data))
    except Refused as refusal:
        if refusal.status != 409:
            raise
        form.refuse(NotValid())
        return _page(household, form, words=str(refusal.detail)), 409
    flash(_("Asked. Nothing is erased before another official of the county agrees."))
    return redirect(url_for(".erasure", household_id=household_id), 303)


@blueprint.post("/erasures/<uuid:order_id>/agree")
@requires(RegistryPermission.HOUSEHOLD_ERASE)
def erase(order_id: UUID) -> ResponseReturnValue:
    """Agree as the second official, and erase."""
    order = get_order(actor(), order_id)
    try:
        agree_erasure(order, actor=actor())
    except Refused as refusal:
        if refusal.status != 409:
            raise
        return _refused(order, refusal), 409
    flash(_("Erased. The records still link up; nobody can read the sealed part again."))
    return redirect(url_for(".households"), 303)


def _refused(order: ErasureOrder, refusal: Refused) -> str:
    form = ErasureForm().offer()
    form.refuse(NotValid())
    return _page(household_of(order), form, words=str(refusal.detail))


@blueprint.post("/erasures/<uuid:order_id>/<any(decline,withdraw):step>")
@requires(RegistryPermission.HOUSEHOLD_ERASE)
def erasure_step(order_id: UUID, step: str) -> ResponseReturnValue:
    """Decline as the second official, or take the wish back."""
    order = get_order(actor(), order_id)
    (decline_erasure if step == "decline" else withdraw_erasure)(order, actor=actor())
    flash(_("Done. The step is on record."))
    return redirect(url_for(".household", household_id=order.household_id), 303)
