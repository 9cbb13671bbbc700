"""Many records in one call are the records that one call each would have written (decision 0019)."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.clock import move_clock
from core.records import open_payload, published_records_after, verify_stream
from core.records.appending import Entry, append_all, append_batch, canonical
from core.records.bulk import Told, record_many
from tests.factories.recorded import World

ROWS = text(
    "SELECT r.*, h.seq AS head, h.hash AS head_hash FROM records.record r JOIN records.head h USING (stream)"
    " WHERE r.stream = ANY(:streams) ORDER BY r.stream, r.seq"
)


class Undone(Exception):
    """Let a transaction be rolled back."""


def entries(streams: list[str]) -> list[Entry]:
    return [
        Entry(
            stream, "probe.agreed", "by_sheet", "", {"n": place, "id": stream}, f"household/{place}", b"cipher" * place
        )
        for place, stream in enumerate(streams, 1)
    ]


def written(world: World, write: Any, streams: list[str]) -> list[Any]:
    """Return the rows that a way of writing leaves, and undo it."""
    found: list[Any] = []

    def run(session: Session) -> None:
        move_clock(MOMENT)
        write(session, entries(streams))
        found.extend(tuple(row) for row in session.execute(ROWS, {"streams": streams}))
        raise Undone

    with pytest.raises(Undone), world.unit() as session:
        run(session)
    return found


MOMENT = datetime(2031, 5, 4, 3, 2, 1, 123456, tzinfo=UTC)


def test_a_batch_leaves_the_very_rows_that_single_calls_leave(world: World) -> None:
    streams = [f"need/{uuid4()}" for _ in range(7)]
    with world.unit() as session:
        append_all(session, entries(streams[:3]))
    single, batch = written(world, append_all, streams), written(world, append_batch, streams)
    assert len(single) == 10
    assert batch == single


def test_chains_that_batches_and_single_calls_wrote_in_turn_verify(world: World) -> None:
    stream = f"need/{uuid4()}"
    with world.unit() as session:
        append_batch(session, entries([stream]))
        append_all(session, entries([stream]))
    with world.unit() as session:
        append_batch(session, entries([stream]))
        check = verify_stream(stream)
    assert (check.ok, check.count) == (True, 3)


def test_several_records_of_one_stream_follow_in_the_order_given(world: World) -> None:
    stream = f"need/{uuid4()}"
    with world.unit():
        assert record_many([Told(stream, "probe.agreed", {"n": n}) for n in (1, 2, 3)]) == 3
        found = [record.public for record in published_records_after(stream, limit=5)]
    assert found == ['{"n":1}', '{"n":2}', '{"n":3}']


def test_what_is_sealed_in_a_batch_opens_again(world: World) -> None:
    stream = f"household/{uuid4()}"
    with world.unit():
        record_many([Told(stream, "probe.agreed", {}, {"head_name": "韦阿花", "size": 4})])
        assert open_payload(stream, 1) == {"head_name": "韦阿花", "size": 4}


@pytest.mark.parametrize(
    "wrong",
    [
        Entry("needs/1", "probe.agreed", "", "", {}),
        Entry("need/a b", "probe.agreed", "by_sheet", "", {}),
        Entry(f"need/{'1' * 65}", "probe.agreed", "by_sheet", "", {}),
        Entry("need/", "probe.agreed", "by_sheet", "", {}),
        Entry("need/1", "probe.unheard_of", "", "", {}),
        Entry("need/1", "probe.agreed", "Free text", "", {}),
        Entry("need/1", "probe.agreed", "by_sheet", "", {"long": "x" * 5000}),
    ],
)
def test_a_batch_refuses_what_a_single_call_refuses(world: World, wrong: Entry) -> None:
    for write in (append_all, append_batch):
        with pytest.raises(DBAPIError), world.unit() as session:
            write(session, [*entries([f"need/{uuid4()}", f"need/{uuid4()}"]), wrong])


def test_a_stream_comes_once_in_a_batch(world: World) -> None:
    stream = f"need/{uuid4()}"
    with pytest.raises(DBAPIError, match="one record at a time"), world.unit() as session:
        append_batch(session, entries([stream, stream]))


def test_a_new_stream_that_another_transaction_made_first_is_refused_not_forked(world: World) -> None:
    stream = f"need/{uuid4()}"
    with world.unit() as session:
        append_all(session, entries([stream]))
        with world.app.connect() as other:
            other.execute(text("SET lock_timeout = '200ms'"))
            told = "SELECT set_config('app.actor', 'x', true), set_config('app.role', 'cadre', true)"
            other.execute(text(told))
            many = "SELECT records.append_many(ARRAY[:s], ARRAY['probe.agreed'], ARRAY[''], ARRAY['{}'], NULL, NULL)"
            with pytest.raises(DBAPIError):
                other.execute(text(many), {"s": stream})
    with world.unit():
        assert verify_stream(stream).count == 1


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_.]{1,20}", fullmatch=True),
        st.none()
        | st.booleans()
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.text(st.characters(codec="utf-8"))
        | st.lists(st.text(st.characters(codec="utf-8")), max_size=3),
        max_size=8,
    )
)
def test_the_quick_canonical_form_is_that_of_rfc_8785(values: dict[str, Any]) -> None:
    assert canonical(values).encode() == rfc8785.dumps(values)


def test_a_stream_that_is_said_to_begin_uses_the_key_that_it_has(world: World) -> None:
    stream = f"household/{uuid4()}"
    with world.unit():
        record_many([Told(stream, "probe.agreed", {}, {"size": 4})])
    with world.unit():
        record_many([Told(stream, "probe.agreed", {}, {"size": 5}, is_first=True)])
    with world.unit():
        assert [open_payload(stream, seq) for seq in (1, 2)] == [{"size": 4}, {"size": 5}]
