"""Write update records as JSON lines, for `core.records.standalone` and anybody's own verifier."""

import json
from typing import IO, Any

from sqlalchemy import Engine

from core.records.reading import CIPHERTEXT, NOTHING, Driver, Head, Progress, Stored, entries, snapshot
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
        streams = records = 0
        for entry in entries(driver, stream=stream, sealed_part=part, progress=progress):
            if isinstance(entry, Head):
                _line(file, {"head": {"stream": entry.stream, "seq": entry.seq, "hash": entry.hash.hex()}})
                streams += 1
            else:
                _line(file, _exported(entry))
                records += 1
        _line(file, {"end": {"streams": streams, "records": records}})
    return records


def _header(driver: Driver, stream: str | None) -> dict[str, Any]:
    database_id, is_demo, made_at = driver.execute(_HEADER).fetchone() or (None, None, None)
    return {
        "format": FORMAT,
        "database_id": database_id,
        "is_demo": is_demo,
        "made_at": made_at,
        "stream": stream,
    }


def _exported(row: Stored) -> dict[str, Any]:
    record: dict[str, Any] = dict(zip(Stored._fields[:9], row[:9], strict=True))
    record["sealed"] = None if row.sealed is None else row.sealed.hex()
    record |= {"prev": row.prev.hex(), "hash": row.hash.hex()}
    if row.sealed_part is not None:
        record["ciphertext"] = row.sealed_part.hex()
    return record


def _line(file: IO[str], content: dict[str, Any]) -> None:
    file.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
