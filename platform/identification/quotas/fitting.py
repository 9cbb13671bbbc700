"""Whether the places of a file are those of the register, and the townships that the register gives them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from core.i18n import LazyString, _l
from identification.quotas.input_files import CellError, Read
from identification.quotas.tasks import Line
from regions.codes import RegionKind

Closed = Callable[[Iterable[str]], set[str]]


class QuotaPlace(NamedTuple):
    """A place that takes part; `above` is its parent: the township of a village."""

    code: str
    name: str
    kind: str
    above: str

    @property
    def may_be_left_out(self) -> bool:
        """Residents' committees often have no registered rural population."""
        return self.kind == RegionKind.RESIDENTS_COMMITTEE


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a file says, ready to be computed, and the residents' committees that it leaves out."""

    lines: list[Line]
    left_out: list[QuotaPlace]


def placed(read: Read, expected: Mapping[str, QuotaPlace]) -> Inputs:
    """Give the lines their townships."""
    there = {line.code for line in read.lines}
    left_out = [place for code, place in expected.items() if code not in there]
    return Inputs([_in_township(line, expected[line.code]) for line in read.lines], left_out)


def _in_township(line: Line, place: QuotaPlace) -> Line:
    if "township" not in line.inputs:
        return line
    return line._replace(inputs={**line.inputs, "township": place.above})


def misfits(read: Read, expected: Mapping[str, QuotaPlace], *, closed: Closed) -> list[CellError]:
    """Return the places that are not the register's: unknown, closed, of another level or place, or missing."""
    strange = {line.code: row for line, row in zip(read.lines, read.rows, strict=True) if line.code not in expected}
    strange.pop("", None)
    found = named_strange(strange, closed)
    if not read.lines and read.wrong:
        return found
    there = {line.code for line in read.lines}
    missing = (place for code, place in expected.items() if code not in there and not place.may_be_left_out)
    return found + [
        CellError(0, "code", _l("%(name)s (%(code)s) is missing.", name=place.name, code=place.code))
        for place in missing
    ]


def named_strange(strange: Mapping[str, int], closed: Closed) -> list[CellError]:
    """Return what is wrong with codes that are not among the places, by their lines."""
    gone = closed(strange) if strange else set()
    return [CellError(row, "code", _strange(code, gone)) for code, row in strange.items()]


def _strange(code: str, gone: set[str]) -> LazyString:
    if code in gone:
        return _l("%(code)s was closed: the register has no such place any more.", code=code)
    return _l("%(code)s is no place that takes part here.", code=code)
