"""Reading `code,weight,cap` for `jiedui quotas split` (contracts.md), every wrong line named."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.errors import Refused
from identification.quotas.apportionment import Share

COLUMNS = ("code", "weight", "cap")
_WEIGHT = re.compile(r"\d+(\.\d+)?(/\d+)?|\.\d+")
_CAP = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong in a line, counted from 1 with the heading."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.message}"


class WrongFile(Refused):
    """A file that cannot be split; `wrong` holds every error."""

    def __init__(self, wrong: list[LineError]) -> None:
        super().__init__("\n".join(map(str, wrong)), code="wrong_file")
        self.wrong = wrong


def read_shares(lines: Iterable[str]) -> list[Share]:
    """Return the shares of a CSV, in its order, or raise WrongFile. Other columns are left alone."""
    reader = csv.DictReader(lines, restval="")
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise WrongFile([LineError(1, column, "the column is missing") for column in missing])
    shares: list[Share] = []
    wrong: list[LineError] = []
    seen: set[str] = set()
    for row in reader:
        values = {column: (row[column] or "").strip() for column in COLUMNS}
        found = list(_errors(reader.line_num, values, seen))
        seen.add(values["code"])
        wrong += found
        if not found:
            shares.append(_share(**values))
    if wrong:
        raise WrongFile(wrong)
    return shares


def _errors(line: int, values: dict[str, str], seen: set[str]) -> Iterator[LineError]:
    if not values["code"]:
        yield LineError(line, "code", "a code is needed")
    elif values["code"] in seen:
        yield LineError(line, "code", f"{values['code']} comes a second time")
    if not _WEIGHT.fullmatch(values["weight"]) or _divides_by_zero(values["weight"]):
        yield LineError(line, "weight", f"{values['weight'] or 'nothing'} is no decimal and no fraction such as 2/3")
    if values["cap"] and not _CAP.fullmatch(values["cap"]):
        yield LineError(line, "cap", f"{values['cap']} is no whole number of persons")


def _divides_by_zero(weight: str) -> bool:
    return "/" in weight and not int(weight.partition("/")[2])


def _share(code: str, weight: str, cap: str) -> Share:
    above, _, below = weight.partition("/")
    most = int(cap) if cap else None
    return Share(code, Fraction(above) / Fraction(below or 1), most, 1 if most is None else most)
