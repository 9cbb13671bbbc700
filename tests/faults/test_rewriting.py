"""What a superuser can change with the triggers off, and what verifying finds; three things wait for checkpoints."""

from decimal import Decimal

import pytest
from sqlalchemy import text

from core.records import verify_stream
from core.records.checking import Verdict, verify_database
from core.records.standalone import INCOMPLETE, OK, TAMPERED, record_hash
from tests.factories.recorded import Probe, Stage, World

CHANGES = {
    "another payload": 'UPDATE records.record SET public = \'{"quantity":"9"}\' WHERE seq = 2',
    "an equal payload written otherwise": "UPDATE records.record SET public = replace(public, ':', ': ') WHERE seq = 2",
    "a number written otherwise": "UPDATE records.record SET public = replace(public, '\"7\"', '\"7.0\"')"
    " WHERE seq = 2",
    "another time": "UPDATE records.record SET at = at + interval '1 microsecond' WHERE seq = 2",
    "another actor": "UPDATE records.record SET actor = reverse(actor) WHERE seq = 2",
    "another role": "UPDATE records.record SET role = 'county_officer' WHERE seq = 2",
    "another kind": "UPDATE records.record SET kind = 'probe.deleted' WHERE seq = 2",
    "another reason": "UPDATE records.record SET reason = 'late' WHERE seq = 2",
    "another algorithm": "UPDATE records.record SET alg = 'md5' WHERE seq = 2",
    "another link": "UPDATE records.record SET prev = sha256('x') WHERE seq = 2",
    "another hash": "UPDATE records.record SET hash = sha256('x') WHERE seq = 2",
    "another commitment": "UPDATE records.record SET sealed = sha256('x') WHERE seq = 1",
    "a commitment taken away": "UPDATE records.record SET sealed = NULL WHERE seq = 1",
    "another sealed part": "UPDATE records.sealed SET ciphertext = ciphertext || 'x'",
    "sealed parts swapped": "UPDATE records.sealed s SET ciphertext = o.ciphertext FROM records.sealed o"
    " WHERE o.stream <> s.stream",
    "the first record deleted": "DELETE FROM records.record WHERE seq = 1",
    "a middle record deleted": "DELETE FROM records.record WHERE seq = 2",
    "the last record deleted": "DELETE FROM records.record WHERE seq = 3",
    "two records swapped": "UPDATE records.record SET seq = CASE seq WHEN 2 THEN 30 ELSE 20 END WHERE seq IN (2, 3);"
    "UPDATE records.record SET seq = seq / 10 WHERE seq > 9",
    "a record doubled at the end": "INSERT INTO records.record SELECT stream, 4, at, actor, role, kind, reason, public,"
    " sealed, prev, hash, alg FROM records.record WHERE seq = 3",
    "a record from another stream": "UPDATE records.record r SET public = o.public, hash = o.hash FROM records.record o"
    " WHERE o.stream <> r.stream AND o.seq = r.seq AND r.seq = 1",
    "a record that never was": "INSERT INTO records.record SELECT 'need/forged', 1, at, actor, role, kind, reason,"
    " public, NULL, prev, hash, alg FROM records.record WHERE seq = 1 LIMIT 1",
    "a head set back": "UPDATE records.head SET seq = seq - 1",
    "a head with another hash": "UPDATE records.head SET hash = sha256('x')",
    "a head deleted": "DELETE FROM records.head",
    "a head without records": "INSERT INTO records.head VALUES ('need/forged', 1, sha256('x'), now(), 1)",
    "records renamed to another stream": "UPDATE records.record SET stream = 'need/forged' WHERE stream ="
    " (SELECT min(stream) FROM records.record)",
    "a sealed part without a record": "INSERT INTO records.sealed SELECT 'need/forged', 1, subject, ciphertext"
    " FROM records.sealed LIMIT 1",
}


def two_streams(world: World) -> Probe:
    """Two streams, of three records and of one; the first and the last record have sealed parts."""
    world.keep()
    probe = world.keep()
    for amount in (7, 8):
        with world.unit() as session:
            session.get_one(Probe, probe.id).quantity = Decimal(amount)
    return probe


def checked(world: World) -> Verdict:
    return verify_database(world.app)


@pytest.mark.parametrize("change", CHANGES)
def test_verify_finds_what_a_superuser_changed_with_triggers_off(world: World, change: str) -> None:
    two_streams(world)
    assert checked(world).code == OK
    world.rewrite(*CHANGES[change].split(";"))
    verdict = checked(world)
    assert verdict.code == TAMPERED, "the change went unseen"
    assert verdict.tampered


def test_verify_calls_a_missing_sealed_part_incomplete(world: World) -> None:
    two_streams(world)
    world.rewrite("DELETE FROM records.sealed")
    verdict = checked(world)
    assert (verdict.code, len(verdict.incomplete)) == (INCOMPLETE, 2)


WEAKENED = {
    "a protecting trigger disabled": "ALTER TABLE records.record DISABLE TRIGGER record_refuse",
    "a protecting trigger dropped": "DROP TRIGGER head_step ON records.head",
    "a guard disabled": "ALTER TABLE probe DISABLE TRIGGER probe_recorded",
    "a guard dropped": "DROP TRIGGER probe_recorded ON probe",
    "a guard that calls something else": "DROP TRIGGER probe_recorded ON probe ;; CREATE FUNCTION nothing()"
    " RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    " ;; CREATE CONSTRAINT TRIGGER probe_recorded AFTER INSERT OR UPDATE OR DELETE ON probe"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nothing()",
    "a guard that looks away from deletions": "DROP TRIGGER probe_recorded ON probe"
    " ;; CREATE CONSTRAINT TRIGGER probe_recorded AFTER INSERT OR UPDATE ON probe DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION records.guard('need', 'id')",
    "a guard of another stream": "DROP TRIGGER probe_recorded ON probe"
    " ;; CREATE CONSTRAINT TRIGGER probe_recorded AFTER INSERT OR UPDATE OR DELETE ON probe"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION records.guard('household', 'household')",
    "a guard with a condition": "DROP TRIGGER probe_recorded ON probe"
    " ;; CREATE CONSTRAINT TRIGGER probe_recorded AFTER UPDATE ON probe DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW WHEN (NEW.quantity > 100) EXECUTE FUNCTION records.guard('need', 'id')",
    "a guarded table taken off the list": "DELETE FROM records.guarded ;; DROP TRIGGER probe_recorded ON probe",
    "another owner of the records": "ALTER TABLE records.record OWNER TO jiedui_owner",
    "another owner of the writer": "ALTER FUNCTION records.append OWNER TO jiedui_owner",
    "a right of the application": "GRANT UPDATE ON records.record TO jiedui_app",
    "a right of everybody": "GRANT INSERT ON records.head TO PUBLIC",
    "the key of the pseudonyms laid open": "GRANT SELECT ON records.secret TO jiedui_app",
    "another clock": "CREATE OR REPLACE FUNCTION records.clock() RETURNS timestamptz LANGUAGE sql AS"
    " 'SELECT ''2020-01-01''::timestamptz'",
    "a writer that keeps nothing": "CREATE OR REPLACE FUNCTION records.append(to_stream text, new_kind text,"
    " new_reason text, public_text text, about text, ciphertext bytea) RETURNS bigint LANGUAGE sql"
    " AS 'SELECT 1::bigint'",
    "a writer without its own rights": "ALTER FUNCTION records.append SECURITY INVOKER",
}


@pytest.mark.parametrize("deed", WEAKENED)
def test_verify_finds_what_weakens_the_protection(world: World, deed: str) -> None:
    world.keep()
    assert checked(world).code == OK
    with world.admin.begin() as connection:
        for statement in WEAKENED[deed].split(" ;; "):
            connection.execute(text(statement))
    assert checked(world).code == TAMPERED


def test_a_stream_checked_alone_names_the_first_record_that_does_not_fit(world: World) -> None:
    probe = two_streams(world)
    world.rewrite(CHANGES["another payload"])
    with world.unit():
        check = verify_stream(f"need/{probe.id}")
    assert (check.ok, check.first_bad_seq, check.count) == (False, 2, 3)


def test_a_legitimate_change_after_all_this_still_verifies(world: World) -> None:
    probe = two_streams(world)
    with world.unit() as session:
        session.get_one(Probe, probe.id).stage = Stage.AGREED
    assert checked(world).code == OK


def test_not_caught_until_checkpoints_a_tail_cut_off_together_with_its_head(world: World) -> None:
    two_streams(world)
    world.rewrite(
        "DELETE FROM records.record WHERE seq = 3",
        "UPDATE records.head h SET seq = 2, hash = r.hash FROM records.record r"
        " WHERE r.stream = h.stream AND r.seq = 2",
    )
    assert checked(world).code == OK


def test_not_caught_until_checkpoints_a_stream_deleted_whole(world: World) -> None:
    probe = two_streams(world)
    stream = f"need/{probe.id}"
    world.rewrite(
        "DELETE FROM records.record WHERE stream = :stream",
        "DELETE FROM records.sealed WHERE stream = :stream",
        "DELETE FROM records.head WHERE stream = :stream",
        stream=stream,
    )
    assert checked(world).code == OK


def test_not_caught_until_checkpoints_a_consistent_rewrite_of_the_end(world: World) -> None:
    two_streams(world)
    with world.admin.connect() as connection:
        names = "stream, seq, records.written_time(at) AS at, actor, role, kind, reason, public, alg, sealed, prev"
        row = connection.execute(text(f"SELECT {names} FROM records.record WHERE seq = 3")).mappings().one()
    forged = dict(row) | {"public": '{"quantity":"80"}', "prev": row["prev"].hex(), "sealed": None}
    world.rewrite(
        "UPDATE records.record SET public = :public, hash = :hash WHERE seq = 3",
        "UPDATE records.head SET hash = :hash WHERE seq = 3",
        public=forged["public"],
        hash=record_hash(forged),
    )
    assert checked(world).code == OK
