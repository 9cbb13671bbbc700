"""Asking the application what the table says: requests of everybody on a copy of one world that stays as it is."""

from typing import Any

from flask import Flask
from sqlalchemy import Engine, create_engine, text

import web.door.request as door
from core.db import Database, UnitOfWork, db
from core.policy import Actor
from tests.contracts.authz_requests import case_of, parameters
from tests.contracts.authz_table import Row, Who
from tests.factories.world import Caller, World
from tests.plugins.server import admin_url, on_server
from tests.plugins.web import make_app
from tests.plugins.worlds import Source

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
# Guesses are counted whatever comes of them.
RESTLESS = {"sign_in_attempt", "card_guess", "code_guess"}
TABLES = (
    "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind = 'r' AND n.nspname IN ('public', 'records') ORDER BY 1"
)


class HeldBack(UnitOfWork):
    """A transaction that is proved to its end, deferred constraints included, and then taken back."""

    def commit(self) -> None:
        self.session.flush()
        self.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        self.session.rollback()


class HeldDoor:
    """Stands for the database at the door of requests; every other transaction is committed as ever."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, actor: Actor) -> UnitOfWork:
        return HeldBack(self._database, self._database.sessions(), actor)


class Stage:
    """The application on a copy of the world."""

    def __init__(self, source: Source) -> None:
        self.source, self.world = source, source.world
        self.name = f"{source.address.database}_cells"
        self.source.copy(self.name)
        self.app: Flask = make_app()
        self.admin: Engine = create_engine(admin_url().set(database=self.name), isolation_level="AUTOCOMMIT")
        self.asked = 0
        self._tables = self._all(TABLES)
        self.whole, self._number = self.fingerprint(), self.next_number()

    def close(self) -> None:
        """Leave nothing behind."""
        self.admin.dispose()
        db.dispose()
        on_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def again(self) -> None:
        """Take a fresh copy, after something was changed for good."""
        self.close()
        self.source.copy(self.name)
        self._number = self.next_number()

    def hold(self) -> None:
        """From now on let no request change the world for good."""
        door.db = HeldDoor(db)  # type: ignore[assignment]  # it stands for the one thing that the door asks of it

    def let_go(self) -> None:
        """Let requests commit again."""
        door.db = db

    def is_untouched(self) -> bool:
        """Return whether nothing was written for good since the last question."""
        before, self._number = self._number, self.next_number()
        return before == self._number or self.fingerprint() == self.whole

    def next_number(self) -> int:
        """Return the server's next transaction number: where it stands still, nobody has written anything."""
        return int(self._all("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")[0])

    def fingerprint(self) -> list[tuple[Any, ...]]:
        """Return what changes whenever any row of any table is written."""
        parts = [
            f"SELECT '{name}', count(*), sum(hashtext(xmin::text || ctid::text)) FROM {name}"
            for name in self._tables
            if name.split(".")[1] not in RESTLESS
        ]
        with self.admin.connect() as connection:
            return [tuple(row) for row in connection.execute(text(" UNION ALL ".join(parts) + " ORDER BY 1"))]

    def _all(self, statement: str) -> list[Any]:
        with self.admin.connect() as connection:
            return list(connection.scalars(text(statement)))

    def ask(self, row: Row, who: Who) -> Any:
        """Make the request of a cell."""
        self.asked += 1  # everybody asks from an address of his own, so that no limit answers instead
        return ask(self.app, self.world, row, self.world.people.get(who), number=self.asked)


def ask(app: Flask, world: World, row: Row, caller: Caller | None, *, number: int) -> Any:
    """Make the request of a line of the table as somebody."""
    case = case_of(row.method, row.route, row.case)
    rule = next(rule for rule in app.url_map.iter_rules() if rule.rule == row.route and row.method in rule.methods)
    path = app.url_map.bind("localhost").build(
        rule.endpoint, parameters(case, set(rule.arguments), world), method=row.method
    )
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    body, unsafe = case.make(world), row.method in UNSAFE
    query = None if unsafe else body
    if not row.route.startswith("/api/"):
        if caller is not None:
            client.set_cookie("sign_in", caller.sign_in)
        return client.open(path, method=row.method, query_string=query, data=body if unsafe else None)
    headers = {"Idempotency-Key": "matrix-0001"} if unsafe else {}
    if caller is not None:
        headers["Authorization"] = f"Bearer {caller.token}"
    return client.open(path, method=row.method, query_string=query, headers=headers, json=body if unsafe else None)
