"""Small sheets for tests of imports."""

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM, Actor
from donors.specimens import make_resident_id
from registry.choices import ExportPurpose, ImportPurpose, ListKind, SheetKind
from registry.models import ImportProgress
from registry.services.exporting import export_list
from registry.services.importing import Mode, Ordered, Outcome, kind_of, run_import
from registry.services.importing.batches import hand_in
from tests.factories.people import VILLAGE, acting

HEAD = ["户编号", "户主姓名", "身份证号", "家庭人口", "联系电话", "主要致贫原因", "住址", "脱贫属性"]


def resident(n: int) -> str:
    """Return an invented ID number that other factories do not use."""
    return make_resident_id(800_000 + n)


def household_row(n: int, **other: Any) -> list[Any]:
    values = {"no": f"X{n:04d}", "name": "韦某某", "id": resident(n), "size": 3, "phone": "13900000001"}
    return list((values | {"cause": "因病", "address": "福田屯1号", "status": "未脱贫"} | other).values())


def write_sheet(path: Path, rows: list[list[Any]]) -> Path:
    """Write rows to an xlsx; return its path."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for i, cells in enumerate(rows):
            for j, cell in enumerate(cells):
                page.write(i, j, cell)
    return path


def rows_of(content: bytes) -> list[list[Any]]:
    """Return the cells of the first sheet of an xlsx."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def formulas_in(content: bytes) -> list[str]:
    """Return the parts of an xlsx that hold a formula, or a link that a text has become."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist() if name.startswith("xl/")}
    return [name for name, part in parts.items() if b"<f>" in part or b"<f " in part or b"<hyperlink" in part]


def take(
    path: Path,
    kind: SheetKind = SheetKind.HOUSEHOLDS,
    *,
    mode: Mode = Mode.WHOLE,
    actor: Actor = SYSTEM,
    place: str = VILLAGE,
    year: int | None = None,
) -> Outcome:
    """Import a sheet in one transaction; a whole import with faults is rolled back."""
    with unit_of_work(actor):
        outcome = run_import(path, kind_of(kind), Ordered(actor, place, today(), year=year), mode=mode)
        if mode is Mode.CHECK or (mode is Mode.WHOLE and outcome.fault_count):
            db.abandon()
    return outcome


def add_sheets(world: Any, village: str) -> None:
    """Let the village officer hand a sheet in and take a list out."""
    with TemporaryDirectory() as folder:
        content = write_sheet(Path(folder) / "sheet.xlsx", [HEAD, household_row(7000)]).read_bytes()
    with acting(world.account(Role.VILLAGE_OFFICER)) as actor:
        batch = hand_in(
            content,
            actor=actor,
            kind=SheetKind.HOUSEHOLDS,
            place=village,
            purpose=ImportPurpose.CORRECTION,
            file_name="canary-sheet.xlsx",
        )
        db.session.get_one(ImportProgress, batch.id).found = "{}"
        world.ids["import"] = batch.id
        export_list(ListKind.HOUSEHOLDS, actor=actor, place=village, purpose=ExportPurpose.MEETING)
