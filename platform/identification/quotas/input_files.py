"""Reading what a decomposition starts from: one CSV for each level, every wrong cell named by line and column."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from core.errors import Refused
from core.i18n import LazyString, _l
from identification.quotas.columns import ERROR_SUFFIX, OPTIONAL, columns, known_headings, normal
from identification.quotas.decomposition import USUAL_FLOAT
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.quotas.tasks import Line
from regions.codes import is_prefix, pad

_NUMBER = re.compile(r"\d{1,12}|\d{1,3}(,\d{3}){1,3}")
_DECIMAL = re.compile(r"(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,12})?%?")


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong in a cell; lines count from 1 with the heading, `line` 0 means the file as a whole."""

    line: int
    column: str
    message: str | LazyString


class WrongCells(Refused):
    """A file that cannot be computed; `wrong` holds every error."""

    status = 422
    code = "wrong_cells"

    def __init__(self, wrong: Sequence[CellError]) -> None:
        super().__init__(_l("The file has mistakes. Nothing was computed."))
        self.wrong = list(wrong)


@dataclass(frozen=True, slots=True)
class Read:
    """The lines of a file in its order, each with the number of its (first) row, and what is wrong."""

    lines: list[Line]
    rows: list[int]
    wrong: list[CellError]


@lru_cache(maxsize=200_000)
def _plain(found: str) -> str | None:
    """Return a decimal as text without signs that people add, or None; the same few come again and again."""
    if not _DECIMAL.fullmatch(found):
        return None
    plain = found.replace(",", "")
    return format(Decimal(plain[:-1]).scaleb(-2), "f") if plain.endswith("%") else plain


class _Row:
    """One row of the file by column, and where its mistakes go."""

    __slots__ = ("_cells", "_places", "number", "wrong")

    def __init__(self, number: int, cells: Sequence[str], places: dict[str, int], wrong: list[CellError]) -> None:
        self.number = number
        self.wrong = wrong
        self._cells = cells
        self._places = places

    def text(self, column: str) -> str:
        place = self._places.get(column, -1)
        found = self._cells[place] if 0 <= place < len(self._cells) else ""
        return found.strip() if found.isascii() else unicodedata.normalize("NFKC", found).strip()

    def refuse(self, column: str, message: str | LazyString) -> None:
        self.wrong.append(CellError(self.number, column, message))

    def code(self) -> str:
        """Return the 12-digit code, or "" with a remark."""
        found = self.text("code")
        if is_prefix(found):
            return pad(found)
        self.refuse("code", _l("“%(found)s” is no region code.", found=found))
        return ""

    def whole(self, column: str) -> int:
        found = self.text(column)
        if not _NUMBER.fullmatch(found):
            self.refuse(column, _l("“%(found)s” is no whole number.", found=found))
            return 0
        return int(found.replace(",", ""))

    def decimal(self, column: str, *, usual: str = "") -> str:
        """Return a decimal as text; a percentage becomes a part of 1."""
        found = self.text(column) or usual
        plain = _plain(found)
        if plain is None:
            self.refuse(column, _l("“%(found)s” is no decimal number.", found=found))
            return "0"
        return plain

    def rate(self, column: str, *, usual: str = "") -> str:
        found = self.decimal(column, usual=usual)
        if Fraction(found) > 1:
            self.refuse(column, _l("%(found)s is more than 1: write a part such as 0.182, or 18.2%%.", found=found))
        return found


def read_table(level: QuotaLevel, lines: Iterable[str], *, factors: Sequence[FactorCode] = ()) -> Read:
    """Return what a file says, with every wrong cell. Other columns are left alone, empty lines too."""
    reader = csv.reader(lines)
    places = heading(level, next(reader, []), factors)
    missing = [name for name in columns(level, factors) if name not in places and not is_optional(name)]
    if missing:
        return Read([], [], [CellError(1, column, _l("The column is missing.")) for column in missing])
    return read_rows(level, ((reader.line_num, cells) for cells in reader), places, factors)


def heading(level: QuotaLevel, cells: Sequence[str], factors: Sequence[FactorCode]) -> dict[str, int]:
    """Return where each column stands; a heading may be the column's code or its word in either language."""
    known = known_headings(level, factors)
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = known.get(normal(cell))
        if name is not None:
            found.setdefault(name, place)
    return found


def is_optional(column: str) -> bool:
    return column in OPTIONAL or column.endswith(ERROR_SUFFIX)


def read_rows(
    level: QuotaLevel,
    rows: Iterable[tuple[int, Sequence[str]]],
    places: dict[str, int],
    factors: Sequence[FactorCode],
) -> Read:
    """Return what the rows say; each comes with its number in the file."""
    wrong: list[CellError] = []
    made = (_Row(number, cells, places, wrong) for number, cells in rows if any(map(str.strip, cells)))
    found, numbers = _READ[level](made, [factor.value for factor in factors])
    return Read(found, numbers, wrong)


_Values = tuple[int, dict[str, Any]]
_Reader = Callable[[Iterable[_Row], Sequence[str]], tuple[list[Line], list[int]]]


def _each(read: Callable[[_Row, Sequence[str]], _Values]) -> _Reader:
    def reader(rows: Iterable[_Row], factors: Sequence[str]) -> tuple[list[Line], list[int]]:
        seen: set[str] = set()
        found: list[Line] = []
        numbers: list[int] = []
        for row in rows:
            code = row.code()
            if code in seen:
                row.refuse("code", _l("%(code)s stands in the file a second time.", code=code))
            if code:
                seen.add(code)
            found.append(Line(code, *read(row, factors)))
            numbers.append(row.number)
        return found, numbers

    return reader


def _province(row: _Row, factors: Sequence[str]) -> _Values:
    top, approval = row.rate("float", usual="0.1"), row.text("approval_ref")
    if Fraction(top) > USUAL_FLOAT and not approval:
        row.refuse("approval_ref", _l("A float above 10% needs the number of its approval."))
    published, statistic = row.whole("published"), row.whole("statistic")
    return 0, {"published": published, "statistic": statistic, "float": top, "approval_ref": approval}


def _county(row: _Row, factors: Sequence[str]) -> _Values:
    return row.whole("population"), {"incidence": row.rate("incidence")}


def _village(row: _Row, factors: Sequence[str]) -> _Values:
    households, sampled = row.whole("households"), row.whole("sampled")
    if sampled > households:
        row.refuse(
            "sampled",
            _l(
                "More households were sampled (%(sampled)s) than there are (%(households)s).",
                sampled=sampled,
                households=households,
            ),
        )
    measured = {code: [row.decimal(code), row.decimal(code + ERROR_SUFFIX, usual="0")] for code in factors}
    return row.whole("population"), {
        "township": "",
        "households": households,
        "sampled": sampled,
        "factors": measured,
    }


def _households(rows: Iterable[_Row], factors: Sequence[str]) -> tuple[list[Line], list[int]]:
    """A row is a visited household; a village where nobody was visited has one row without points, of 0 persons."""
    found: dict[str, list[list[int]]] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        code = row.code()
        scores = found.setdefault(code, [])
        numbers.setdefault(code, row.number)
        if row.text("points") or row.text("persons") not in ("", "0"):
            scores.append([row.whole("points"), row.whole("persons")])
    lines = [
        Line(code, sum(persons for _points, persons in scores), {"township": "", "scores": sorted(scores)})
        for code, scores in found.items()
    ]
    return lines, list(numbers.values())


_READ: dict[QuotaLevel, _Reader] = {
    QuotaLevel.PROVINCES: _each(_province),
    QuotaLevel.COUNTIES: _each(_county),
    QuotaLevel.VILLAGES: _each(_village),
    QuotaLevel.VILLAGES_BY_SCORE: _households,
}
