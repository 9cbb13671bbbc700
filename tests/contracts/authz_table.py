"""The table of who may do what (`authz_expected.csv`), read into cells: route, case, caller, answer."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.factories.world import INSIDE, OUTSIDE, ROLES

TABLE = Path(__file__).with_name("authz_expected.csv")
PLACES = (INSIDE, OUTSIDE)
OK = "ok"
Who = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    route: str
    case: str
    expected: dict[Who, str]

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.method, self.route, self.case) if part)

    @property
    def is_for_some(self) -> bool:
        """Whether a role decides: not everybody with an account gets the same answer."""
        return len({wanted for who, wanted in self.expected.items() if who[0] != "anonymous"}) > 1


def everybody() -> Iterator[Who]:
    yield ("anonymous", INSIDE)
    yield from ((str(role), place) for role in ROLES for place in PLACES)


GROUPS = {
    "offices": ("village_officer", "stationed_team", "township_officer", "county_officer"),
    "village_level": ("village_officer", "stationed_team"),
    "watchers": ("evaluator", "auditor"),
    "donors": ("donor_admin", "donor_member"),
    "*": tuple(str(role) for role in ROLES),
}
GROUPS["seers"] = (*GROUPS["offices"], "phone_operator", *GROUPS["watchers"])


def named(words: str) -> Iterator[Who]:
    """Read "township_officer donor_admin@outside *@both"."""
    for word in words.split():
        role, _, place = word.partition("@")
        for one in GROUPS.get(role, (role,)):
            assert one in GROUPS["*"], f"no such role: {one}"
            yield from ((one, where) for where in (PLACES if place == "both" else (place or INSIDE,)))


def read_row(line: dict[str, str]) -> Row:
    expected = dict.fromkeys(everybody(), line["otherwise"])
    for part in filter(None, (piece.strip() for piece in line["refused"].split(";"))):
        status, _, words = part.partition(":")
        expected |= dict.fromkeys(named(words), status.strip())
    expected |= dict.fromkeys(named(line["allowed"]), OK)
    expected["anonymous", INSIDE] = line["anonymous"]
    return Row(line["method"], line["route"], line["case"], expected)


with TABLE.open(encoding="utf-8") as lines:
    ROWS = [read_row(line) for line in csv.DictReader(lines)]


def is_as_expected(status: int, wanted: str) -> bool:
    """Return whether the answer is the one that the table names."""
    return 200 <= status < 400 if wanted == OK else status == int(wanted)
