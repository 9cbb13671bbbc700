"""The limited child that parses an uploaded table: run as a file of its own, it knows nothing of the platform.

It is given a file and writes JSON lines: {"sheet": NAME} once for each sheet, {"rows": [[NUMBER, [CELL, ...]], ...]}
in chunks, and {"end": true} or {"fault": CODE}. A cell is a text, a number, a truth value, null, {"day": ISO} for what
the file holds as a date, or {"error": TEXT}. Memory and processor time are bounded by the system.
"""

import csv
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEMORY = 640 * 1024 * 1024
SECONDS = 60
CHUNK = 1000
MAX_COLUMNS = 120
MAX_ROWS = 120_100
MAX_LETTERS = 2000
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = (",", "\t", ";", "|", "\uff0c")
SAMPLE = 20
Cell = str | float | bool | dict[str, str] | None


class TooMuch(Exception):
    """The table is larger than any register; the argument is the code of the fault."""


def limit() -> None:
    """Bound this process: memory, processor time, no core dump, no new file, no child of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")))
    sys.stdout.write("\n")


def plain(value: object) -> Cell:
    """Return a cell's value as JSON can hold it."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value[:MAX_LETTERS]
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, (time, timedelta)):
        return str(value)
    return {"error": str(value)[:40]}


def cells_of(row: Iterable[object]) -> list[Cell]:
    """Return a row's cells without the empty ones at its end."""
    found = [value if type(value) is str and 0 < len(value) <= MAX_LETTERS else plain(value) for value in row]
    while found and found[-1] is None:
        found.pop()
    if len(found) > MAX_COLUMNS:
        raise TooMuch("too_many_columns")
    return found


def send(rows: Iterator[tuple[int, Iterable[object]]]) -> None:
    """Write the rows that hold anything, in chunks; numbers are those that Excel shows."""
    chunk: list[tuple[int, list[Cell]]] = []
    sent = 0
    for number, row in rows:
        cells = cells_of(row)
        if not cells:
            continue
        chunk.append((number, cells))
        if len(chunk) == CHUNK:
            sent += CHUNK
            if sent > MAX_ROWS:
                raise TooMuch("too_many_rows")
            say({"rows": chunk})
            chunk = []
    say({"rows": chunk})


def read_workbook(path: Path) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - text needs none

    with CalamineWorkbook.from_path(str(path)) as workbook:
        for facts in workbook.sheets_metadata:
            if facts.typ != SheetTypeEnum.WorkSheet or facts.visible != SheetVisibleEnum.Visible:
                continue
            sheet = workbook.get_sheet_by_name(facts.name)
            if sheet.start is None:
                continue
            if sheet.total_width > MAX_COLUMNS * 10:
                raise TooMuch("too_many_columns")
            say({"sheet": facts.name})
            send(enumerate(sheet.iter_rows(), 1))


def decoded(content: bytes) -> str:
    """Return the text, in the encodings that Excel and WPS write here."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TooMuch("encoding")


def delimiter_of(lines: list[str]) -> str:
    """Return the character that divides most of the first lines into the most parts."""

    def weight(mark: str) -> tuple[int, int]:
        return sum(mark in line for line in lines), sum(line.count(mark) for line in lines)

    return max(DELIMITERS, key=weight)


def read_text(path: Path) -> None:
    text = decoded(path.read_bytes())
    if "\0" in text:
        raise TooMuch("encoding")
    lines = text.splitlines(keepends=True)
    csv.field_size_limit(1_000_000)
    say({"sheet": ""})
    reader = csv.reader(lines, delimiter=delimiter_of(lines[:SAMPLE]))
    send((reader.line_num, row) for row in reader)


def main(arguments: list[str]) -> int:
    """Read FORMAT PATH; a fault is said in the last line."""
    limit()
    try:
        (read_workbook if arguments[0] == "xlsx" else read_text)(Path(arguments[1]))
    except TooMuch as fault:
        say({"fault": fault.args[0]})
    except MemoryError:
        say({"fault": "too_much_work"})
    except Exception as failure:  # whatever a parser finds wrong, the file is what is broken
        locked = type(failure).__name__ == "PasswordError"
        say({"fault": "password" if locked else "broken"})
    else:
        say({"end": True})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
