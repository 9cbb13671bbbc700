"""Taking a list out: for a purpose, in the reader's own scope, with a record that the file's number leads to.

Names, numbers and causes of single households stay inside: taking these out in bulk needs two persons (security.md 57),
and that is not offered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from core.clock import now
from core.db import db
from core.errors import NotValid
from core.i18n import _, _l, label
from core.policy import Actor, require
from core.spreadsheets.writing import Cell, table
from regions.codes import county_code, pad
from registry.choices import ExportPurpose, ListKind
from registry.models import SheetExport
from registry.policy import RegistryPermission, role_for
from registry.queries.listed import cells_of, list_of


@dataclass(frozen=True)
class Exported:
    """The file and the record that it was taken out."""

    export: SheetExport
    content: bytes

    @property
    def file_name(self) -> str:
        return f"{self.export.kind.value}-{str(self.export.id)[:8]}.xlsx"


def export_list(kind: ListKind, *, actor: Actor, place: str, purpose: ExportPurpose) -> Exported:
    """Write a list of the actor's own places as xlsx, and record who took it, why and how many rows."""
    export = SheetExport(
        id=uuid4(),
        region_code=pad(place),
        county_code=county_code(place),
        kind=kind,
        purpose=purpose,
        row_count=0,
        exported_by=actor.account_id,
    )
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.SHEET_EXPORT, export)
    note = _(
        "Export %(number)s, %(time)s, %(purpose)s. For official use; do not pass it on.",
        number=export.id,
        time=now().strftime("%Y-%m-%d %H:%M UTC"),
        purpose=label(purpose),
    )
    content = _written(export, note, actor=actor, place=place)
    if not export.row_count:
        raise NotValid({"place": [_l("There is nothing on file here yet.")]})
    db.session.add(export)
    return Exported(export, content)


def _written(export: SheetExport, note: str, *, actor: Actor, place: str) -> bytes:
    """Write the rows as they are fetched, and count them."""
    found = list_of(export.kind)
    require(actor, found.permission)

    def counted() -> Iterator[list[Cell]]:
        for cells in cells_of(found, actor, place):
            export.row_count += 1
            yield cells

    headings = [str(column.heading) for column in found.going_out]
    return table(label(export.kind), note, headings, counted())
