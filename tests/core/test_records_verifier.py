"""The stand-alone verifier: what it accepts, what it finds, and how it says so."""

import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from core.records import standalone
from core.records.exporting import write_export
from core.records.standalone import INCOMPLETE, OK, STALE, TAMPERED, check_lines, record_hash
from tests.factories.recorded import Probe, World

HASHED = ("stream", "seq", "at", "actor", "role", "kind", "reason", "public", "sealed", "prev", "hash", "alg")


def export_of(world: World, **options: Any) -> list[str]:
    file = io.StringIO()
    write_export(world.app, file, **options)
    return file.getvalue().splitlines()


def three_records(world: World) -> list[str]:
    probe = world.keep()
    for amount in ("7", "8"):
        with world.unit() as session:
            session.get_one(Probe, probe.id).quantity = Decimal(amount)
    world.keep()
    return export_of(world)


@lru_cache
def chain() -> tuple[str, ...]:
    """An export of one stream, made without any database."""
    lines: list[dict[str, Any]] = [{"format": standalone.FORMAT, "made_at": datetime.now(UTC).isoformat()}]
    prev = ""
    for seq in range(1, 4):
        record: dict[str, Any] = {
            "stream": "need/abc",
            "seq": seq,
            "at": f"2026-11-0{seq}T08:00:00.000000Z",
            "actor": "0" * 32,
            "role": "cadre",
            "kind": "pledge.agreed",
            "reason": "late",
            "public": '{"quantity":"6"}',
            "sealed": "ab" * 32,
            "prev": prev,
            "alg": "sha256",
        }
        prev = record_hash(record).hex()
        lines.append(record | {"hash": prev})
    lines += [{"head": {"stream": "need/abc", "seq": 3, "hash": prev}}, {"end": {"streams": 1, "records": 3}}]
    return tuple(json.dumps(line) for line in lines)


def code_of(lines: list[str] | tuple[str, ...], **options: Any) -> int:
    return check_lines(lines, **options)[0]


def test_an_untouched_export_fits(world: World) -> None:
    code, found, header = check_lines(three_records(world))
    assert (code, found.records, found.streams, found.tampered) == (OK, 4, 2, [])
    assert header["is_demo"] is True


def test_an_export_of_one_stream_fits_and_holds_no_other(world: World) -> None:
    first, second = world.keep(), world.keep()
    lines = export_of(world, stream=f"need/{first.id}")
    assert code_of(lines) == OK
    assert str(second.id) not in "".join(lines)


def test_an_export_holds_ciphertext_only_where_asked_for(world: World) -> None:
    world.keep()
    assert "ciphertext" not in "".join(export_of(world))
    lines = export_of(world, with_ciphertext=True)
    assert "ciphertext" in "".join(lines)
    assert code_of(lines) == OK


def test_a_changed_ciphertext_is_found(world: World) -> None:
    world.keep()
    lines = export_of(world, with_ciphertext=True)
    record = json.loads(lines[1])
    record["ciphertext"] = "00" + record["ciphertext"][2:]
    assert code_of([lines[0], json.dumps(record), *lines[2:]]) == TAMPERED


@settings(max_examples=400, deadline=None)
@given(line=st.integers(1, 3), name=st.sampled_from(HASHED), place=st.integers(0, 10_000), bit=st.integers(0, 6))
def test_any_flipped_bit_in_any_hashed_field_is_found(line: int, name: str, place: int, bit: int) -> None:
    lines = list(chain())
    record = json.loads(lines[line])
    if name == "seq":
        record[name] ^= 1 << bit
    elif name in {"sealed", "prev", "hash"}:
        raw = bytearray.fromhex(record[name])
        if not raw:
            return
        raw[place % len(raw)] ^= 1 << bit
        record[name] = raw.hex()
    else:
        raw = bytearray(record[name].encode())
        raw[place % len(raw)] ^= 1 << bit
        record[name] = raw.decode()
    lines[line] = json.dumps(record)
    assert code_of(lines) == TAMPERED


@pytest.mark.parametrize("seq", [True, 1.0, "1", None], ids=["true", "1.0", "text", "null"])
def test_a_number_of_another_type_is_found(seq: object) -> None:
    lines = list(chain())
    lines[1] = json.dumps(json.loads(lines[1]) | {"seq": seq})
    assert code_of(lines) == TAMPERED


def test_a_payload_that_only_looks_equal_is_found() -> None:
    lines = list(chain())
    lines[2] = json.dumps(json.loads(lines[2]) | {"public": '{"quantity": "6"}'})
    assert code_of(lines) == TAMPERED


def test_another_algorithm_is_found_even_with_a_fitting_hash() -> None:
    lines = list(chain())
    record = json.loads(lines[3]) | {"alg": "md5"}
    lines[3] = json.dumps(record | {"hash": record_hash(record).hex()})
    assert any("unknown algorithm" in finding for finding in check_lines(lines)[1].tampered)


@pytest.mark.parametrize(
    "order",
    [
        pytest.param([0, 2, 1, 3, 4, 5], id="two records swapped"),
        pytest.param([0, 1, 1, 2, 3, 4, 5], id="a record twice"),
        pytest.param([0, 1, 3, 4, 5], id="a record left out"),
        pytest.param([0, 2, 3, 4, 5], id="the first record left out"),
        pytest.param([0, 1, 2, 4, 5], id="the last record left out"),
        pytest.param([0, 1, 2, 3, 4, 1, 2, 3, 4, 5], id="the stream twice"),
        pytest.param([1, 2, 3, 4, 5], id="no header"),
    ],
)
def test_records_in_another_order_are_found(order: list[int]) -> None:
    lines = chain()
    assert code_of([lines[place] for place in order]) == TAMPERED


@pytest.mark.parametrize(
    "order",
    [
        pytest.param([0, 1, 2, 3, 4], id="no end line"),
        pytest.param([0, 1, 2, 3, 5], id="no head"),
        pytest.param([0, 5], id="an end line that counts more"),
        pytest.param([0], id="a header alone"),
    ],
)
def test_a_cut_file_is_incomplete(order: list[int]) -> None:
    lines = chain()
    assert code_of([lines[place] for place in order]) == INCOMPLETE


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '{"stream":1}', '{"head":{}}', '{"head":3}'])
def test_a_line_that_is_no_record_is_named_and_never_a_crash(line: str) -> None:
    lines = list(chain())
    lines[2] = line
    assert code_of(lines) == TAMPERED


def test_an_export_older_than_asked_for_is_stale() -> None:
    old = json.loads(chain()[0]) | {"made_at": (datetime.now(UTC) - timedelta(hours=3)).isoformat()}
    lines = [json.dumps(old), *chain()[1:]]
    assert code_of(lines, max_age=timedelta(hours=2)) == STALE
    assert code_of(lines, max_age=timedelta(hours=4)) == OK


def test_the_verifier_is_one_file_of_the_standard_library(tmp_path: Path) -> None:
    source = Path(standalone.__file__)
    assert len(source.read_text(encoding="utf-8").splitlines()) <= 300
    copy, export = tmp_path / "check.py", tmp_path / "export.jsonl"
    copy.write_bytes(source.read_bytes())
    export.write_text("\n".join(chain()), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(copy), str(export), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == OK, done.stderr
    assert json.loads(done.stdout) | {"made_at": ""} == {
        "result": "ok",
        "records": 3,
        "streams": 1,
        "findings": [],
        "made_at": "",
        "checkpoint": None,
    }


def test_the_report_says_that_no_checkpoint_was_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.jsonl"
    export.write_text("\n".join(chain()), encoding="utf-8")
    assert standalone.main([str(export)]) == OK
    assert "No checkpoint was compared" in capsys.readouterr().out


def test_an_export_is_one_moment_even_while_others_write(world: World) -> None:
    probe = world.keep()

    class Writing(io.StringIO):
        def write(self, line: str) -> int:
            if self.tell() == 0:
                with world.unit() as session:
                    session.get_one(Probe, probe.id).quantity = Decimal(99)
            return super().write(line)

    file = Writing()
    assert write_export(world.app, file) == 1
    assert code_of(file.getvalue().splitlines()) == OK
    with world.admin.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM records.record")) == 2
