"""Taking places in by COPY: read, check as a whole, then add and change. Nothing is written unless all is right."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from core.errors import Refused
from core.i18n import _l
from regions import names
from regions.codes import RegionLevel, code_range, prefix
from regions.codes import kind as kind_of_code
from regions.services import staging
from regions.services.files import Row, read_rows

REFERENCE_DAY = date(2023, 6, 30)
BATCH = 5_000
MAX_ERRORS = 20
VILLAGE = RegionLevel.VILLAGE.value


@dataclass(frozen=True)
class RowError:
    """Why a row cannot be taken; `code` is for machines."""

    file: str
    line: int
    code: str
    region_code: str


class RegionsRefused(Refused):
    """The file cannot be taken as a whole; `errors` names the first rows in the way."""

    status = 422
    code = "regions_refused"
    detail = _l("The list of places has mistakes. Nothing was imported.")

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__()
        self.errors = errors


@dataclass
class ImportReport:
    """What an import did. `placeholders` repeat their parent; `elsewhere` have a parent that the code does not show."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    placeholders: int = 0
    elsewhere: int = 0
    levels: dict[str, int] = field(default_factory=dict)


def import_regions(
    source: Path,
    *,
    as_of: date = REFERENCE_DAY,
    close_within: str | None = None,
    on_progress: Callable[[int], None] = lambda _rows: None,
) -> ImportReport:
    """Take in a CSV (code, name, parent, level) or a folder of the national files, as of a day.

    A place whose name, parent or level differs gets a new version from that day; the old one is closed. The same file
    twice changes nothing. With `close_within` (a code or prefix) places there that the file lacks are closed.
    Raises RegionsRefused for bad rows, unknown parents, wrong levels, double codes, or older facts than those stored.
    """
    report = ImportReport()
    errors: list[RowError] = []
    staging.create()
    _stage(read_rows(source), report, errors, on_progress)
    errors += [RowError(*found) for found in staging.faults(as_of, limit=MAX_ERRORS)]
    if errors:
        raise RegionsRefused(errors[:MAX_ERRORS])
    report.changed = staging.supersede(as_of)
    report.added = staging.insert_new(as_of) - report.changed
    if report.added < report.rows - report.placeholders:
        report.changed += staging.correct(as_of)
    report.unchanged = report.rows - report.placeholders - report.added - report.changed
    if close_within is not None:
        report.closed = staging.close_missing(*code_range(close_within), as_of)
    if report.added < report.rows - report.placeholders or close_within is not None:
        staging.refresh_paths()
    return report


def _stage(
    rows: Iterator[Row], report: ImportReport, errors: list[RowError], on_progress: Callable[[int], None]
) -> None:
    with staging.copy() as write:
        while batch := list(islice(rows, BATCH)):
            write([_columns(row) for row in batch if row.fault is None and not row.is_placeholder])
            errors += [RowError(row.file, row.line, row.fault, row.code) for row in batch if row.fault]
            _count(batch, report)
            on_progress(len(batch))


def _count(batch: list[Row], report: ImportReport) -> None:
    report.rows += len(batch)
    for row in batch:
        if row.is_placeholder:
            report.placeholders += 1
        elif row.fault is None:
            report.levels[row.level] = report.levels.get(row.level, 0) + 1
            report.elsewhere += row.parent is not None and not row.code.startswith(_short(row.parent))


@lru_cache(maxsize=100_000)
def _short(parent: str) -> str:
    return prefix(parent)


def _columns(row: Row) -> staging.Columns:
    file, line, code, name, parent, level, _fault = row
    township = code[6:9]
    return (
        file,
        str(line),
        code,
        name,
        level,
        kind_of_segments(township, code[9:]) or kind_of_code(code).value,
        code[:6],
        names.pinyin_key(name, by_phrase=level != VILLAGE),
        names.grams(name),
        parent,
        None if township == "000" else code[:9] + "000",
    )


@cache
def kind_of_segments(township: str, village: str) -> str:
    """Return the kind of a place below counties by its last segments, "" for the others; there are few of them."""
    if township == "000":
        return ""
    return kind_of_code(f"110101{township}{village}").value
