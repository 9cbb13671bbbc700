"""One delivery on the desk: arrival, slip, mending, annulment, its pictures."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import local_day, today
from core.errors import NotFound, NotValid
from core.files import read_file
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from core.print import print_pdf
from pledges import queries, services
from pledges.forms import ArrivalForm, ReasonForm
from pledges.models import Delivery
from pledges.policy import PledgePermission
from pledges.views.door import blueprint
from pledges.views.printing import slip_values
from pledges.workflow import delivery_workflow


@blueprint.get("/desk/deliveries/<uuid:delivery_id>")
@requires(PledgePermission.PLEDGE_READ)
def delivery(delivery_id: UUID) -> ResponseReturnValue:
    """Show one delivery with what the household said and what I may do."""
    return _page(queries.get_delivery(actor(), delivery_id))


def _page(found: Delivery, *, arrival: ArrivalForm | None = None, reason: ReasonForm | None = None) -> str:
    standing = queries.standing_code(found.id)
    may_print = standing is not None and can(actor(), PledgePermission.SLIP_ISSUE, found)
    return render_template(
        "pledges/delivery.html",
        delivery=found,
        need=queries.need_of(found),
        pledge=queries.pledge_of(found),
        giver=queries.giver_name(found.donor_id),
        confirmations=queries.confirmations_of(found),
        evidence=queries.evidence_of(found),
        options=delivery_workflow.options(found, actor=actor()),
        slip=standing if may_print and standing and standing.issued_by == actor().account_id else None,
        arrival=arrival or ArrivalForm(arrived_on=today()),
        reason=reason or ReasonForm(),
    )


def _done(found: Delivery, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for(".delivery", delivery_id=found.id), 303)


@blueprint.post("/desk/deliveries/<uuid:delivery_id>/arrive")
@requires(PledgePermission.DELIVERY_ARRIVE)
def arrive(delivery_id: UUID) -> ResponseReturnValue:
    """Note that it has arrived, and who took it in."""
    found, form = queries.get_delivery(actor(), delivery_id), ArrivalForm.read()
    if not form.validate():
        return _page(found, arrival=form), 422
    try:
        services.arrive_delivery(found, actor=actor(), **_arrived(form))
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(found, arrival=form), 422
    return _done(found, _("The arrival is on file."))


def _arrived(form: ArrivalForm) -> dict[str, Any]:
    return {
        "arrived_on": form.arrived_on.data,
        "receiver": form.receiver.data,
        "courier_no": form.courier_no.data or "",
    }


@blueprint.post("/desk/deliveries/<uuid:delivery_id>/slips")
@requires(PledgePermission.SLIP_ISSUE)
def make_slip(delivery_id: UUID) -> ResponseReturnValue:
    """Make a slip; its code is printed and never shown."""
    found = queries.get_delivery(actor(), delivery_id)
    services.issue_code(found, actor=actor())
    return _done(found, _("The slip is made. Print it and hand it over; earlier ones are void."))


@blueprint.get("/desk/slips/<uuid:code_id>/slip.pdf")
@requires(PledgePermission.SLIP_ISSUE)
def slip(code_id: UUID) -> ResponseReturnValue:
    """Print a slip that I made myself and that was not answered yet."""
    shown = services.get_slip(code_id)
    found = queries.get_delivery(actor(), shown.delivery.id)
    if shown.code.issued_by != actor().account_id:
        raise NotFound
    values = slip_values(found, services.printed_code(shown.code), until=local_day(shown.code.expires_at))
    headers = {"Cache-Control": "no-store", "Content-Disposition": "inline; filename=slip.pdf"}
    return Response(print_pdf("pledges/print/slip.typ", values), mimetype="application/pdf", headers=headers)


@blueprint.post("/desk/deliveries/<uuid:delivery_id>/mend")
@requires(PledgePermission.DELIVERY_MEND)
def mend(delivery_id: UUID) -> ResponseReturnValue:
    """Say that it was put right."""
    found = queries.get_delivery(actor(), delivery_id)
    services.mend_delivery(found, actor=actor())
    return _done(found, _("Put right. The village makes a new slip and the household is asked again."))


@blueprint.post("/desk/deliveries/<uuid:delivery_id>/annul")
@requires(PledgePermission.DELIVERY_ANNUL)
def annul(delivery_id: UUID) -> ResponseReturnValue:
    """Annul what was not received, with the finding."""
    found, form = queries.get_delivery(actor(), delivery_id), ReasonForm.read()
    try:
        services.annul_delivery(found, actor=actor(), finding=form.reason.data or "")
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(found, reason=form), 422
    return _done(found, _("Annulled. What was not received counts no longer."))


@blueprint.get("/desk/deliveries/<uuid:delivery_id>/pictures/<uuid:evidence_id>")
@requires(PledgePermission.PLEDGE_READ)
def picture(delivery_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Give a picture of the delivery."""
    found = queries.get_delivery(actor(), delivery_id)
    row = next((row for row in queries.evidence_of(found) if row.id == evidence_id), None)
    if row is None:
        raise NotFound
    stored, content = read_file(row.file_id)
    return Response(content, mimetype=stored.mime, headers={"Cache-Control": "private, max-age=600"})
