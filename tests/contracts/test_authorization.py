"""Every route × every role × inside and outside, by real requests, against a table written from workflows.md.

The table (`authz_expected.csv`) names for each case who is let in, who is refused how, and what everybody else gets.
After a refusal the database is as it was before, and nothing personal stands in the answer.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import URL, Engine, create_engine, make_url, text
from werkzeug.routing import Rule

from core.db import db
from core.provision import Prepared
from core.settings import configure
from tests.contracts.authz_cases import case_of, parameters
from tests.factories.world import HEAD_NAME, ID_PHONE, INSIDE, OUTSIDE, ROLES, Caller, World, make_world
from tests.plugins.server import admin_url, copy_database, on_server, settings_at
from tests.plugins.web import make_app
from web.composition import wire

TABLE = Path(__file__).with_name("authz_expected.csv")
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
PLACES = (INSIDE, OUTSIDE)
# Guesses are counted whatever comes of them; sessions and tokens note when they were last used.
RESTLESS = {"sign_in_attempt", "card_guess", "code_guess"}
ENDING = {"sign_in": "ended_at", "api_token": "revoked_at"}
TABLES = (
    "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind = 'r' AND n.nspname IN ('public', 'records') ORDER BY 1"
)
SECRETS = (HEAD_NAME, ID_PHONE)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    route: str
    case: str
    expected: dict[tuple[str, str], str]

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.method, self.route, self.case) if part)


def everybody() -> Iterator[tuple[str, str]]:
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


def named(words: str) -> Iterator[tuple[str, str]]:
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
    expected |= dict.fromkeys(named(line["allowed"]), "ok")
    expected["anonymous", INSIDE] = line["anonymous"]
    return Row(line["method"], line["route"], line["case"], expected)


with TABLE.open(encoding="utf-8") as lines:
    ROWS = [read_row(line) for line in csv.DictReader(lines)]


class Stage:
    """The application on copies of one world."""

    def __init__(self, world: World, app: Flask, address: URL, source: str) -> None:
        self.world, self.app, self.asked = world, app, 0
        self.copy, self.source = str(address.database), source
        self.admin: Engine = create_engine(admin_url().set(database=self.copy), isolation_level="AUTOCOMMIT")
        self.rules: dict[tuple[str, str], Rule] = {
            (method, rule.rule): rule for rule in app.url_map.iter_rules() for method in rule.methods or ()
        }
        self.whole = self.fingerprint()

    def again(self) -> None:
        """Take a fresh copy, after something was changed."""
        db.dispose()
        self.admin.dispose()
        on_server(f'DROP DATABASE "{self.copy}" WITH (FORCE)')
        copy_database(self.source, self.copy)

    def next_number(self) -> int:
        """Return the server's next transaction number: where it stands still, nobody has written anything."""
        with self.admin.connect() as connection:
            return int(connection.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")) or 0)

    def fingerprint(self) -> list[tuple[Any, ...]]:
        """Return what changes whenever any row of any table is written."""
        with self.admin.connect() as connection:
            tables = connection.scalars(text(TABLES)).all()
            parts = [self._part(name) for name in tables if name.split(".")[1] not in RESTLESS]
            return [tuple(row) for row in connection.execute(text(" UNION ALL ".join(parts) + " ORDER BY 1"))]

    def _part(self, table: str) -> str:
        ending = ENDING.get(table.split(".")[1])
        value = f"count({ending})" if ending else "sum(hashtext(xmin::text || ctid::text))"
        return f"SELECT '{table}', count(*), {value} FROM {table}"

    def ask(self, row: Row, who: tuple[str, str]) -> Any:
        """Make the request of a cell."""
        case = case_of(row.method, row.route, row.case)
        rule = self.rules[row.method, row.route]
        values = parameters(case, set(rule.arguments), self.world)
        path = self.app.url_map.bind("localhost").build(rule.endpoint, values, method=row.method)
        return self._send(row, path, case.make(self.world), self.world.people.get(who))

    def _send(self, row: Row, path: str, body: dict[str, Any], caller: Caller | None) -> Any:
        client = self.app.test_client()
        self.asked += 1  # everybody asks from an address of his own, so that no limit answers instead
        client.environ_base["REMOTE_ADDR"] = f"10.{self.asked >> 16}.{self.asked >> 8 & 255}.{self.asked & 255}"
        unsafe = row.method in UNSAFE
        query = None if unsafe else body
        if not row.route.startswith("/api/"):
            if caller is not None:
                client.set_cookie("sign_in", caller.sign_in)
            return client.open(path, method=row.method, query_string=query, data=body if unsafe else None)
        headers = {"Idempotency-Key": "matrix-0001"} if unsafe else {}
        if caller is not None:
            headers["Authorization"] = f"Bearer {caller.token}"
        return client.open(path, method=row.method, query_string=query, headers=headers, json=body if unsafe else None)


@pytest.fixture(scope="module")
def stage(template: Prepared) -> Iterator[Stage]:
    """One world in a database of its own, and a copy of it to work on."""
    source = make_url(template.app_url)
    world_name, copy = f"{source.database}_world", f"{source.database}_cells"
    copy_database(str(source.database), world_name)
    _connect(source.set(database=world_name))
    world = make_world()
    db.dispose()
    copy_database(world_name, copy)
    _connect(source.set(database=copy))
    stage = Stage(world, make_app(), source.set(database=copy), world_name)
    yield stage
    stage.admin.dispose()
    db.dispose()
    on_server(f'DROP DATABASE "{copy}" WITH (FORCE)', f'DROP DATABASE "{world_name}" WITH (FORCE)')


def _connect(address: URL) -> None:
    settings = settings_at(address.render_as_string(hide_password=False))
    configure(settings)
    db.configure(settings.app_url or "")
    wire()


def is_as_expected(status: int, wanted: str) -> bool:
    return 200 <= status < 400 if wanted == "ok" else status == int(wanted)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_is_answered_as_the_table_says(stage: Stage, row: Row) -> None:
    faults = []
    for who, wanted in row.expected.items():
        number = stage.next_number()
        answer = stage.ask(row, who)
        status, body = answer.status_code, answer.get_data().decode(errors="replace")
        if not is_as_expected(status, wanted):
            faults.append(f"{who[0]} {who[1]}: {status}, the table says {wanted or 'nothing'}")
        same = number == stage.next_number() or stage.fingerprint() == stage.whole
        if status >= 400 and not same:
            faults.append(f"{who[0]} {who[1]}: refused with {status}, yet something was written")
        if status >= 400 and any(secret in body for secret in SECRETS):
            faults.append(f"{who[0]} {who[1]}: a refusal shows personal words")
        if not same:
            stage.again()
        answer.close()
    assert faults == [], "\n".join(faults)


def test_every_route_and_method_has_a_line(stage: Stage) -> None:
    known = {(row.method, row.route) for row in ROWS}
    served = {
        (method, rule.rule)
        for rule in stage.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert sorted(served - known) == [], "write into authz_expected.csv who may, from workflows.md"
    assert sorted(known - served) == [], "these routes are gone"


def test_no_line_is_written_twice() -> None:
    names = [row.name for row in ROWS]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_table_is_large_enough_to_mean_something() -> None:
    cells = [wanted for row in ROWS for wanted in row.expected.values()]
    assert len(cells) > 5000
    assert all(cells)


def test_a_change_is_seen(stage: Stage) -> None:
    """The comparison itself: without it, no refusal could be trusted."""
    with stage.admin.connect() as connection:
        connection.execute(text("INSERT INTO idempotency_key (owner, key, request_hash) VALUES ('me', 'probe', '')"))
    assert stage.fingerprint() != stage.whole
    stage.again()
    assert stage.fingerprint() == stage.whole
