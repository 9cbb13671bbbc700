"""One import from file to result: every row read and checked, then written as a whole, or the good rows alone."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from core.spreadsheets.headings import Mapping
from core.spreadsheets.tables import Fault, Row, Table, opened_rows
from registry.choices import RowFault, RowResult
from registry.services.importing.kinds import Kind, Ordered

KEPT_FAULTS = 2_000


class Mode(StrEnum):
    """How far an import goes."""

    CHECK = "check"
    WHOLE = "whole"
    GOOD_ROWS = "good_rows"


@dataclass
class Outcome:
    """What became of the rows. `faults` holds the first ones, `fault_count` all."""

    rows: int = 0
    refused: int = 0
    results: dict[RowResult, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    bad_rows: list[Row] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    skipped_sheets: list[str] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return self.results.get(RowResult.UNCHANGED, 0)

    @property
    def accepted(self) -> int:
        """Rows that were, or would be, written."""
        return sum(self.results.values()) - self.unchanged

    def count(self, rows: list[Row], results: list[RowResult]) -> None:
        self.rows += len(rows)
        for result in results:
            self.results[result] = self.results.get(result, 0) + 1
        for row in rows:
            if row.faults:
                self.refused += 1
                self.add([fault for fault in row.faults if fault.code is not RowFault.MISSING_COLUMN])
                if len(self.bad_rows) < KEPT_FAULTS // 10:
                    self.bad_rows.append(row)

    def add(self, faults: list[Fault]) -> None:
        self.fault_count += len(faults)
        self.faults += faults[: KEPT_FAULTS - len(self.faults)]


class Run:
    """One import on its way: the caller walks over `batches` and takes each in a transaction of his choice."""

    def __init__(self, table: Table, kind: Kind, ordered: Ordered, mode: Mode) -> None:
        self._table = table
        self._layout = kind.layout()
        self._taker = kind.taker(ordered)
        self._mode = mode
        self._lacking: dict[str, list[Fault]] = {}
        self._known: set[str] = set()
        self.outcome = Outcome()

    def batches(self) -> Iterator[list[Row]]:
        """Yield the rows of the file; raises SheetRefused."""
        yield from self._table.batches()
        self.outcome.mappings, self.outcome.skipped_sheets = self._table.mappings, self._table.skipped

    def take(self, rows: list[Row]) -> None:
        """Take the rows in and count what became of them."""
        mapping = self._table.mappings[-1]
        lacking = self._missing(mapping)
        if mapping.sheet not in self._known:
            self.outcome.add(lacking)
        self._known.add(mapping.sheet)
        for row in rows if lacking else []:
            row.faults = lacking[:1]
        results = [] if lacking else self._taker.take(rows, write=self._writes())
        self.outcome.count(rows, results)

    def remember(self, rows: list[Row]) -> None:
        """Keep rows in mind that an earlier run has taken and counted."""
        mapping = self._table.mappings[-1]
        self._known.add(mapping.sheet)
        if not self._missing(mapping):
            self._taker.remember(rows)

    def _writes(self) -> bool:
        """A whole import stops writing at the first fault; it goes on checking, so that all are told at once."""
        return self._mode is Mode.GOOD_ROWS or (self._mode is Mode.WHOLE and not self.outcome.fault_count)

    def _missing(self, mapping: Mapping) -> list[Fault]:
        """Return a fault for each column that the sheet must have and has not."""
        if mapping.sheet not in self._lacking:
            there = {place.name for place in mapping.places}
            self._lacking[mapping.sheet] = [
                Fault(mapping.sheet, mapping.last_heading_row, str(column.heading), RowFault.MISSING_COLUMN)
                for column in self._layout.columns
                if column.required and column.name not in there
            ]
        return self._lacking[mapping.sheet]


@contextmanager
def opened_run(
    path: Path, kind: Kind, ordered: Ordered, *, mode: Mode, mappings: Sequence[Mapping] = ()
) -> Iterator[Run]:
    """Open a file for an import; `mappings` are those that a person has confirmed."""
    with opened_rows(path, kind.layout(), mappings) as table:
        yield Run(table, kind, ordered, mode)


def run_import(
    path: Path,
    kind: Kind,
    ordered: Ordered,
    *,
    mode: Mode,
    mappings: Sequence[Mapping] = (),
    on_progress: Callable[[int], object] = lambda _rows: None,
) -> Outcome:
    """Import in the caller's transaction; who wants a whole import rolls it back if there were faults."""
    with opened_run(path, kind, ordered, mode=mode, mappings=mappings) as run:
        for rows in run.batches():
            run.take(rows)
            on_progress(len(rows))
        return run.outcome
