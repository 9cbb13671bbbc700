"""The append function itself, called as the application may call it."""

import hashlib
import hmac
import threading
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from core.clock import move_clock, now
from core.provision import prepare
from core.records import published_records_after, verify_stream
from core.records.appending import Entry, append_all
from core.records.standalone import record_hash
from tests.factories.recorded import (
    CADRE,
    World,
    add_probe_tables,
    engine_of,
    open_world,
    scratch_database,
    settings_for,
    unique_name,
)

STREAM = "need/11111111-2222-3333-4444-555555555555"
APPEND = text("SELECT records.append(:stream, :kind, :reason, :public, :subject, :sealed)")
VALID: dict[str, Any] = {
    "stream": STREAM,
    "kind": "probe.agreed",
    "reason": "",
    "public": "{}",
    "subject": None,
    "sealed": None,
}


def append(connection: Connection, actor: str = "somebody", role: str = "cadre", **values: Any) -> int:
    told = {"actor": actor, "role": role}
    connection.execute(text("SELECT set_config('app.actor', :actor, true), set_config('app.role', :role, true)"), told)
    return int(connection.execute(APPEND, VALID | values).scalar_one())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    public=st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20), st.integers(0, 99)
    ),
    reason=st.from_regex(r"[a-z0-9_.-]{0,64}", fullmatch=True),
    sealed=st.none() | st.binary(max_size=200),
    actor=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40),
    stream=st.from_regex(r"(need|pairing|household|village|donor|account)/[0-9a-zA-Z-]{1,64}", fullmatch=True),
)
def test_the_database_and_python_agree_on_the_hash_of_any_record(
    world: World, public: dict[str, int], reason: str, sealed: bytes | None, actor: str, stream: str
) -> None:
    with world.app.begin() as connection:
        values: dict[str, Any] = {
            "public": rfc8785.dumps(public).decode(),
            "reason": reason,
            "sealed": sealed,
            "stream": stream,
        }
        seq = append(connection, actor=actor, **values)
    with world.unit():
        record = published_records_after(stream, limit=1, after_seq=seq - 1)[0]
        assert record.hash == record_hash(record.as_json())
        assert verify_stream(stream).ok


def test_the_hash_is_the_documented_one_byte_by_byte(world: World) -> None:
    with world.app.begin() as connection:
        append(connection, public='{"n":1}', reason="late", sealed=b"ciphertext")
    with world.unit():
        (record,) = published_records_after(STREAM, limit=1)
    fields = [b"jiedui/v1", b"sha256", STREAM.encode(), b"1", record.as_json()["at"].encode(), record.actor.encode()]
    fields += [b"cadre", b"probe.agreed", b"late", b'{"n":1}', hashlib.sha256(b"ciphertext").digest(), b""]
    raw = b"\0" + b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    assert record.hash == hashlib.sha256(raw).digest()


def test_the_actor_is_an_hmac_that_does_not_join_streams(world: World) -> None:
    other = "donor/11111111-2222-3333-4444-555555555555"
    with world.app.begin() as connection:
        append(connection, actor="account-7")
        append(connection, actor="account-7", stream=other)
    with world.unit():
        names = [published_records_after(stream, limit=1)[0].actor for stream in (STREAM, other)]
    with world.admin.connect() as connection:
        ikey = connection.scalar(text("SELECT ikey FROM records.secret"))
    key = bytes(byte ^ 0x36 for byte in ikey)
    expected = [hmac.digest(key, f"account-7\0{stream}".encode(), "sha256").hex()[:32] for stream in (STREAM, other)]
    assert names == expected
    assert names[0] != names[1]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"stream": "need/"}, id="a stream without id"),
        pytest.param({"stream": "region/451028"}, id="an unknown kind of stream"),
        pytest.param({"stream": "need/a b"}, id="a blank in the stream"),
        pytest.param({"stream": f"need/{'a' * 65}"}, id="a stream too long"),
        pytest.param({"kind": "probe.invented"}, id="a kind that no migration added"),
        pytest.param({"reason": "他家已搬走"}, id="a reason that is text"),
        pytest.param({"reason": None}, id="no reason at all"),
        pytest.param({"public": "[]"}, id="a list as payload"),
        pytest.param({"public": "not json"}, id="a payload that is no JSON"),
        pytest.param({"public": None}, id="no payload"),
        pytest.param({"public": '{"a":"' + "x" * 4096 + '"}'}, id="a payload over 4 KB"),
        pytest.param({"role": ""}, id="no role"),
        pytest.param({"role": "Township Officer"}, id="a role that is no code"),
        pytest.param({"actor": ""}, id="an empty actor"),
    ],
)
def test_the_append_function_refuses(world: World, values: dict[str, Any]) -> None:
    with world.app.connect() as connection, pytest.raises(DBAPIError):
        append(connection, **values)


def test_a_transaction_that_names_no_actor_cannot_append(world: World) -> None:
    with world.app.connect() as connection, pytest.raises(DBAPIError, match=r"app\.actor"):
        connection.execute(APPEND, VALID)


def test_many_writers_on_one_stream_leave_no_gap_and_no_fork(world: World) -> None:
    def write() -> None:
        for _ in range(15):
            with world.app.begin() as connection:
                append(connection)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with world.unit():
        check = verify_stream(STREAM)
    assert (check.ok, check.count) == (True, 120)


def test_a_moved_clock_dates_records_in_a_demo_database(world: World) -> None:
    with world.unit() as session:
        past = now() - timedelta(days=400)
        move_clock(past)
        append_all(session, [Entry(STREAM, "probe.agreed", "", "", {})])
    with world.unit():
        assert published_records_after(STREAM, limit=1)[0].at == past


def test_a_moved_clock_may_not_go_behind_the_last_record(world: World) -> None:
    with world.app.begin() as connection:
        append(connection)
    entry = Entry(STREAM, "probe.agreed", "", "", {})
    with world.unit() as session:
        move_clock(now() - timedelta(days=1))
        pytest.raises(DBAPIError, append_all, session, [entry]).match("before the last record")


def test_the_real_clock_never_dates_a_record_before_the_last_one(world: World) -> None:
    with world.unit() as session:
        ahead = now() + timedelta(days=1)
        move_clock(ahead)
        append_all(session, [Entry(STREAM, "probe.agreed", "", "", {})])
    with world.app.begin() as connection:
        append(connection)
    with world.unit():
        times: list[datetime] = [record.at for record in published_records_after(STREAM, limit=5)]
    assert times == [ahead, ahead]


def test_outside_a_demo_database_the_clock_cannot_be_moved() -> None:
    with scratch_database(unique_name()) as url:
        assert prepare(settings_for(url), demo=False).is_demo is False
        engine = engine_of(url)
        with engine.begin() as connection:
            add_probe_tables(connection)
        engine.dispose()
        for world in open_world(url):
            with world.app.connect() as connection, pytest.raises(DBAPIError, match="demo database"):
                connection.execute(text("SELECT set_config('app.clock', '2020-01-01T00:00:00Z', true)"))
                append(connection)


def test_the_choice_of_demo_cannot_be_changed_later(world: World) -> None:
    with world.admin.connect() as connection, pytest.raises(DBAPIError, match="only grow") as refusal:
        connection.execute(text("UPDATE records.database SET is_demo = false"))
    assert isinstance(refusal.value.orig, psycopg.errors.InsufficientPrivilege)


def test_a_record_names_the_actor_of_the_unit_of_work(world: World) -> None:
    with world.unit() as session:
        append_all(session, [Entry(STREAM, "probe.agreed", "", "", {})])
        expected = session.scalar(text("SELECT records.pseudonym(:key, :stream)"), {"key": CADRE.key, "stream": STREAM})
        assert published_records_after(STREAM, limit=1)[0].actor == expected
