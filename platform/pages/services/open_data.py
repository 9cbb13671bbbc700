"""Making and taking back the files of open data."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from core.clock import now
from pages.queries.open_data import FORMATS, file_of, folder, replace_file, write_rows


def write_open_data() -> int:
    """Write the files anew, each put in place when it is whole; return how many needs they hold."""
    folder().mkdir(parents=True, exist_ok=True)
    moment = now()
    with TemporaryDirectory(dir=folder()) as aside:
        made = {kind: Path(aside) / kind for kind in (*FORMATS, "json")}
        with (
            made["csv"].open("w", encoding="utf-8-sig", newline="") as table,
            made["jsonl"].open("w", encoding="utf-8") as lines,
        ):
            rows = write_rows(table, lines)
        made["json"].write_text(json.dumps({"as_of": moment.isoformat(), "rows": rows}), "utf-8")
        for kind in FORMATS:
            replace_file(made[kind], file_of(kind))
        replace_file(made["json"], folder() / "needs.json")
    return rows


def take_back_open_data() -> None:
    """Remove the files: a household has just withdrawn its consent, and the next run leaves its needs out."""
    for path in (folder() / "needs.json", *(file_of(kind) for kind in FORMATS)):
        path.unlink(missing_ok=True)
