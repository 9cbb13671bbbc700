"""Lines go in by COPY, all of a run at once; the database takes none later."""

import json
from collections.abc import Iterable
from typing import cast
from uuid import UUID

from psycopg import Connection

from core.db import db
from identification.quotas.tasks import Line

_COPY = "COPY quota_line (run_id, region_code, population, inputs, quota, low_confidence) FROM STDIN"


def copy_text(run_id: UUID, lines: Iterable[Line]) -> str:
    """Return the lines of a run as COPY reads them."""
    marks = {True: "t", False: "f"}
    return "".join(
        f"{run_id}\t{line.code}\t{line.population}\t{_json(line)}\t{line.quota}\t{marks[line.low_confidence]}\n"
        for line in lines
    )


def store_text(text: str) -> None:
    """Write lines of one or many runs in one statement; the runs must be there."""
    connection = cast("Connection[object]", db.session.connection().connection.driver_connection)
    with connection.cursor() as cursor, cursor.copy(_COPY) as stream:
        stream.write(text)


def _json(line: Line) -> str:
    return json.dumps(line.inputs, separators=(",", ":")).replace("\\", "\\\\")
