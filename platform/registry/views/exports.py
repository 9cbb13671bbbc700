"""Lists taken out of the registers, each for a purpose and with its record."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.policy import requires
from registry.choices import ExportPurpose, ListKind
from registry.forms.imports import ExportForm
from registry.policy import RegistryPermission
from registry.queries.listed import lists_for
from registry.services.exporting import export_list
from registry.views.door import blueprint
from registry.views.imports import XLSX
from registry.views.places import places_below


@blueprint.get("/exports")
@requires(RegistryPermission.SHEET_EXPORT)
def new_export() -> ResponseReturnValue:
    """Show the form, with the list chosen from which the reader comes."""
    return _form(ExportForm.read_query(), 200)


@blueprint.post("/exports")
@requires(RegistryPermission.SHEET_EXPORT)
def create_export() -> ResponseReturnValue:
    """Give the list as a file; who took it and why is recorded."""
    form = ExportForm.read()
    form.offer(lists_for(actor()), places_below(actor()))
    if not form.validate():
        return _form(form, 422)
    kind, purpose = ListKind(form.kind.data), ExportPurpose(form.purpose.data)
    try:
        found = export_list(kind, actor=actor(), place=form.place.data, purpose=purpose)
    except NotValid as refusal:
        form.refuse(refusal)
        return _form(form, 422)
    headers = {"Content-Disposition": f"attachment; filename={found.file_name}", "Cache-Control": "no-store"}
    return Response(found.content, mimetype=XLSX, headers=headers)


def _form(form: ExportForm, status: int) -> ResponseReturnValue:
    form.offer(lists_for(actor()), places_below(actor()))
    return render_template("registry/new_export.html", form=form), status
