"""Tables out: templates that the importer understands again, and lists in which no cell can become a formula.

Texts are written as texts, never parsed; only numbers are typed as numbers (security.md 49).
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from core.i18n import _, label
from core.spreadsheets.columns import Column, Layout

READY_ROWS = 2000
HEADER = {"bold": True, "bg_color": "#E8EEF0", "border": 1, "text_wrap": True, "valign": "vcenter"}
NEEDED = {**HEADER, "bg_color": "#F6E3C5"}
SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
Cell = str | int | float | None


def template(layout: Layout, title: str) -> bytes:
    """Return an empty sheet of this layout: text columns, pick lists, and a page that explains each column."""
    whole = BytesIO()
    with xlsxwriter.Workbook(whole, SETTINGS) as book:
        page, words = book.add_worksheet(title[:31]), book.add_worksheet(_("How to fill it in"))
        lists = book.add_worksheet("lists")
        lists.hide()
        formats = {"text": book.add_format({"num_format": "@"}), "figure": book.add_format({"num_format": "0.##"})}
        looks = {True: book.add_format(NEEDED), False: book.add_format(HEADER)}
        page.freeze_panes(1, 0)
        for place, column in enumerate(layout.columns):
            heading = str(column.heading)
            page.set_column(place, place, max(12, 2 * len(heading)), formats["figure" if column.figure else "text"])
            page.write_string(0, place, heading, looks[column.required])
            _pick_list(page, lists, place, column)
        _explain(words, layout, looks[False])
    return whole.getvalue()


def allowed_words(column: Column) -> list[str]:
    """Return the words of a column's pick list."""
    if column.yes_no:
        return [_("yes"), _("no")]
    return [label(member) for member in column.options] if column.options else []


def _pick_list(page: Any, lists: Any, place: int, column: Column) -> None:
    found = allowed_words(column)
    for i, word in enumerate(found):
        lists.write_string(i, place, word)
    if found:
        letters = xlsxwriter.utility.xl_col_to_name(place)
        source = f"=lists!${letters}$1:${letters}${len(found)}"
        page.data_validation(
            1, place, READY_ROWS, place, {"validate": "list", "source": source, "error_type": "warning"}
        )


def _explain(page: Any, layout: Layout, look: Any) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 12)
    page.set_column(2, 2, 90)
    for place, heading in enumerate((_("Column"), _("Must it be filled in?"), _("What may stand there"))):
        page.write_string(0, place, heading, look)
    for i, column in enumerate(layout.columns, 1):
        page.write_string(i, 0, str(column.heading))
        page.write_string(i, 1, _("yes") if column.required else "")
        page.write_string(i, 2, str(column.hint) or _hint(column))
    last = len(layout.columns) + 2
    page.write_string(
        last, 0, _("Set columns with ID numbers to Text before you paste: figures lose their last digits.")
    )
    page.write_string(last + 1, 0, _("What nobody has asked stays empty. It is not the same as no."))


def _hint(column: Column) -> str:
    words = allowed_words(column)
    if words:
        return _("one of: %(words)s", words=" · ".join(words))
    return _("a number") if column.figure else _("text")


def table(title: str, note: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a list as xlsx: title, a note that says whose export it is, headings, rows."""
    whole = BytesIO()
    with xlsxwriter.Workbook(whole, SETTINGS) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        page.write_string(1, 0, note)
        page.set_footer(f"&L{note.replace('&', '&&')[:200]}&R&P / &N")
        look, plain = book.add_format(HEADER), book.add_format({"num_format": "@"})
        for place, heading in enumerate(headings):
            page.set_column(place, place, max(12, 2 * len(heading)))
            page.write_string(2, place, heading, look)
        for i, cells in enumerate(rows, 3):
            for place, cell in enumerate(cells):
                _write(page, i, place, cell, plain)
        page.freeze_panes(3, 0)
    return whole.getvalue()


def _write(page: Any, i: int, place: int, cell: Cell, plain: Any) -> None:
    if isinstance(cell, str):
        page.write_string(i, place, cell, plain)
    elif cell is not None:
        page.write_number(i, place, cell)
