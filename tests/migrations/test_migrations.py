"""Migrations: one line of them, each up and down with rows in the tables, and nothing forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text

from core.provision import alembic_config, current_revision, prepare
from core.provision.connecting import locked
from core.provision.migrating import ROOT
from core.provision.roles import owner_may_become_records
from tests.factories.recorded import admin_address, engine_of, scratch_database, settings_for, unique_name

STREAM = "need/11111111-2222-3333-4444-555555555555"
SCRIPTS = ScriptDirectory.from_config(alembic_config())
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]


@contextmanager
def as_owner() -> Iterator[Connection]:
    """A migrated database, connected as the migrating role while it may become the records' role."""
    with scratch_database(unique_name()) as url:
        prepared = prepare(settings_for(url), demo=True)
        server, owner = engine_of(admin_address().set(database="postgres")), engine_of(make_url(prepared.owner_url))
        lender = server.connect()  # the lock keeps others on this server from taking the role back meanwhile
        with lender, locked(lender), owner_may_become_records(lender), owner.connect() as connection:
            yield connection
        owner.dispose()
        server.dispose()


def moved(connection: Connection, revision: str, *, up: bool) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    (command.upgrade if up else command.downgrade)(config, revision)
    connection.commit()


def append(connection: Connection) -> None:
    connection.execute(text("SELECT set_config('app.actor', 'a', true), set_config('app.role', 'system', true)"))
    query = text("SELECT records.append(:stream, 'subject.erased', '', '{}', NULL, '\\x01'::bytea)")
    connection.execute(query, {"stream": STREAM})
    connection.commit()


def test_there_is_one_head_and_the_file_names_it() -> None:
    (head,) = SCRIPTS.get_heads()
    named = (ROOT / "migrations" / ".current-alembic-head").read_text(encoding="utf-8").strip()
    path = Path(str(SCRIPTS.get_revision(head).path))
    assert named in {head, path.stem}


def test_files_are_numbered_in_their_order() -> None:
    assert sorted(REVISIONS) == REVISIONS
    for script in SCRIPTS.walk_revisions():
        assert Path(str(script.path)).name.startswith(f"{script.revision}_")


def test_the_models_and_the_migrations_say_the_same() -> None:
    with as_owner() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        config.stdout = StringIO()
        command.check(config)


@pytest.mark.parametrize("revision", REVISIONS[1:])
def test_each_migration_goes_down_and_up_again_and_keeps_the_records(revision: str) -> None:
    before = REVISIONS[REVISIONS.index(revision) - 1]
    with as_owner() as connection:
        append(connection)
        moved(connection, before, up=False)
        assert current_revision(connection) == before
        append(connection)
        moved(connection, "head", up=True)
        assert current_revision(connection) == REVISIONS[-1]
        assert connection.scalar(text("SELECT seq FROM records.head WHERE stream = :s"), {"s": STREAM}) == 2
        config: Config = alembic_config()
        config.attributes["connection"] = connection
        config.stdout = StringIO()
        connection.commit()
        command.check(config)


def test_going_all_the_way_down_leaves_nothing_and_up_makes_it_all_again() -> None:
    with as_owner() as connection:
        append(connection)
        moved(connection, "base", up=False)
        left = connection.scalars(
            text(
                "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                " WHERE relkind IN ('r', 'S', 'v') AND nspname NOT IN ('pg_catalog', 'information_schema')"
            )
        ).all()
        functions = connection.scalar(
            text(
                "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace"
                " WHERE nspname IN ('public', 'records')"
            )
        )
        connection.commit()
        assert (left, functions) == (["alembic_version"], 0)
        moved(connection, "head", up=True)
        append(connection)
