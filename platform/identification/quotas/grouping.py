"""The lines of one large file under the places whose numbers they share; each line is read once and stays text."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.i18n import _l
from identification.quotas.columns import columns
from identification.quotas.fitting import QuotaPlace
from identification.quotas.input_files import CellError, WrongCells, heading, is_optional
from identification.quotas.levels import FactorCode, QuotaLevel
from regions.codes import LENGTH, is_prefix, pad

Owners = Mapping[str, Sequence[QuotaPlace]]


@dataclass(slots=True)
class Group:
    """The lines of one upper place, with their numbers in the file."""

    numbers: list[int] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A file by upper places, where its columns stand, and the codes that belong nowhere with their lines."""

    heading: dict[str, int]
    groups: dict[str, Group]
    strange: dict[str, int]


def grouped(path: Path, level: QuotaLevel, factors: Sequence[FactorCode], owners: Owners) -> Grouped:
    """Return the lines of a CSV by the places that own them; raises WrongCells if a column is missing."""
    owner_of = {place.code: owner for owner, places in owners.items() for place in places}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        first = next(csv.reader([next(lines, "")]), [])
        found = heading(level, first, factors)
        missing = [name for name in columns(level, factors) if name not in found and not is_optional(name)]
        if missing:
            raise WrongCells([CellError(1, name, _l("The column is missing.")) for name in missing])
        groups, strange = _sorted(lines, found["code"], owner_of)
    return Grouped(found, groups, strange)


def _sorted(lines: Iterable[str], at: int, owner_of: Mapping[str, str]) -> tuple[dict[str, Group], dict[str, int]]:
    groups: dict[str, Group] = {}
    strange: dict[str, int] = {}
    for number, line in enumerate(lines, start=2):
        code = _code_of(line, at)
        owner = owner_of.get(code)
        if owner is not None:
            group = groups.get(owner) or groups.setdefault(owner, Group())
            group.numbers.append(number)
            group.rows.append(line)
        elif line.strip(", \r\n"):
            strange.setdefault(code, number)
    return groups, strange


def _code_of(line: str, at: int) -> str:
    cells = next(csv.reader([line]), []) if '"' in line else line.split(",", at + 1)
    text = cells[at].strip() if len(cells) > at else ""
    return pad(text) if len(text) < LENGTH and is_prefix(text) else text
