"""One run on the desk: what it changes, publishing it, discarding it, and moving persons between its places."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from identification.forms.quotas import DeclineForm, DiscardForm, TransferForm
from identification.models import QuotaRun, QuotaTransfer, RunStage
from identification.policy import QuotaPermission
from identification.queries.quotas import get_run, get_transfer, standing, transfers_of
from identification.queries.quotas.comparing import Change, changes
from identification.queries.quotas.listing import published_places_of
from identification.services.quotas import (
    agree_transfer,
    ask_transfer,
    decline_transfer,
    discard_run,
    publish_run,
)
from identification.views.quotas import charts
from identification.views.quotas.door import desk_blueprint
from identification.views.quotas.words import name_of, places_of_runs, title_of
from identification.workflow import run_workflow, transfer_workflow
from regions.queries import published_places

MOST_PLACES = 2_000
CHANGES_SHOWN = 30


@desk_blueprint.get("/quotas/<uuid:run_id>")
@requires(QuotaPermission.QUOTA_READ)
def working(run_id: UUID) -> ResponseReturnValue:
    """Show a run to its officers."""
    return _page(get_run(actor(), run_id))


def _page(
    run: QuotaRun,
    *,
    transfer_form: TransferForm | None = None,
    discard_form: DiscardForm | None = None,
    declining: tuple[UUID, DeclineForm] | None = None,
    refusal: Refused | None = None,
) -> str:
    rows = published_places_of(run.id, limit=MOST_PLACES).items
    places = places_of_runs([run]) | published_places(row.code for row in rows)
    compared = changes(run.replaces_id, run.id) if run.replaces_id else []
    above = standing(run.region_code, run.year)
    may_move = run.stage is RunStage.PUBLISHED and can(actor(), QuotaPermission.TRANSFER_ASK, run)
    names = [(row.code, _choice(name_of(row.code, places), row.persons)) for row in rows]
    return render_template(
        "identification/quotas/working.html",
        heading=title_of(run, places),
        run=run,
        options={option.name: option for option in run_workflow.options(run, actor=actor())},
        above=above,
        chart=charts.chart_of(run),
        compared=[(name_of(one.code, places), one) for one in compared if one.by][:CHANGES_SHOWN],
        counts=_counts(compared),
        transfers=[
            (one, {option.name: option for option in transfer_workflow.options(one, actor=actor())})
            for one in transfers_of(run.id)
        ],
        places=places,
        name_of=name_of,
        transfer_form=(transfer_form or TransferForm()).offer(names) if may_move else None,
        discard_form=discard_form or DiscardForm(),
        declining=declining,
        decline_form=DeclineForm,
        refusal=refusal,
    )


def _choice(name: str, persons: int) -> str:
    return _("%(place)s, %(persons)s now", place=name, persons=persons)


def _counts(compared: list[Change]) -> dict[str, int]:
    return {
        "more": sum(one.by > 0 for one in compared),
        "fewer": sum(one.by < 0 for one in compared),
        "same": sum(not one.by for one in compared),
    }


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
        return _page(run, discard_form=form), 422
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
        return _page(run, transfer_form=form), 422
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
        return _page(run, transfer_form=form), 422
    except Refused as refusal:
        if refusal.code not in ("too_many", "no_room"):
            raise
        form.refuse(NotValid({"persons": [refusal.detail]}))
        return _page(run, transfer_form=form), 422
    flash(_("Asked. The persons move once another officer agrees."))
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
        return _page(get_run(actor(), transfer.run_id), declining=(transfer_id, form)), 422
    decline_transfer(transfer, actor=actor(), reason=form.reason.data)
    return _decided(transfer, _("Declined. The numbers stay as they are."))


def _decided(transfer: QuotaTransfer, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for(".working", run_id=transfer.run_id), 303)
