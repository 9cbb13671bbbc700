"""Lines go in by COPY, all of a run at once; the database takes none later."""

from typing import cast

from psycopg import Connection

from core.db import db

_COPY = "COPY quota_line (run_id, region_code, population, inputs, quota, low_confidence) FROM STDIN"


def store_text(text: str) -> None:
    """Write lines of one or many runs in one statement; the runs must be there."""
    connection = cast("Connection[object]", db.session.connection().connection.driver_connection)
    with connection.cursor() as cursor, cursor.copy(_COPY) as stream:
        stream.write(text)
