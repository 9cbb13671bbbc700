"""The file of published needs that anybody may download: made by a job, handed out as it is."""

import csv
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from sqlalchemy import text

from core.db import db
from core.settings import current

BATCH = 2_000
FORMATS = ("csv", "jsonl")
COLUMNS = (
    "id",
    "title",
    "description",
    "category",
    "level",
    "region_code",
    "region_path",
    "quantity",
    "unit",
    "min_lot",
    "held",
    "delivered",
    "confirmed",
    "status",
    "urgency",
    "size_band",
    "published_at",
    "verified_at",
    "expires_at",
    "disputed",
)
_ROWS = text(
    "SELECT n.id, n.title, n.description, n.category, n.level, b.place AS region_code,"
    " array_to_string(r.path_names, ' ') AS region_path, b.quantity, n.unit, n.min_lot, b.held, b.delivered,"
    " b.confirmed, b.progress AS status, n.urgency, n.size_band, b.published_at, n.verified_at, n.expires_at,"
    " n.disputed_since IS NOT NULL AS disputed FROM need_balance b JOIN need n ON n.id = b.need_id"
    " LEFT JOIN region r ON r.code = b.place AND r.valid_to IS NULL"
    " WHERE b.listed = 1 ORDER BY b.published_at DESC, b.need_id DESC"
)


@dataclass(frozen=True)
class Snapshot:
    """The file as it lies there: when it was made, how many needs it holds, how large it is in each format."""

    as_of: datetime
    rows: int
    sizes: Mapping[str, int]


def folder() -> Path:
    """Return where the files lie."""
    return current().var / "open-data"


def file_of(kind: str) -> Path:
    """Return the file of a format of FORMATS."""
    return folder() / f"needs.{kind}"


def find_snapshot() -> Snapshot | None:
    """Return what is known of the files, or None while there are none."""
    try:
        found = json.loads((folder() / "needs.json").read_text("utf-8"))
        sizes = {kind: file_of(kind).stat().st_size for kind in FORMATS}
    except (FileNotFoundError, ValueError):
        return None
    return Snapshot(datetime.fromisoformat(found["as_of"]), int(found["rows"]), sizes)


def published_rows() -> Iterator[dict[str, Any]]:
    """Yield every published need without personal parts, newest first, a few thousand at a time."""
    result = db.session.execute(_ROWS, execution_options={"yield_per": BATCH})
    for row in result.mappings():
        yield {name: _plain(row[name]) for name in COLUMNS}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return value if value is None or isinstance(value, (bool, str)) else str(value)


def write_rows(table: IO[str], lines: IO[str]) -> int:
    """Write all rows as CSV and as JSON lines; return how many."""
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    count = 0
    for row in published_rows():
        writer.writerow({name: _cell(value) for name, value in row.items()})
        lines.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
        count += 1
    return count


def _cell(value: Any) -> Any:
    """Return the value so that a spreadsheet takes no text for a formula."""
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return "'" + value
    return value


def replace_file(made: Path, wanted: Path) -> None:
    """Put a finished file in the place of the old one at once."""
    os.replace(made, wanted)
