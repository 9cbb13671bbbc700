"""Each role × each personal field: who meets it on any page or in any answer that the table of routes lets him read.

`fields_expected.csv` says who may (security.md 5), `own` meaning his own account; for the sensitive class also where.
A word in every personal column, with its place or its owner behind it, tells what was met and whose it was.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from core.db import db
from core.privacy import field_of
from tests.contracts.authz_stage import ask
from tests.contracts.authz_table import OK, ROWS, Row, Who, named
from tests.factories.canaries import MARK, canary_of, personal_columns, plant
from tests.factories.world import COUNTY, OFFICES, Caller, World
from tests.plugins.server import on_server
from tests.plugins.web import make_app
from tests.plugins.worlds import Source

REVEALS = {"/desk/households/<uuid:household_id>/reveal", "/desk/households/<uuid:household_id>/dossier"}
OWN = "own"
with Path(__file__).with_name("fields_expected.csv").open(encoding="utf-8") as lines:
    EXPECTED = {line["field"]: line for line in csv.DictReader(lines)}
FOUND = re.compile(rf"({MARK}-[a-z]+-[a-z]+)(?:\.([0-9a-f-]+))?")


@dataclass(frozen=True)
class Sight:
    """A personal field that a role met: where, and whose it was (an account, a place, or nothing known)."""

    field: str
    role: str
    place: str
    route: str
    whose: str


def read_rows() -> Iterator[tuple[Row, Who]]:
    """Every cell that reads and is let in; showing a name for a purpose is the one reading by POST."""
    for row in ROWS:
        if row.method == "GET" or row.route in REVEALS:
            yield from ((row, who) for who, wanted in row.expected.items() if wanted == OK)


@pytest.fixture(scope="module")
def sights(world_source: Source) -> set[Sight]:
    """Everything that everybody meets; gathered once, in a copy of the world that is thrown away at once."""
    name = f"{world_source.address.database}_fields"
    world_source.copy(name)
    plant()
    db.dispose()
    found = set(gathered(make_app(), world_source.world))
    db.dispose()
    on_server(f'DROP DATABASE "{name}" WITH (FORCE)')
    return found


def gathered(app: Flask, world: World) -> Iterator[Sight]:
    fields = {canary_of(column): str(column) for column in personal_columns()}
    for number, (row, who) in enumerate(read_rows()):
        caller = world.people.get(who)
        answer = ask(app, world, row, caller, number=number)
        text = f"{answer.headers}\n{answer.get_data().decode(errors='replace')}"
        answer.close()
        for word, whose in FOUND.findall(text):
            yield Sight(fields[word], *who, row.route, _owner(whose, caller))


def _owner(whose: str, caller: Caller | None) -> str:
    return OWN if caller is not None and whose == str(caller.account_id) else whose


def reaches(sight: Sight) -> bool:
    """Return whether the place that stands behind a word belongs to who met it."""
    code = dict(zip(("inside", "outside"), OFFICES.get(sight.role, (COUNTY, COUNTY)), strict=True))[sight.place]  # type: ignore[call-overload]  # a role is a text
    return not sight.whose.isdecimal() or sight.whose.startswith(code)


def test_each_role_meets_exactly_the_fields_that_it_may(sights: set[Sight]) -> None:
    met: dict[str, set[str]] = defaultdict(set)
    for sight in sights:
        met[sight.field].add(OWN if sight.whose == OWN else sight.role)
    wanted = {field: _roles(line["seen_by"]) for field, line in EXPECTED.items()}
    assert {(field, role) for field, roles in met.items() for role in roles - wanted[field]} == set()
    assert {(field, role) for field, roles in wanted.items() for role in roles - met[field]} == set()


def _roles(words: str) -> set[str]:
    own = {OWN} & set(words.split())
    return own | {role for role, _place in named(words.replace(OWN, "", 1) if own else words)}


def test_nobody_meets_anything_outside_his_places(sights: set[Sight]) -> None:
    assert len({sight.field for sight in sights if sight.whose.isdecimal()}) > 10
    assert [sight for sight in sights if not reaches(sight)] == []


def test_what_is_sensitive_is_met_on_its_own_page_only(sights: set[Sight]) -> None:
    places = {field: set(line["where"].split()) for field, line in EXPECTED.items() if line["class"] == "P3"}
    assert [sight for sight in sights if sight.field in places and sight.route not in places[sight.field]] == []


def test_nobody_without_an_account_meets_any(sights: set[Sight]) -> None:
    assert [sight for sight in sights if sight.role == "anonymous"] == []


def test_the_table_names_every_personal_text_with_its_class(peopled: World) -> None:
    """A new personal column needs a line: who may see it."""
    filled, classes = set(plant()), {}
    for column in personal_columns():
        if canary_of(column) in filled:
            classes[str(column)] = str(field_of(column).visibility)  # type: ignore[union-attr]  # it has one
    assert {field: line["class"] for field, line in EXPECTED.items()} == classes
