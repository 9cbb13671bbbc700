"""Every migration goes down and up again in a database that a whole small world stands in.

Beginning with the newest, each is taken back and repeated; what stands in tables that it does not drop must be there
afterwards, row for row, and so must the update records.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, make_url, text

from core.provision import Prepared, current_revision
from core.provision.roles import owner_may_become_records
from tests.factories.recorded import admin_address, engine_of
from tests.migrations.test_migrations import REVISIONS, moved
from tests.plugins.server import copy_database, on_server
from tests.plugins.worlds import Source

TABLES = (
    "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind = 'r' AND n.nspname IN ('public', 'records') AND c.relname <> 'alembic_version' ORDER BY 1"
)

# What a migration writes itself: the kinds of records that it allows, the tables that it has guarded.
OWN = {"records.kind", "records.guarded"}


@contextmanager
def owner_of(source: Source, template: Prepared, name: str) -> Iterator[Connection]:
    """A copy of the world, as the migrating role while it may become the records' role."""
    copy_database(str(source.address.database), name)
    server = engine_of(admin_address().set(database="postgres"))
    owner = engine_of(make_url(template.owner_url).set(database=name))
    with server.connect() as lender, owner_may_become_records(lender), owner.connect() as connection:
        yield connection
    owner.dispose()
    server.dispose()
    on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def counts(name: str) -> dict[str, int]:
    """Return how many rows each table has, as an administrator sees it."""
    engine = engine_of(admin_address().set(database=name))
    with engine.connect() as connection:
        tables = connection.scalars(text(TABLES)).all()
        found = {table: int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0) for table in tables}
    engine.dispose()
    return found


def filled(found: dict[str, int]) -> set[str]:
    return {table for table, rows in found.items() if rows}


def test_each_goes_down_and_up_and_loses_only_its_own_tables(world_source: Source, template: Prepared) -> None:
    name = f"{world_source.address.database}_moved"
    with owner_of(world_source, template, name) as connection:
        whole = counts(name)
        assert len(filled(whole)) > 40
        assert whole["records.record"] > 200
        for revision in reversed(REVISIONS[1:]):
            before = REVISIONS[REVISIONS.index(revision) - 1]
            there = counts(name)
            moved(connection, before, up=False)
            left = counts(name)
            assert current_revision(connection) == before
            connection.commit()
            assert {table: rows for table, rows in left.items() if table not in OWN} == {
                table: rows for table, rows in there.items() if table in left and table not in OWN
            }
            moved(connection, revision, up=True)
            again = counts(name)
            assert again.keys() == there.keys(), revision
            assert {table: again[table] for table in left} == left | {table: there[table] for table in OWN}, revision
            moved(connection, before, up=False)
        moved(connection, "head", up=True)
        assert counts(name).keys() == whole.keys()


def test_a_migration_that_loses_rows_is_seen(world_source: Source, template: Prepared) -> None:
    """The comparison itself."""
    name = f"{world_source.address.database}_lost"
    with owner_of(world_source, template, name) as connection:
        before = counts(name)
        connection.execute(text("DELETE FROM region WHERE code = (SELECT max(code) FROM region)"))
        connection.commit()
        assert counts(name) != before
