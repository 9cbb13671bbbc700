"""A small recorded model of its own, in a real migrated database, for tests of the update records."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, pool, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from core.crypto import Keyring, use_keyring
from core.db import Base, db, unit_of_work
from core.policy import Actor, ActorKind, Grant
from core.privacy import public, restricted, sensitive
from core.provision import prepare
from core.provision.roles import APP, OWNER, role_address
from core.records import Recorded
from core.records.migration import add_kinds, attach_guard
from core.settings import Secrets, Settings
from core.types import CreatedAt, EncryptedText, Money, PublicId, Quantity, Version, choice

KEYS = Keyring(keys=(bytes(range(32)),), index_key=bytes(range(32, 64)))
CADRE = Actor(key="11111111-1111-1111-1111-111111111111", kind=ActorKind.ACCOUNT, grants=(Grant("cadre"),))
KINDS = ("probe.created", "probe.changed", "probe.deleted", "probe.agreed", "probe_part.created", "probe_part.changed")


class ProbeBase(DeclarativeBase):
    """Apart from the application's metadata, which migrations are compared with."""

    type_annotation_map = Base.type_annotation_map


class Stage(StrEnum):
    OFFERED = "offered"
    AGREED = "agreed"


class Probe(Recorded, ProbeBase):
    __tablename__ = "probe"
    __stream__ = ("need", "id")

    id: Mapped[PublicId]
    household: Mapped[str] = mapped_column(info=restricted())
    title: Mapped[str] = mapped_column(info=public(sealed=True))
    unit: Mapped[str | None] = mapped_column(info=public())
    phone: Mapped[str | None] = mapped_column(EncryptedText("probe.phone"), info=sensitive())
    stage: Mapped[Stage] = mapped_column(choice(Stage), info=public())
    quantity: Mapped[Quantity] = mapped_column(info=public())
    price: Mapped[Money | None] = mapped_column(info=public())
    due_on: Mapped[date | None] = mapped_column(info=public())
    forgotten: Mapped[str | None] = mapped_column()
    created_at: Mapped[CreatedAt]
    version: Mapped[Version] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"household/{self.household}"


class ProbePart(Recorded, ProbeBase):
    __tablename__ = "probe_part"
    __stream__ = ("need", "probe_id")

    id: Mapped[PublicId]
    probe_id: Mapped[UUID] = mapped_column(info=public())
    quantity: Mapped[Quantity] = mapped_column(info=public())


def make_probe(**overrides: Any) -> Probe:
    """Return a probe that was not added to any session yet."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "household": uuid4().hex,
        "title": "冬被",
        "phone": "13900000000",
        "stage": Stage.OFFERED,
        "quantity": Decimal("6.00"),
        "price": Decimal("129.50"),
    }
    return Probe(**(values | overrides))


@dataclass(frozen=True)
class World:
    """One database with the probe's tables: as application, as migrating role, as the server's administrator."""

    app: Engine
    owner: Engine
    admin: Engine

    @contextmanager
    def unit(self, actor: Actor = CADRE) -> Iterator[Session]:
        with unit_of_work(actor) as session:
            yield session

    def keep(self, **overrides: Any) -> Probe:
        """Store a new probe in a transaction of its own."""
        with self.unit() as session:
            probe = make_probe(**overrides)
            session.add(probe)
        return probe

    def rewrite(self, *statements: str, **values: Any) -> None:
        """Run statements as a superuser for whom no trigger fires: what the database's owner can do."""
        with self.admin.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement), values)


def admin_address() -> URL:
    """Return the administrator's address of the test server."""
    found = os.environ.get("TEST_ADMIN_URL") or os.environ["DATABASE_URL"]
    return make_url(found).set(drivername="postgresql+psycopg")


def engine_of(url: URL) -> Engine:
    return create_engine(
        url, poolclass=pool.NullPool, connect_args={"options": "-c timezone=UTC", "client_encoding": "utf8"}
    )


def settings_for(url: URL | None, **overrides: Any) -> Settings:
    """Return settings that name this address as the administrator's."""
    secrets = Secrets("key", ("A" * 43 + "=",), "B" * 43 + "=")
    environ = {"SECRET_KEY": "key", "ENCRYPTION_KEYS": secrets.encryption_keys[0], "INDEX_KEY": secrets.index_key}
    environ |= {"DATABASE_URL": url.render_as_string(hide_password=False)} if url else {}
    return Settings.load(environ | {"TESTING": "1"} | overrides)


def run_on_server(statement: str) -> None:
    """Run a statement outside any transaction, on the server itself."""
    engine = engine_of(admin_address().set(database="postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


@contextmanager
def scratch_database(name: str, source: str = "template0") -> Iterator[URL]:
    """Make a database for the block, and drop it afterwards."""
    run_on_server(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY file_copy')
    try:
        yield admin_address().set(database=name)
    finally:
        run_on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def add_probe_tables(connection: Connection) -> None:
    """Make the probe's tables as a migration would: owned by the migrating role, guarded, with their kinds."""
    op = Operations(MigrationContext.configure(connection))
    connection.execute(text("SET LOCAL ROLE jiedui_owner"))
    ProbeBase.metadata.create_all(connection)
    connection.execute(text("RESET ROLE"))
    add_kinds(op, KINDS)
    attach_guard(op, "probe", "need", "id")
    attach_guard(op, "probe_part", "need", "probe_id")


def unique_name() -> str:
    return f"jd_{uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def probe_template() -> Iterator[str]:
    """A migrated demo database with the probe's tables, to be copied."""
    name = unique_name()
    with scratch_database(name) as url:
        prepare(settings_for(url), demo=True)
        engine = engine_of(url)
        with engine.begin() as connection:
            add_probe_tables(connection)
        engine.dispose()
        yield name


@pytest.fixture
def world(probe_template: str) -> Iterator[World]:
    """A fresh database, and this process connected to it as the application."""
    with scratch_database(unique_name(), probe_template) as url:
        yield from open_world(url)


@pytest.fixture(scope="module")
def still_world(probe_template: str) -> Iterator[World]:
    """A database with one stream that all tests of a module look at; use its engines only, and change nothing."""
    with scratch_database(unique_name(), probe_template) as url:
        for found in open_world(url):
            found.keep()
            yield found


def open_world(url: URL) -> Iterator[World]:
    """Connect the process to a database for one test."""
    use_keyring(KEYS)
    before = db._engine
    app = db.configure(role_address(url, APP).render_as_string(hide_password=False))
    found = World(app, engine_of(role_address(url, OWNER)), engine_of(url))
    yield found
    for engine in (app, found.owner, found.admin):
        engine.dispose()
    db.dispose()
    db._engine = before
    db.sessions.configure(bind=before)
    use_keyring(None)
