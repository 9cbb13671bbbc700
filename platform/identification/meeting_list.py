"""The list of those entitled to vote as it is typed: one person a line, with the household's number if known."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import NotValid
from core.i18n import LazyString, _l

MOST, LONGEST_NAME, LONGEST_NUMBER = 3000, 50, 40
_BETWEEN = re.compile(r"[\s,;\uff0c\u3001\uff1b]+")


@dataclass(frozen=True)
class Named:
    """One person of the list."""

    name: str
    household_no: str = ""


def read_list(text: str, known: frozenset[str]) -> list[Named]:
    """Return the persons of a typed list; raise NotValid with the number of each line that is wrong.

    `known` are the numbers of the village's households. Two persons of one name need different households.
    """
    faults: list[str | LazyString] = []
    found: dict[Named, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        named = _read(line)
        if named is None:
            continue
        fault = _fault(named, number, found, known)
        if fault is not None:
            faults.append(fault)
        found.setdefault(named, number)
    if not found:
        faults.append(_l("Write at least one name."))
    if len(found) > MOST:
        faults.append(_l("A list holds at most %(most)s persons.", most=MOST))
    if faults:
        raise NotValid({"names": faults})
    return list(found)


def write_list(lines: Iterable[tuple[str, str]]) -> str:
    """Return a list as it is typed."""
    return "\n".join(" ".join(filter(None, line)) for line in lines)


def _read(line: str) -> Named | None:
    parts = [part for part in _BETWEEN.split(line.strip()) if part]
    if not parts:
        return None
    last = unicodedata.normalize("NFKC", parts[-1])
    if len(parts) > 1 and any(character.isdigit() for character in last):
        return Named(" ".join(parts[:-1]), last)
    return Named(" ".join(parts))


def _fault(named: Named, number: int, found: dict[Named, int], known: frozenset[str]) -> LazyString | None:
    if len(named.name) > LONGEST_NAME or len(named.household_no) > LONGEST_NUMBER:
        return _l("Line %(line)s is longer than a name and a number.", line=number)
    if any(character.isdigit() for character in named.name):
        return _l("Line %(line)s: write the name first, then the number of the household.", line=number)
    if named.household_no and named.household_no not in known:
        return _l(
            "Line %(line)s: no household with the number %(number)s is on file here.",
            line=number,
            number=named.household_no,
        )
    if named in found:
        return _l(
            "Lines %(first)s and %(line)s are the same. Two persons of one name need their households' numbers.",
            first=found[named],
            line=number,
        )
    return None
