import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select, text

from core.crypto import SubjectErased, seal
from core.db import db
from core.policy import SYSTEM
from core.records import (
    RecordRow,
    erase_subject,
    note,
    open_payload,
    published_records,
    published_records_after,
    verify_stream,
)
from core.records.appending import NoActor
from tests.factories.recorded import Probe, ProbePart, Stage, World, make_probe


def records_of(world: World, probe: Probe) -> list[RecordRow]:
    with world.unit():
        return published_records_after(f"need/{probe.id}", limit=50)


def sealed_of(world: World, probe: Probe, seq: int) -> dict[str, Any]:
    with world.unit():
        return open_payload(f"need/{probe.id}", seq)


def test_a_new_row_leaves_one_record_with_codes_and_amounts_only(world: World) -> None:
    probe = world.keep(due_on=date(2026, 12, 1))
    (record,) = records_of(world, probe)
    assert (record.seq, record.kind, record.role, record.reason, record.prev) == (1, "probe.created", "cadre", "", b"")
    assert record.payload == {
        "table": "probe",
        "id": str(probe.id),
        "stage": "offered",
        "quantity": "6",
        "price_fen": 12950,
        "due_on": "2026-12-01",
    }


def test_personal_values_go_sealed_and_can_be_opened_by_the_subjects_key(world: World) -> None:
    probe = world.keep(forgotten="no class was declared")
    assert sealed_of(world, probe, 1) == {
        "household": probe.household,
        "title": "冬被",
        "phone": "13900000000",
        "forgotten": "no class was declared",
    }


def test_no_personal_value_stands_in_the_records_schema_in_clear(world: World) -> None:
    world.keep(forgotten="canary-4711")
    with world.admin.connect() as connection:
        rows = connection.execute(
            text("SELECT r::text FROM records.record r UNION ALL SELECT s::text FROM records.sealed s")
        )
        everything = " ".join(row[0] for row in rows)
        stored = connection.scalar(text("SELECT encode(phone, 'escape') FROM probe"))
    for canary in ("canary-4711", "13900000000", "冬被"):
        assert canary not in everything
    assert "13900000000" not in stored


def test_text_that_is_no_code_is_sealed_even_in_a_public_column(world: World) -> None:
    probe = world.keep(unit="床")
    (record,) = records_of(world, probe)
    assert "unit" not in record.payload
    assert sealed_of(world, probe, 1)["unit"] == "床"


def test_a_change_records_the_changed_columns_only(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        found = session.get_one(Probe, probe.id)
        found.quantity = Decimal("7.50")
        found.stage = Stage.OFFERED
    assert records_of(world, probe)[1].payload == {"table": "probe", "id": str(probe.id), "quantity": "7.5"}


def test_setting_the_same_values_again_leaves_no_record(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        session.get_one(Probe, probe.id).quantity = Decimal("6.00")
    assert len(records_of(world, probe)) == 1


def test_a_value_taken_away_is_recorded_as_null(world: World) -> None:
    probe = world.keep(due_on=date(2026, 12, 1))
    with world.unit() as session:
        session.get_one(Probe, probe.id).due_on = None
    assert records_of(world, probe)[1].payload["due_on"] is None


def test_a_note_names_what_happened_and_adds_its_values(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        found = session.get_one(Probe, probe.id)
        found.stage = Stage.AGREED
        session.info["acting_role"] = "township_officer"
        note(found, "probe.agreed", reason="late", level=2, who="王")
    record = records_of(world, probe)[1]
    assert (record.kind, record.reason, record.role) == ("probe.agreed", "late", "township_officer")
    assert record.payload == {"table": "probe", "id": str(probe.id), "stage": "agreed", "level": 2}
    assert sealed_of(world, probe, 2) == {"who": "王"}


def test_a_written_reason_is_sealed_and_its_place_says_that_there_is_one(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        note(session.get_one(Probe, probe.id), "probe.agreed", reason="他家已搬走")
    assert records_of(world, probe)[1].reason == "written"
    assert sealed_of(world, probe, 2) == {"reason": "他家已搬走"}


def test_a_note_without_a_changed_column_is_recorded_and_bumps_no_version(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        note(session.get_one(Probe, probe.id), "probe.agreed")
    assert records_of(world, probe)[1].kind == "probe.agreed"
    with world.unit() as session:
        assert session.get_one(Probe, probe.id).version == 1


def test_two_notes_before_a_flush_are_two_records_and_the_last_has_the_values(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        found = session.get_one(Probe, probe.id)
        note(found, "probe.changed", step="first")
        found.stage = Stage.AGREED
        note(found, "probe.agreed")
    first, second = records_of(world, probe)[1:]
    assert first.payload["step"] == "first"
    assert "stage" not in first.payload
    assert second.payload["stage"] == "agreed"


def test_a_child_is_recorded_in_the_stream_of_its_parent(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        session.add(ProbePart(probe_id=probe.id, quantity=Decimal("0.00")))
    record = records_of(world, probe)[1]
    assert record.kind == "probe_part.created"
    assert record.payload["quantity"] == "0"
    assert "probe_id" not in record.payload


def test_a_deleted_row_leaves_a_record(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        session.delete(session.get_one(Probe, probe.id))
    assert records_of(world, probe)[1].kind == "probe.deleted"


def test_a_savepoint_rolled_back_takes_its_record_along_and_leaves_no_gap(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        found = session.get_one(Probe, probe.id)
        savepoint = session.begin_nested()
        found.quantity = Decimal("8.00")
        session.flush()  # so that a record exists before the savepoint is undone
        savepoint.rollback()
        with session.begin_nested():
            found.quantity = Decimal("9.00")
    assert [record.seq for record in records_of(world, probe)] == [1, 2]
    assert records_of(world, probe)[1].payload["quantity"] == "9"


def test_a_note_of_an_undone_transaction_is_forgotten(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        found = session.get_one(Probe, probe.id)
        note(found, "probe.agreed")
        session.rollback()
        session.get_one(Probe, probe.id).quantity = Decimal("2.00")
    assert [record.kind for record in records_of(world, probe)] == ["probe.created", "probe.changed"]


def test_several_flushes_keep_their_order(world: World) -> None:
    probe = world.keep()
    with world.unit() as session:
        found = session.get_one(Probe, probe.id)
        for amount in ("1.00", "2.00", "3.00"):
            found.quantity = Decimal(amount)
            session.flush()  # the order of several flushes is what is tested
    assert [record.payload["quantity"] for record in records_of(world, probe)] == ["6", "1", "2", "3"]


def test_one_flush_appends_with_one_statement_whatever_its_size(world: World) -> None:
    statements: list[str] = []
    event.listen(world.app, "before_cursor_execute", lambda *found: statements.append(found[2]))
    with world.unit() as session:
        session.add_all([make_probe() for _ in range(40)])
    assert sum("records.append" in statement for statement in statements) == 1


def test_the_system_is_named_as_the_role(world: World) -> None:
    with world.unit(SYSTEM) as session:
        probe = make_probe()
        session.add(probe)
    assert records_of(world, probe)[0].role == "system"


def test_a_recorded_change_without_an_actor_is_refused(world: World) -> None:
    with db.sessions() as session:
        session.add(make_probe())
        pytest.raises(NoActor, session.flush)


def test_an_erased_subjects_payload_is_gone_and_the_chain_still_holds(world: World) -> None:
    probe = world.keep()
    with world.unit():
        assert erase_subject(f"household/{probe.household}") is True
    with world.unit(), pytest.raises(SubjectErased):
        open_payload(f"need/{probe.id}", 1)
    with world.unit():
        assert verify_stream(f"need/{probe.id}").ok
        assert erase_subject(f"household/{probe.household}") is False


def test_after_erasure_later_changes_are_recorded_without_a_sealed_part(world: World) -> None:
    probe = world.keep()
    with world.unit():
        erase_subject(f"household/{probe.household}")
    with world.unit() as session:
        found = session.scalars(select(Probe)).one()
        found.title, found.stage = "later", Stage.AGREED
    record = records_of(world, probe)[1]
    assert record.sealed is None
    assert record.payload["stage"] == "agreed"


def test_erasure_is_recorded_in_the_subjects_own_stream_only(world: World) -> None:
    probe = world.keep()
    own = world.keep()
    with world.unit() as session:
        session.add(probe_of_itself := make_probe(household="x"))
        session.flush()  # its stream must exist before it is erased
        seal(f"need/{own.id}", "test", b"personal")
        assert erase_subject(f"need/{own.id}")
    assert [record.kind for record in records_of(world, own)] == ["probe.created", "subject.erased"]
    assert [record.kind for record in records_of(world, probe)] == ["probe.created"]
    assert [record.kind for record in records_of(world, probe_of_itself)] == ["probe.created"]


def test_published_records_page_backwards_and_forwards(world: World) -> None:
    probe = world.keep()
    for amount in range(1, 5):
        with world.unit() as session:
            session.get_one(Probe, probe.id).quantity = Decimal(amount)
    stream = f"need/{probe.id}"
    with world.unit():
        assert [row.seq for row in published_records(stream, limit=2)] == [5, 4]
        assert [row.seq for row in published_records(stream, limit=2, before_seq=4)] == [3, 2]
        assert [row.seq for row in published_records_after(stream, limit=2, after_seq=3)] == [4, 5]
        assert published_records(f"need/{uuid4()}", limit=2) == []


def test_the_stored_public_part_is_canonical_json(world: World) -> None:
    probe = world.keep()
    (record,) = records_of(world, probe)
    assert record.public == json.dumps(record.payload, sort_keys=True, separators=(",", ":"))
