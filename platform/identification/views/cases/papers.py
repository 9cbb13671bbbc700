"""The papers and photographs of a case, for the offices that work on it."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.http import actor
from core.policy import require, requires
from identification.case_policy import CasePermission
from identification.queries.cases import get_case
from identification.queries.cases.file import files_of
from identification.services.cases.papers import open_file
from identification.views.cases.door import blueprint


@blueprint.get("/<uuid:case_id>/papers/<uuid:file_id>")
@requires(CasePermission.CASE_OFFICE)
def paper(case_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Return one paper; no browser keeps it."""
    case = get_case(actor(), case_id)
    require(actor(), CasePermission.CASE_OFFICE, case)
    if file_id not in files_of(case):
        raise NotFound
    stored, content = open_file(case, file_id)
    return Response(content, mimetype=stored.mime, headers={"Cache-Control": "no-store"})
