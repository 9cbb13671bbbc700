"""All handbooks of a village as one file: ask, watch, stop, fetch."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import NotPermitted, Refused
from core.http import actor, is_bearer, wants_fragment
from core.i18n import _
from core.policy import requires
from registry.services import open_village
from registry.views.places import place_name
from reports.forms import BatchForm
from reports.models import HandbookBatch
from reports.policy import ReportPermission
from reports.queries.batches import get_batch
from reports.services import ask_handbooks, cancel_handbooks, read_handbooks
from reports.views.door import blueprint, pdf_answer
from reports.views.villages import village_page

SILENT_AFTER = 300


@blueprint.post("/villages/<string(length=12):code>/handbooks")
@requires(ReportPermission.HANDBOOKS_PRINT)
def ask_all(code: str) -> ResponseReturnValue:
    """Ask for all handbooks of a village."""
    found, form = open_village(code, actor=actor()), BatchForm.read()
    if not form.validate():
        return village_page(found, batch=form), 422
    try:
        batch = ask_handbooks(found, actor=actor(), purpose=form.chosen, language=form.language.data)
    except Refused as refusal:
        if refusal.code not in {"no_households", "batch_running"}:
            raise
        return village_page(found, batch=form, words=str(refusal.detail)), 409
    return redirect(url_for(".handbooks", batch_id=batch.id), 303)


@blueprint.get("/handbooks/<uuid:batch_id>")
@requires(ReportPermission.HANDBOOKS_PRINT)
def handbooks(batch_id: UUID) -> ResponseReturnValue:
    """Show how far the file is; only who asked for it sees it."""
    batch = get_batch(actor(), batch_id)
    template = "reports/_progress.html" if wants_fragment() else "reports/handbooks.html"
    return render_template(
        template, batch=batch, place=place_name(batch.region_code), is_silent=_is_silent(batch), share=_share(batch)
    )


def _is_silent(batch: HandbookBatch) -> bool:
    return batch.is_running and (now() - batch.moved_at).total_seconds() > SILENT_AFTER


def _share(batch: HandbookBatch) -> int:
    """Return how far it is in per cent; setting the pages is the last tenth."""
    return 100 if batch.is_ready else 90 * batch.done // batch.total


@blueprint.post("/handbooks/<uuid:batch_id>/cancel")
@requires(ReportPermission.HANDBOOKS_PRINT)
def cancel(batch_id: UUID) -> ResponseReturnValue:
    """Stop making the file."""
    batch = get_batch(actor(), batch_id)
    cancel_handbooks(batch)
    flash(_("Stopped. Nothing of it is kept."))
    return redirect(url_for(".village", code=batch.region_code), 303)


@blueprint.get("/handbooks/<uuid:batch_id>/handbooks.pdf")
@requires(ReportPermission.HANDBOOKS_PRINT)
def fetch(batch_id: UUID) -> ResponseReturnValue:
    """Hand the file to who asked for it, signed in himself; a token of a program does not do."""
    if is_bearer():
        raise NotPermitted(_("Sign in yourself to fetch this file."))
    batch = get_batch(actor(), batch_id)
    return pdf_answer(read_handbooks(batch), f"handbooks-{batch.region_code}", attached=True)
