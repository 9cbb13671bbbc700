"""One run on the desk: what it changes, publishing it, discarding it, and moving persons between its places."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import requires
from identification.forms.quotas import DeclineForm, DiscardForm, SettleForm, TransferForm
from identification.models import QuotaTransfer
from identification.policy import QuotaPermission
from identification.queries.quotas import get_run, get_transfer
from identification.queries.quotas.listing import published_places_of
from identification.services.quotas import (
    agree_transfer,
    ask_transfer,
    decline_transfer,
    discard_run,
    publish_run,
    settle,
)
from identification.views.quotas.door import desk_blueprint
from identification.views.quotas.page import MOST_PLACES, working_page


@desk_blueprint.get("/quotas/<uuid:run_id>")
@requires(QuotaPermission.QUOTA_READ)
def working(run_id: UUID) -> ResponseReturnValue:
    """Show a run to its officers."""
    return working_page(get_run(actor(), run_id))


@desk_blueprint.post("/quotas/<uuid:run_id>/publish")
@requires(QuotaPermission.QUOTA_PUBLISH)
def publish(run_id: UUID) -> ResponseReturnValue:
    """Let another officer's run count."""
    run = get_run(actor(), run_id)
    publish_run(run, actor=actor())
    flash(_("The numbers are published. Everybody can follow how they came about."))
    return redirect(url_for(".working", run_id=run_id), 303)


@desk_blueprint.post("/quotas/<uuid:run_id>/discard")
@requires(QuotaPermission.QUOTA_DISCARD)
def discard(run_id: UUID) -> ResponseReturnValue:
    """Put a run aside."""
    run, form = get_run(actor(), run_id), DiscardForm.read()
    if not form.validate():
        return working_page(run, discard_form=form), 422
    discard_run(run, actor=actor(), reason=form.reason.data)
    flash(_("The numbers are discarded. They never counted."))
    return redirect(url_for(".working", run_id=run_id), 303)


@desk_blueprint.post("/quotas/<uuid:run_id>/transfers")
@requires(QuotaPermission.TRANSFER_ASK)
def ask(run_id: UUID) -> ResponseReturnValue:
    """Ask to move persons between two places."""
    run, form = get_run(actor(), run_id), TransferForm.read()
    rows = published_places_of(run.id, limit=MOST_PLACES).items
    form.offer([(row.code, row.name) for row in rows])
    if not form.validate():
        return working_page(run, transfer_form=form), 422
    try:
        ask_transfer(
            run,
            actor=actor(),
            from_code=form.from_code.data,
            to_code=form.to_code.data,
            persons=form.persons.data,
            reason=form.reason.data,
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return working_page(run, transfer_form=form), 422
    except Refused as refusal:
        if refusal.code not in ("too_many", "no_room"):
            raise
        form.refuse(NotValid({"persons": [refusal.detail]}))
        return working_page(run, transfer_form=form), 422
    flash(_("Asked. The persons move once another officer agrees."))
    return redirect(url_for(".working", run_id=run_id), 303)


@desk_blueprint.post("/quotas/<uuid:run_id>/settlements")
@requires(QuotaPermission.QUOTA_SETTLE)
def settle_village(run_id: UUID) -> ResponseReturnValue:
    """Settle what a village used of its number, in whole households."""
    run, form = get_run(actor(), run_id), SettleForm.read()
    rows = published_places_of(run.id, limit=MOST_PLACES).items
    form.offer([(row.code, row.name) for row in rows])
    if not form.validate():
        return working_page(run, settle_form=form), 422
    given = {"recognised": form.recognised.data, "last_household": form.last_household.data}
    try:
        found = settle(form.village.data, run.year, actor=actor(), **given)
    except Refused as refusal:
        form.refuse(NotValid({"recognised": [refusal.detail]}))
        return working_page(run, settle_form=form), 422
    flash(_("Settled. %(left)s persons are left in the township.", left=found.pool.left))
    return redirect(url_for(".working", run_id=run_id), 303)


@desk_blueprint.post("/quota-transfers/<uuid:transfer_id>/agree")
@requires(QuotaPermission.TRANSFER_DECIDE)
def agree(transfer_id: UUID) -> ResponseReturnValue:
    """Agree as the second officer."""
    transfer = get_transfer(actor(), transfer_id)
    agree_transfer(transfer, actor=actor())
    return _decided(transfer, _("Agreed. The persons have moved; the sum is as it was."))


@desk_blueprint.post("/quota-transfers/<uuid:transfer_id>/decline")
@requires(QuotaPermission.TRANSFER_DECIDE)
def decline(transfer_id: UUID) -> ResponseReturnValue:
    """Decline as the second officer."""
    transfer, form = get_transfer(actor(), transfer_id), DeclineForm.read()
    if not form.validate():
        return working_page(get_run(actor(), transfer.run_id), declining=(transfer_id, form)), 422
    decline_transfer(transfer, actor=actor(), reason=form.reason.data)
    return _decided(transfer, _("Declined. The numbers stay as they are."))


def _decided(transfer: QuotaTransfer, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for(".working", run_id=transfer.run_id), 303)
