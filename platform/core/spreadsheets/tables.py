"""A file as rows of values: sheets, headings and cells read by a layout; every fault in its cell."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.i18n import label
from core.spreadsheets.cells import tens_of_thousands
from core.spreadsheets.columns import Column, Layout, load_words
from core.spreadsheets.headings import LOOK_AT, Mapping, recognise
from core.spreadsheets.reading import Cell, Chunk, opened_table
from core.spreadsheets.refusals import CellFault, CellRefused, FileFault, SheetRefused

MAX_ROWS = 120_000
_END = tuple(load_words(Path(__file__).with_name("endings.json"))["last_rows"])


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, or in a row (then `column` is empty)."""

    sheet: str
    row: int
    column: str
    code: StrEnum
    detail: str = ""

    @property
    def message(self) -> str:
        return self.detail or label(self.code)

    def as_plain(self) -> dict[str, Any]:
        """Return it for machines, with the sentence in the caller's language."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code.value,
            "message": self.message,
        }


@dataclass
class Row:
    """One row: its values by column name, its cells as they were, and its faults."""

    sheet: str
    number: int
    values: dict[str, Any]
    cells: list[Cell]
    titles: dict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, column: str, code: StrEnum, detail: str = "") -> None:
        """Say what is wrong in a column of this row, by its code or in words of the rule itself."""
        self.faults.append(Fault(self.sheet, self.number, self.titles.get(column, column), code, detail))


Part = tuple[str, int, Callable[[Cell], Any], bool]


class Table:
    """The rows of a file that hold something, read by a layout. `mappings` fill up as sheets begin."""

    def __init__(self, chunks: Iterator[Chunk], layout: Layout, given: Sequence[Mapping] = ()) -> None:
        self._chunks = chunks
        self._layout = layout
        self._given = {mapping.sheet: mapping for mapping in given}
        self.mappings: list[Mapping] = []
        self.skipped: list[str] = []
        self._held: list[tuple[int, list[Cell]]] = []
        self._count = 0

    def batches(self) -> Iterator[list[Row]]:
        """Yield the rows chunk by chunk; raises SheetRefused when no sheet has headings, or for too many rows."""
        sheet: str | None = None
        mapping: Mapping | None = None
        for chunk in self._chunks:
            if chunk.sheet != sheet:
                sheet = chunk.sheet
                mapping = self._begin(chunk)
            if mapping is not None:
                rows = list(self._read(chunk, mapping))
                self._count += len(rows)
                if self._count > MAX_ROWS:
                    raise SheetRefused(FileFault.TOO_MANY_ROWS)
                yield rows
        if not self.mappings:
            raise SheetRefused(FileFault.EMPTY if sheet is None else FileFault.NO_HEADINGS)

    def _begin(self, chunk: Chunk) -> Mapping | None:
        found = (
            self._given.get(chunk.sheet)
            if self._given
            else recognise(chunk.sheet, chunk.rows[: LOOK_AT + 3], self._layout)
        )
        if found is None:
            self.skipped.append(chunk.sheet)
            return None
        self.mappings.append(found)
        return found

    def _read(self, chunk: Chunk, mapping: Mapping) -> Iterator[Row]:
        columns = {column.name: column for column in self._layout.columns}
        parts = [_part(columns[place.name], place.index, place.in_ten_thousands) for place in mapping.places]
        titles = {place.name: place.heading for place in mapping.places}
        for number, cells in chunk.rows:
            if number > mapping.last_heading_row:
                row = Row(chunk.sheet, number, {}, cells, titles)
                _fill(row, parts)
                if not _is_ending(row):
                    yield row


def _part(column: Column, index: int, in_ten_thousands: bool) -> Part:
    reader = tens_of_thousands(column.read) if in_ten_thousands else column.read
    return column.name, index, reader, column.required


def _fill(row: Row, parts: list[Part]) -> None:
    cells, values, width = row.cells, row.values, len(row.cells)
    for name, index, reader, required in parts:
        cell = cells[index] if index < width else None
        if cell is None and not required:
            values[name] = None
            continue
        try:
            value = values[name] = reader(cell)
        except CellRefused as refusal:
            row.refuse(name, refusal.fault)
            continue
        if required and (value is None or value == ""):
            row.refuse(name, CellFault.MISSING)


def _is_ending(row: Row) -> bool:
    """Sums, signatures and notes stand below a table: they begin with such a word and hold little else."""
    if not row.faults:
        return False
    first = next((cell for cell in row.cells if cell not in (None, "")), None)
    return isinstance(first, str) and first.replace(" ", "").replace("\u3000", "").startswith(_END)


@contextmanager
def opened_rows(path: Path, layout: Layout, given: Sequence[Mapping] = ()) -> Iterator[Table]:
    """Open a file as a table of a layout; `given` are mappings that a person has confirmed."""
    with opened_table(path) as chunks:
        yield Table(chunks, layout, given)
