"""Papers of a household: print, hand in what was signed, look at it."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Gone, NotValid
from core.http import actor
from core.i18n import ngettext
from core.policy import require, requires
from core.records import stream_of
from registry.models import Household
from registry.policy import RegistryPermission
from registry.queries import get_household
from registry.queries.papers import find_paper
from registry.services.papers import keep_paper, show_paper
from registry.views.places import place_name
from reports.forms import NumberForm, PrintForm, PurposeForm, SignedPaperForm
from reports.policy import ReportPermission
from reports.services import print_household
from reports.views.door import blueprint, pdf_answer
from reports.views.rows import kept_papers


def _household(household_id: UUID) -> Household:
    found = get_household(actor(), household_id)
    if found.erased_at is not None:
        raise Gone
    return found


def _page(
    household: Household,
    *,
    form: PrintForm | None = None,
    signed: SignedPaperForm | None = None,
    look: PurposeForm | None = None,
) -> str:
    number = NumberForm.read_query().number.data or ""
    return render_template(
        "reports/household.html",
        household=household,
        place=place_name(household.region_code),
        papers=kept_papers(stream_of(household)),
        form=form or PrintForm(as_of=today()),
        signed=signed or SignedPaperForm(number=number, signed_on=today()),
        look=look or PurposeForm(),
    )


@blueprint.get("/households/<uuid:household_id>/papers")
@requires(ReportPermission.HOUSEHOLD_PRINT)
def household(household_id: UUID) -> ResponseReturnValue:
    """Show which papers can be printed, and which came back signed."""
    found = _household(household_id)
    require(actor(), ReportPermission.HOUSEHOLD_PRINT, found)
    return _page(found)


@blueprint.post("/households/<uuid:household_id>/papers/print")
@requires(ReportPermission.HOUSEHOLD_PRINT)
def print_paper(household_id: UUID) -> ResponseReturnValue:
    """Print a paper for a purpose; the print is recorded."""
    found, form = _household(household_id), PrintForm.read()
    if not form.validate():
        return _page(found, form=form), 422
    wish = {"purpose": form.chosen, "language": form.language.data, "as_of": form.as_of.data}
    try:
        pdf = print_household(found, form.kind, actor=actor(), **wish)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(found, form=form), 422
    return pdf_answer(pdf, form.kind.value.replace("_", "-"))


@blueprint.post("/households/<uuid:household_id>/papers")
@requires(RegistryPermission.PAPER_KEEP)
def keep_signed(household_id: UUID) -> ResponseReturnValue:
    """Keep the photographs of a signed paper with the version that it names."""
    found, form = _household(household_id), SignedPaperForm.read()
    if not form.validate():
        return _page(found, signed=form), 422
    given = {"number": form.number.data, "signed_on": form.signed_on.data}
    try:
        kept = keep_paper(found, actor=actor(), pages=form.contents(), **given)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(found, signed=form), 422
    words = ngettext("Kept, %(count)s page.", "Kept, %(count)s pages.", len(kept))
    flash(words)
    return redirect(url_for(".household", household_id=found.id), 303)


@blueprint.post("/households/<uuid:household_id>/papers/<uuid:paper_id>/show")
@requires(RegistryPermission.PAPER_READ)
def show_signed(household_id: UUID, paper_id: UUID) -> ResponseReturnValue:
    """Show one page of a signed paper for a purpose; the look is recorded."""
    found, form = _household(household_id), PurposeForm.read()
    paper = find_paper(stream_of(found), paper_id)
    if not form.validate():
        return _page(found, look=form), 422
    mime, content = show_paper(paper, found, actor=actor(), purpose=form.chosen)
    return Response(content, mimetype=mime, headers={"Cache-Control": "no-store"})
