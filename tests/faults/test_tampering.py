"""Every way of tampering with update records that we know: refused at once, refused at commit, or found by `verify`.

The last three tests show what a chain inside one database cannot show before signed checkpoints exist.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.records import UnrecordedBulkChange
from core.records.checking import verify_database
from core.records.standalone import OK
from tests.factories.recorded import Probe, ProbeBase, ProbePart, World, make_probe

PROBES = ProbeBase.metadata.tables["probe"]

FORBIDDEN = {
    "insert a record": "INSERT INTO records.record SELECT stream, seq + 1, at, actor, role, kind, reason, public,"
    " sealed, hash, hash, alg FROM records.record",
    "update a record": "UPDATE records.record SET public = '{}'",
    "delete a record": "DELETE FROM records.record",
    "truncate the records": "TRUNCATE records.record",
    "update a head": "UPDATE records.head SET seq = seq + 1",
    "delete a head": "DELETE FROM records.head",
    "truncate the heads": "TRUNCATE records.head",
    "delete a sealed part": "DELETE FROM records.sealed",
    "insert a sealed part": "INSERT INTO records.sealed SELECT stream, 99, subject, ciphertext FROM records.sealed",
    "add a kind": "INSERT INTO records.kind VALUES ('probe.invented')",
    "read the key of the pseudonyms": "SELECT * FROM records.secret",
    "make the database a demo": "UPDATE records.database SET is_demo = NOT is_demo",
    "switch triggers off": "ALTER TABLE records.record DISABLE TRIGGER ALL",
    "drop a trigger": "DROP TRIGGER record_refuse ON records.record",
    "drop the table": "DROP TABLE records.record CASCADE",
    "take the table over": "ALTER TABLE records.record OWNER TO CURRENT_USER",
    "replace the writer": "CREATE OR REPLACE FUNCTION records.append(text, text, text, text, text, bytea)"
    " RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "silence all triggers": "SET session_replication_role = replica",
    "become the records' role": "SET ROLE jiedui_records",
    "drop the schema": "DROP SCHEMA records CASCADE",
}


@pytest.mark.parametrize("role", ["app", "owner"])
@pytest.mark.parametrize("deed", FORBIDDEN)
def test_neither_the_application_nor_the_migrating_role_may(still_world: World, role: str, deed: str) -> None:
    engine = getattr(still_world, role)
    with engine.begin() as connection, pytest.raises(DBAPIError, match="permission denied|must be owner"):
        connection.execute(text(FORBIDDEN[deed]))
    assert verify_database(still_world.app).code == OK


@pytest.mark.parametrize("role", ["app", "owner"])
def test_a_right_that_a_role_gives_itself_is_not_given(still_world: World, role: str) -> None:
    with getattr(still_world, role).begin() as connection:
        connection.execute(text("GRANT INSERT ON records.record TO CURRENT_USER"))
        assert not connection.scalar(text("SELECT has_table_privilege('records.record', 'INSERT')"))


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE records.record SET public = '{}'", id="update"),
        pytest.param("DELETE FROM records.record", id="delete"),
        pytest.param("TRUNCATE records.record", id="truncate"),
        pytest.param("UPDATE records.sealed SET subject = 'x'", id="update of sealed parts"),
        pytest.param("DELETE FROM records.sealed", id="delete of sealed parts"),
        pytest.param("DELETE FROM records.head", id="delete of heads"),
        pytest.param("UPDATE records.head SET seq = 0", id="a head set back"),
        pytest.param("UPDATE records.head SET hash = '\\x00'", id="a head's hash"),
        pytest.param("UPDATE records.secret SET ikey = okey", id="another key of the pseudonyms"),
        pytest.param("TRUNCATE probe", id="truncate of a recorded table"),
    ],
)
def test_triggers_refuse_even_a_superuser(still_world: World, statement: str) -> None:
    with still_world.admin.connect() as connection, pytest.raises(DBAPIError, match="only grow|only advance"):
        connection.execute(text(statement))


def _core_update(session: Any, probe: Probe) -> None:
    session.connection().execute(update(PROBES).values(quantity=Decimal(1)))


def _core_insert(session: Any, probe: Probe) -> None:
    values = {"id": uuid4(), "household": "x", "title": "x", "stage": "offered", "quantity": 1, "version": 1}
    session.connection().execute(insert(PROBES).values(**values))


def _core_delete(session: Any, probe: Probe) -> None:
    session.connection().execute(delete(PROBES))


def _text_update(session: Any, probe: Probe) -> None:
    session.execute(text("UPDATE probe SET stage = 'agreed'"))


def _bulk_save(session: Any, probe: Probe) -> None:
    session.bulk_save_objects([make_probe(version=1)])


def _bulk_update(session: Any, probe: Probe) -> None:
    session.bulk_update_mappings(Probe, [{"id": probe.id, "version": 1, "quantity": Decimal(1)}])


def _bulk_insert(session: Any, probe: Probe) -> None:
    session.bulk_insert_mappings(ProbePart, [{"id": uuid4(), "probe_id": probe.id, "quantity": Decimal(1)}])


def _move_to_another_stream(session: Any, probe: Probe) -> None:
    session.execute(text("UPDATE probe SET id = gen_random_uuid()"))


def _driver_statement(session: Any, probe: Probe) -> None:
    session.connection().exec_driver_sql("UPDATE probe SET quantity = 1")


@pytest.mark.parametrize(
    "change",
    [
        _core_update,
        _core_insert,
        _core_delete,
        _text_update,
        _bulk_save,
        _bulk_update,
        _bulk_insert,
        _move_to_another_stream,
        _driver_statement,
    ],
)
def test_a_change_past_the_listener_is_refused_at_commit(world: World, change: Callable[[Any, Probe], None]) -> None:
    probe = world.keep()
    with pytest.raises(IntegrityError) as refusal, world.unit() as session:
        change(session, probe)
    assert refusal.value.orig is not None
    table = "probe_part" if change is _bulk_insert else "probe"
    assert refusal.value.orig.diag.constraint_name == f"{table}_recorded"  # type: ignore[attr-defined]  # psycopg's


def test_without_the_guard_the_same_change_would_pass_so_it_is_the_guard_that_refuses(world: World) -> None:
    probe = world.keep()
    with world.admin.begin() as connection:
        connection.execute(text("ALTER TABLE probe DISABLE TRIGGER probe_recorded"))
    with world.unit() as session:
        _core_update(session, probe)
    with world.admin.connect() as connection:
        assert connection.scalar(text("SELECT quantity FROM probe")) == 1


@pytest.mark.parametrize(
    "statement",
    [
        update(Probe).values(quantity=Decimal(1)),
        delete(Probe),
        insert(Probe).values(id=uuid4()),
    ],
    ids=["update", "delete", "insert"],
)
def test_a_bulk_statement_of_the_mapper_is_refused_before_it_runs(world: World, statement: Any) -> None:
    with world.unit() as session, pytest.raises(UnrecordedBulkChange):
        session.execute(statement)


def test_the_old_style_bulk_update_is_refused_before_it_runs(world: World) -> None:
    with world.unit() as session, pytest.raises(UnrecordedBulkChange):
        session.query(Probe).update({"quantity": Decimal(1)})


def test_the_migrating_role_cannot_change_a_recorded_row_without_a_record(world: World) -> None:
    world.keep()
    with pytest.raises(IntegrityError, match="no update record"), world.owner.begin() as connection:
        connection.execute(text("UPDATE probe SET quantity = 1"))
