"""What a run has found so far, as it is kept beside its batch: counts, mistakes, rows that were refused.

A run that goes on after a kill takes it up again.
"""

import json
from enum import StrEnum
from typing import Any

from core.spreadsheets.reading import Cell
from core.spreadsheets.refusals import CellFault
from core.spreadsheets.tables import Fault, Row
from registry.choices import RowFault, RowResult
from registry.models import ImportProgress
from registry.services.importing.running import Outcome

SHOWN_ROWS = 100
SHOWN_CELL = 40
_CODES: dict[str, type[StrEnum]] = {"CellFault": CellFault, "RowFault": RowFault}


def save_batch(progress: ImportProgress, outcome: Outcome) -> None:
    """Keep what a run has found after one more batch; the mistakes only if there are new ones."""
    if progress.counts.get("faults") != outcome.fault_count:
        progress.found = _found(outcome)
    progress.counts = _counts(outcome)


def save_end(progress: ImportProgress, outcome: Outcome) -> None:
    """Keep what a run has found in all."""
    progress.mappings = [mapping.as_plain() for mapping in outcome.mappings]
    progress.total = progress.done = outcome.rows
    progress.counts, progress.found = _counts(outcome), _found(outcome)


def restore(progress: ImportProgress, outcome: Outcome) -> None:
    """Go on where a killed run has stopped; what only a check has found is left alone."""
    before = progress.counts
    if not before:
        return
    outcome.rows, outcome.refused, outcome.fault_count = before["rows"], before["refused"], before["faults"]
    outcome.results = {result: before[result.value] for result in RowResult if result.value in before}
    found = json.loads(progress.found or "{}")
    outcome.faults = [_fault(told) for told in found.get("faults", ())]
    outcome.bad_rows = [Row(row["sheet"], row["row"], {}, row["cells"], {}) for row in found.get("rows", ())]


def _counts(outcome: Outcome) -> dict[str, int]:
    counts = {"rows": outcome.rows, "refused": outcome.refused, "faults": outcome.fault_count}
    return counts | {result.value: number for result, number in outcome.results.items()}


def _found(outcome: Outcome) -> str:
    found = {
        "faults": [
            {"sheet": fault.sheet, "row": fault.row, "column": fault.column, "code": fault.code.value}
            | {"set": type(fault.code).__name__, "detail": fault.detail}
            for fault in outcome.faults
        ],
        "fault_count": outcome.fault_count,
        "rows": [_shown(row) for row in outcome.bad_rows[:SHOWN_ROWS]],
        "skipped": outcome.skipped_sheets,
    }
    return json.dumps(found, ensure_ascii=False)


def _fault(told: dict[str, Any]) -> Fault:
    code = _CODES[told["set"]](told["code"])
    return Fault(told["sheet"], told["row"], told["column"], code, told["detail"])


def _shown(row: Row) -> dict[str, Any]:
    return {"sheet": row.sheet, "row": row.number, "cells": [_cell(cell) for cell in row.cells]}


def _cell(cell: Cell) -> str:
    if isinstance(cell, dict):
        return str(next(iter(cell.values())))
    if isinstance(cell, float) and cell == int(cell):
        return f"{cell:.10g}"
    return "" if cell is None else str(cell)[:SHOWN_CELL]
