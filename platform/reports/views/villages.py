"""Papers of a village: its form of a year, blank forms for the field, all handbooks at once."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid
from core.http import actor
from core.i18n import _, current_language, label, ngettext
from core.policy import can, require, requires, signed_in
from core.records import stream_of
from registry.models import Village
from registry.policy import RegistryPermission
from registry.queries.papers import find_paper
from registry.queries.village_register import village_profiles
from registry.services import open_village
from registry.services.papers import keep_paper, show_paper
from registry.views.places import place_name
from reports.forms import BatchForm, NumberForm, PurposeForm, SignedPaperForm, YearForm
from reports.papers import TITLES
from reports.policy import ReportPermission
from reports.queries.batches import own_batches
from reports.services import print_blank, print_village
from reports.sheets import BlankKind, Era
from reports.views.door import blueprint, pdf_answer
from reports.views.rows import kept_papers


def village_page(
    village: Village,
    *,
    form: YearForm | None = None,
    signed: SignedPaperForm | None = None,
    look: PurposeForm | None = None,
    batch: BatchForm | None = None,
    words: str = "",
) -> str:
    """Return the page of a village's papers, with what was typed."""
    number = NumberForm.read_query().number.data or ""
    years = [sheet.year for sheet in village_profiles(village.id)]
    return render_template(
        "reports/village.html",
        village=village,
        place=place_name(village.region_code),
        years=years,
        papers=kept_papers(stream_of(village)),
        batches=own_batches(actor(), village.region_code),
        form=form or YearForm(year=years[0] if years else today().year - 1),
        signed=signed or SignedPaperForm(number=number, signed_on=today()),
        look=look or PurposeForm(),
        batch=batch or BatchForm(),
        kinds=_blank_kinds(),
        words=words,
        may_print_all=can(actor(), ReportPermission.HANDBOOKS_PRINT, village),
    )


def _blank_kinds() -> list[tuple[str, list[tuple[BlankKind, Era, str]]]]:
    """Return the blank forms by their names: those of today first, then those of 2014 that were called otherwise."""
    now = [
        (kind, Era.MONITORING, TITLES[kind](Era.MONITORING) if kind in TITLES else label(kind)) for kind in BlankKind
    ]
    then = [(kind, Era.REGISTER, title(Era.REGISTER)) for kind, title in TITLES.items()]
    return [(_("For today"), now), (label(Era.REGISTER), then)]


@blueprint.get("/villages/<string(length=12):code>/papers")
@requires(ReportPermission.VILLAGE_PRINT)
def village(code: str) -> ResponseReturnValue:
    """Show what can be printed of a village, and which papers came back signed."""
    found = open_village(code, actor=actor())
    require(actor(), ReportPermission.VILLAGE_PRINT, found)
    return village_page(found)


@blueprint.post("/villages/<string(length=12):code>/papers/print")
@requires(ReportPermission.VILLAGE_PRINT)
def print_village_form(code: str) -> ResponseReturnValue:
    """Print the village's form of a year; the print is recorded."""
    found, form = open_village(code, actor=actor()), YearForm.read()
    if not form.validate():
        return village_page(found, form=form), 422
    pdf = print_village(found, form.year.data, actor=actor(), language=form.language.data)
    return pdf_answer(pdf, f"village-form-{form.year.data}")


@blueprint.post("/villages/<string(length=12):code>/papers")
@requires(RegistryPermission.PAPER_KEEP)
def keep_signed_village(code: str) -> ResponseReturnValue:
    """Keep the photographs of a signed form of the village."""
    found, form = open_village(code, actor=actor()), SignedPaperForm.read()
    if not form.validate():
        return village_page(found, signed=form), 422
    given = {"number": form.number.data, "signed_on": form.signed_on.data}
    try:
        kept = keep_paper(found, actor=actor(), pages=form.contents(), **given)
    except NotValid as refusal:
        form.refuse(refusal)
        return village_page(found, signed=form), 422
    flash(ngettext("Kept, %(count)s page.", "Kept, %(count)s pages.", len(kept)))
    return redirect(url_for(".village", code=code), 303)


@blueprint.post("/villages/<string(length=12):code>/papers/<uuid:paper_id>/show")
@requires(RegistryPermission.PAPER_READ)
def show_signed_village(code: str, paper_id: UUID) -> ResponseReturnValue:
    """Show one page of a signed form of the village; the look is recorded."""
    found, form = open_village(code, actor=actor()), PurposeForm.read()
    paper = find_paper(stream_of(found), paper_id)
    if not form.validate():
        return village_page(found, look=form), 422
    mime, content = show_paper(paper, found, actor=actor(), purpose=form.chosen)
    return Response(content, mimetype=mime, headers={"Cache-Control": "no-store"})


KINDS = ",".join(kind.value for kind in BlankKind)
ERAS = ",".join(era.value for era in Era)


@blueprint.get(f"/papers/blank/<any({ERAS}):era>/<any({KINDS}):kind>.pdf")
@signed_in
def blank(era: str, kind: str) -> ResponseReturnValue:
    """Print an empty form to be filled in by hand."""
    pdf = print_blank(BlankKind(kind), era=Era(era), language=current_language())
    return pdf_answer(pdf, f"{kind.replace('_', '-')}-{era}")
