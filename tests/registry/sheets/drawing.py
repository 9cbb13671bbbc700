"""What draws the awkward files: each is registered by its name and drawn anew for each run."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from donors.specimens import make_resident_id

HEAD = ("户编号", "户主姓名", "身份证号", "家庭人口")
VILLAGE, TOWNSHIP = "九利村", "同乐镇"
Rows = list[list[Any]]
Makers = dict[str, Callable[[Path], None]]
Drawn = Callable[[], Any]


def person(n: int) -> str:
    """Return an invented ID number that nobody else of these files has."""
    return make_resident_id(900_000 + n)


def row(n: int, **other: Any) -> list[Any]:
    values = {"no": f"S{n:04d}", "name": "韦某某", "id": person(n), "size": 3} | other
    return list(values.values())


def registering(makers: Makers) -> Callable[[str], Callable[[Drawn], None]]:
    """Return what registers a function that draws: rows of one sheet, sheets by name, or bytes."""

    def sheet(name: str) -> Callable[[Drawn], None]:
        def register(draw: Drawn) -> None:
            makers[name] = lambda path: _write(path, draw())

        return register

    return sheet


def _write(path: Path, drawn: Any) -> None:
    if isinstance(drawn, bytes):
        path.write_bytes(drawn)
        return
    sheets = drawn if isinstance(drawn, dict) else {"Sheet1": drawn}
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for i, cells in enumerate(rows):
                for j, cell in enumerate(cells):
                    _cell(page, i, j, cell, day)


def _cell(page: Any, i: int, j: int, cell: Any, day: Any) -> None:
    if isinstance(cell, date):
        page.write_datetime(i, j, cell, day)
    elif isinstance(cell, tuple):
        page.write_formula(i, j, *cell)
    elif cell is not None:
        page.write(i, j, cell)


def text(rows: Rows, *, mark: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join(mark.join(str(cell) for cell in cells) for cells in rows).encode(encoding)


def package(parts: dict[str, bytes | str], base: Rows | None = None) -> bytes:
    """Return an xlsx with parts added or replaced."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for i, cells in enumerate(base or [list(HEAD), row(1)]):
            for j, cell in enumerate(cells):
                page.write(i, j, cell)
    changed = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry.filename))
        for name, content in parts.items():
            new.writestr(name, content)
    return changed.getvalue()


def part(name: str) -> str:
    """Return a part of the plain file as text."""
    with zipfile.ZipFile(io.BytesIO(package({}))) as book:
        return book.read(name).decode()
