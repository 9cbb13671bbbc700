"""Write update records as JSON lines, for `core.records.standalone` and anybody's own verifier."""

import json
from typing import IO, Any

from sqlalchemy import Engine

from core.records.reading import (
    CIPHERTEXT,
    NOTHING,
    Driver,
    Head,
    Progress,
    Stored,
    snapshot,
    stored_heads,
    stored_records,
)
from core.records.standalone import FORMAT

_HEADER = """
SELECT database_id::text, is_demo, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
FROM records.database
"""


def write_export(
    engine: Engine,
    file: IO[str],
    *,
    stream: str | None = None,
    with_ciphertext: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write all records, or one stream's; return how many. Personal parts leave only as ciphertext, if asked for."""
    part = CIPHERTEXT if with_ciphertext else NOTHING
    with snapshot(engine) as driver:
        _line(file, _header(driver, stream))
        heads = {head.stream: head for head in stored_heads(driver, stream=stream)}
        records = stored_records(driver, stream=stream, sealed_part=part, progress=progress)
        streams = count = 0
        present = ""
        for row in records:
            if row.stream != present:
                _head(file, heads.get(present))
                present, streams = row.stream, streams + 1
            _line(file, _exported(row))
            count += 1
        _head(file, heads.get(present))
        _line(file, {"end": {"streams": streams, "records": count}})
    return count


def _header(driver: Driver, stream: str | None) -> dict[str, Any]:
    database_id, is_demo, made_at = driver.execute(_HEADER).fetchone() or (None, None, None)
    return {
        "format": FORMAT,
        "database_id": database_id,
        "is_demo": is_demo,
        "made_at": made_at,
        "stream": stream,
    }


def _head(file: IO[str], head: Head | None) -> None:
    if head is not None:
        _line(file, {"head": {"stream": head.stream, "seq": head.seq, "hash": head.hash.hex()}})


def _exported(row: Stored) -> dict[str, Any]:
    record: dict[str, Any] = dict(zip(Stored._fields[:9], row[:9], strict=True))
    record["sealed"] = None if row.sealed is None else row.sealed.hex()
    record |= {"prev": row.prev.hex(), "hash": row.hash.hex()}
    if row.sealed_part is not None:
        record["ciphertext"] = row.sealed_part.hex()
    return record


def _line(file: IO[str], content: dict[str, Any]) -> None:
    file.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
