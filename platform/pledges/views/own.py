"""Pledges on the desk: a helper's own list, one pledge with its deliveries, and what may be done with it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid
from core.files import store_file
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from pledges import queries, services
from pledges.choices import PledgeStage
from pledges.forms import DeliveryForm, ReasonForm
from pledges.models import Pledge
from pledges.policy import PledgePermission
from pledges.views.door import blueprint
from pledges.workflow import pledge_workflow
from registry.choices import FundSource


@blueprint.get("/desk/pledges")
@requires(PledgePermission.PLEDGE_READ)
def pledges_given() -> ResponseReturnValue:
    """List pledges: one's own for helpers, those in view for everybody else, newest first."""
    own = can(actor(), PledgePermission.PLEDGE_OFFER)
    cursor = request.args.get("cursor")
    page = queries.given_pledges(actor(), cursor=cursor) if own else queries.pledges(actor(), cursor=cursor)
    return render_template("pledges/list.html", page=page, needs=queries.needs_of(page.items), own=own)


@blueprint.get("/desk/pledges/<uuid:pledge_id>")
@requires(PledgePermission.PLEDGE_READ)
def pledge(pledge_id: UUID) -> ResponseReturnValue:
    """Show one pledge with its deliveries and what I may do."""
    return _page(queries.get_pledge(actor(), pledge_id), ReasonForm())


def _page(found: Pledge, form: ReasonForm) -> str:
    enters = can(actor(), PledgePermission.DELIVERY_ENTER, found) and found.stage is PledgeStage.AGREED
    return render_template(
        "pledges/show.html",
        pledge=found,
        need=queries.need_of(found),
        link=queries.link_of(found),
        giver=queries.giver_name(found.donor_id),
        deliveries=queries.deliveries_of(found),
        workflow=pledge_workflow,
        enters=enters and found.delivered < found.quantity,
        form=form,
    )


@blueprint.post("/desk/pledges/<uuid:pledge_id>/<any(agree,release,withdraw):step>")
@requires(PledgePermission.PLEDGE_READ)
def pledge_step(pledge_id: UUID, step: str) -> ResponseReturnValue:
    """Agree, release or withdraw."""
    found, form = queries.get_pledge(actor(), pledge_id), ReasonForm.read()
    if not form.validate():
        return _page(found, form), 422
    try:
        _STEPS[step](found, form.reason.data or "")
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(found, form), 422
    flash(_SAID[step]())
    return redirect(url_for(".pledge", pledge_id=pledge_id), 303)


_STEPS: dict[str, Callable[[Pledge, str], None]] = {
    "agree": lambda found, reason: services.agree_pledge(found, actor=actor()),
    "release": lambda found, reason: services.release_pledge(found, actor=actor(), reason=reason),
    "withdraw": lambda found, reason: services.withdraw_pledge(found, actor=actor(), reason=reason),
}
_SAID: dict[str, Callable[[], str]] = {
    "agree": lambda: _("Agreed. The helper brings it to the village office."),
    "release": lambda: _("Released. The need is open again for what was not delivered."),
    "withdraw": lambda: _("Withdrawn. The need is open again for what was not delivered."),
}


@blueprint.get("/desk/pledges/<uuid:pledge_id>/deliveries/new")
@requires(PledgePermission.DELIVERY_ENTER)
def new_delivery(pledge_id: UUID) -> ResponseReturnValue:
    """Show the form to record or plan a delivery."""
    found = queries.get_pledge(actor(), pledge_id)
    left = Decimal(f"{(found.quantity - found.delivered).normalize():f}")
    form = DeliveryForm(quantity=left, delivered_on=today())
    return _delivery_form(found, form.offer(_sources(found)))


def _sources(found: Pledge) -> tuple[FundSource, ...]:
    if found.donor_id is not None:
        return (FundSource.SOCIAL,)
    return tuple(source for source in FundSource if source is not FundSource.SOCIAL)


def _delivery_form(found: Pledge, form: DeliveryForm) -> str:
    return render_template("pledges/new_delivery.html", pledge=found, need=queries.need_of(found), form=form)


@blueprint.post("/desk/pledges/<uuid:pledge_id>/deliveries/new")
@requires(PledgePermission.DELIVERY_ENTER)
def create_delivery(pledge_id: UUID) -> ResponseReturnValue:
    """Record or plan a delivery, with a picture if there is one."""
    found = queries.get_pledge(actor(), pledge_id)
    form = DeliveryForm.read().offer(_sources(found))
    if not form.validate():
        return _delivery_form(found, form), 422
    try:
        delivery = services.enter_delivery(found, actor=actor(), evidence=_pictures(form), **_entered(form))
    except NotValid as refusal:
        form.refuse(refusal)
        return _delivery_form(found, form), 422
    flash(_("The delivery is on file."))
    return redirect(url_for(".delivery", delivery_id=delivery.id), 303)


def _entered(form: DeliveryForm) -> dict[str, Any]:
    return {
        "quantity": form.quantity.data,
        "delivered_on": form.delivered_on.data,
        "fund_source": FundSource(form.fund_source.data),
        "courier_no": form.courier_no.data or "",
    }


def _pictures(form: DeliveryForm) -> list[UUID]:
    content = form.evidence.data.read() if form.evidence.data else b""
    return [store_file(content, actor=actor(), taken_on=form.delivered_on.data).id] if content else []
