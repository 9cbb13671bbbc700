"""Sheets on the desk: hand in, look at columns and mistakes, let in, stop; empty templates."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, NotValid, Refused
from core.http import actor, wants_fragment
from core.i18n import _, label
from core.policy import requires
from core.spreadsheets.refusals import CellFault, FileFault
from core.spreadsheets.writing import template
from registry.choices import ImportPurpose, RowFault, SheetKind
from registry.forms.imports import ImportForm
from registry.models import ImportBatch
from registry.policy import RegistryPermission
from registry.queries.imports import Progress, get_batch, is_waiting, own_batches, progress_of
from registry.services.importing import kind_of, known_kinds
from registry.services.importing.batches import cancel_import, hand_in, name_columns, start_import
from registry.services.importing.working import NO_RIGHTS
from registry.views.door import blueprint
from registry.views.places import place_name, place_names, places_below

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SETS = {"CellFault": CellFault, "RowFault": RowFault}
SHOWN_FAULTS = 200


@blueprint.get("/imports")
@requires(RegistryPermission.SHEET_IMPORT)
def imports() -> ResponseReturnValue:
    """List the sheets that I handed in."""
    page = own_batches(actor(), cursor=request.args.get("cursor"))
    places = place_names(batch.region_code for batch in page.items)
    return render_template("registry/imports.html", page=page, places=places, kinds=list(known_kinds()))


@blueprint.get("/imports/new")
@requires(RegistryPermission.SHEET_IMPORT)
def new_import() -> ResponseReturnValue:
    """Show the form."""
    return _form(ImportForm.read(), 200)


@blueprint.post("/imports")
@requires(RegistryPermission.SHEET_IMPORT)
def create_import() -> ResponseReturnValue:
    """Keep an uploaded sheet and let it be checked."""
    form = ImportForm.read()
    form.offer(list(known_kinds()), places_below(actor()))
    if not form.validate():
        return _form(form, 422)
    try:
        batch = hand_in(
            form.file.data.read(),
            actor=actor(),
            kind=SheetKind(form.kind.data),
            place=form.place.data,
            purpose=ImportPurpose(form.purpose.data),
            file_name=form.file.data.filename or "",
            as_of=form.as_of.data,
            year=form.year.data,
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _form(form, 422)
    return redirect(url_for(".show_import", import_id=batch.id), 303)


def _form(form: ImportForm, status: int) -> ResponseReturnValue:
    form.offer(list(known_kinds()), places_below(actor()))
    return render_template("registry/new_import.html", form=form), status


@blueprint.get("/imports/<uuid:import_id>")
@requires(RegistryPermission.SHEET_IMPORT)
def show_import(import_id: UUID) -> ResponseReturnValue:
    """Show how far a sheet is, its columns, its mistakes."""
    return _page(get_batch(actor(), import_id))


def _page(batch: ImportBatch, words: str = "") -> str:
    progress = progress_of(batch)
    name = "registry/_import_progress.html" if wants_fragment() and is_waiting(batch) else "registry/import.html"
    return render_template(
        name,
        batch=batch,
        progress=progress,
        waiting=is_waiting(batch),
        place=place_name(batch.region_code),
        columns=kind_of(batch.kind).layout().columns,
        faults=[_said(fault) for fault in progress.faults[:SHOWN_FAULTS]],
        wrong=_wrong_cells(progress),
        fault_words=_fault_words(progress.fault),
        words=words,
    )


def _said(fault: dict[str, Any]) -> dict[str, Any]:
    """Return a mistake with its sentence in the reader's language."""
    return {**fault, "message": fault["detail"] or label(SETS[fault["set"]](fault["code"]))}


def _wrong_cells(progress: Progress) -> set[tuple[str, int, str]]:
    return {(fault["sheet"], fault["row"], fault["column"]) for fault in progress.faults}


def _fault_words(code: str) -> str:
    if code == NO_RIGHTS:
        return _("Your account may no longer take sheets in for this place.")
    return label(FileFault(code)) if code else ""


@blueprint.post("/imports/<uuid:import_id>/columns")
@requires(RegistryPermission.SHEET_IMPORT)
def map_import(import_id: UUID) -> ResponseReturnValue:
    """Read the sheet again with the columns that I named."""
    batch = get_batch(actor(), import_id)
    name_columns(batch, _named(progress_of(batch)), actor=actor())
    return redirect(url_for(".show_import", import_id=batch.id), 303)


def _named(progress: Progress) -> dict[str, dict[str, int | None]]:
    """Read the form: one field for each heading of each sheet, holding the name of a column or nothing."""
    found: dict[str, dict[str, int | None]] = {}
    for i, mapping in enumerate(progress.mappings):
        chosen = {request.form.get(f"heading-{i}-{index}", ""): index for index, _title in mapping.headings()}
        before: dict[str, int | None] = {place.name: None for place in mapping.places}
        found[mapping.sheet] = before | {name: index for name, index in chosen.items() if name}
    return found


@blueprint.post("/imports/<uuid:import_id>/start")
@requires(RegistryPermission.SHEET_IMPORT)
def begin_import(import_id: UUID) -> ResponseReturnValue:
    """Let the sheet in: as a whole, or its good rows."""
    batch = get_batch(actor(), import_id)
    try:
        start_import(batch, actor=actor(), only_good_rows=request.form.get("rows") == "good")
    except Refused as refusal:
        if refusal.code not in {"has_faults", "file_gone"}:
            raise
        return _page(batch, str(refusal.detail)), 409
    return redirect(url_for(".show_import", import_id=batch.id), 303)


@blueprint.post("/imports/<uuid:import_id>/cancel")
@requires(RegistryPermission.SHEET_IMPORT)
def stop_import(import_id: UUID) -> ResponseReturnValue:
    """Stop it and delete the file."""
    batch = get_batch(actor(), import_id)
    cancel_import(batch, actor=actor())
    flash(_("Stopped. The file was deleted."))
    return redirect(url_for(".imports"), 303)


@blueprint.get("/import-templates/<string:kind>")
@requires(RegistryPermission.SHEET_IMPORT)
def import_template(kind: str) -> ResponseReturnValue:
    """Give an empty sheet of this kind."""
    known = {code.value: code for code in known_kinds()}
    if kind not in known:
        raise NotFound
    code = known[kind]
    headers = {"Content-Disposition": f"attachment; filename={kind}.xlsx"}
    return Response(template(kind_of(code).layout(), label(code)), mimetype=XLSX, headers=headers)
