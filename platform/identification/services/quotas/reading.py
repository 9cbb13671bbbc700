"""A file becomes the lines of a run: every wrong cell named, every place there once, townships from the register."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.i18n import LazyString, _l
from identification.queries.quotas.places import QuotaPlace, closed_among, places_of
from identification.quotas.input_files import CellError, Read, WrongCells, read_table
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.quotas.tasks import Line

MAX_NAMED = 500


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a file says, ready to be computed, and the residents' committees that it leaves out."""

    lines: list[Line]
    left_out: list[QuotaPlace]


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, else the coding in which Excel saves Chinese CSV files; or raise WrongCells."""
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise WrongCells([CellError(0, "", _l("The file is no text. Save it as CSV."))])


def read_inputs(text: str, *, region_code: str, level: QuotaLevel, factors: Sequence[FactorCode] = ()) -> Inputs:
    """Return the lines of a run for a place; raises WrongCells with everything that stands against it."""
    read = read_table(level, text.splitlines(), factors=factors)
    expected = places_of(region_code, level)
    wrong = [*read.wrong, *misfits(read, expected, closed=closed_among)]
    if not read.lines and not wrong:
        wrong = [CellError(0, "", _l("The file has no lines."))]
    if wrong:
        raise WrongCells(sorted(wrong, key=lambda error: error.line)[:MAX_NAMED])
    return placed(read, expected)


def placed(read: Read, expected: Mapping[str, QuotaPlace]) -> Inputs:
    """Give the lines their townships."""
    there = {line.code for line in read.lines}
    left_out = [place for code, place in expected.items() if code not in there]
    return Inputs([_in_township(line, expected[line.code]) for line in read.lines], left_out)


def _in_township(line: Line, place: QuotaPlace) -> Line:
    if "township" not in line.inputs:
        return line
    return replace(line, inputs={**line.inputs, "township": place.above})


def misfits(
    read: Read, expected: Mapping[str, QuotaPlace], *, closed: Callable[[Iterable[str]], set[str]]
) -> list[CellError]:
    """Return the places that are not the register's: unknown, closed, of another level or place, or missing."""
    strange = {line.code: row for line, row in zip(read.lines, read.rows, strict=True) if line.code not in expected}
    strange.pop("", None)
    gone = closed(strange) if strange else set()
    there = {line.code for line in read.lines}
    found = [CellError(row, "code", _strange(code, gone)) for code, row in strange.items()]
    if not read.lines and read.wrong:
        return found
    missing = (place for code, place in expected.items() if code not in there and not place.may_be_left_out)
    return found + [
        CellError(0, "code", _l("%(name)s (%(code)s) is missing.", name=place.name, code=place.code))
        for place in missing
    ]


def _strange(code: str, gone: set[str]) -> LazyString:
    if code in gone:
        return _l("%(code)s was closed: the register has no such place any more.", code=code)
    return _l("%(code)s is no place that takes part here.", code=code)
