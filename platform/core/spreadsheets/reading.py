"""The parent's side: start the limited child, follow its lines, end it when it takes too long."""

import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Any

from core.spreadsheets.checks import checked_format
from core.spreadsheets.refusals import FileFault, SheetRefused

CHILD = Path(__file__).with_name("child.py")
WALL_SECONDS = 300
LONGEST_LINE = 64 * 1024 * 1024
AHEAD = 1024 * 1024
Cell = str | float | bool | dict[str, str] | None


@dataclass(frozen=True)
class Chunk:
    """Some rows of one sheet in order: the number that Excel shows, and the cells."""

    sheet: str
    rows: list[tuple[int, list[Cell]]]


@contextmanager
def opened_table(path: Path) -> Iterator[Iterator[Chunk]]:
    """Give the rows of all visible sheets in chunks; raises SheetRefused for a file that cannot be taken.

    The rows come while the child still reads: an end that is refused may follow rows that were fine.
    """
    kind = checked_format(path)
    command = [sys.executable, "-I", str(CHILD), kind.value, str(path)]
    child = subprocess.Popen(  # noqa: S603 - our own file and interpreter, the path is an argument
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env={}
    )
    alarm = Timer(WALL_SECONDS, child.kill)
    alarm.start()
    try:
        if child.stdout is None:
            raise SheetRefused(FileFault.BROKEN)
        fcntl.fcntl(child.stdout, fcntl.F_SETPIPE_SZ, AHEAD)  # so that it reads on while its rows are written
        yield _followed(child.stdout)
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _followed(lines: IO[bytes]) -> Iterator[Chunk]:
    sheet = ""
    while line := lines.readline(LONGEST_LINE):
        said = _understood(line)
        if "rows" in said:
            yield Chunk(sheet, said["rows"])
        elif "sheet" in said:
            sheet = str(said["sheet"])
        elif "fault" in said:
            raise SheetRefused(FileFault(said["fault"]))
        else:
            return
    raise SheetRefused(FileFault.TOO_MUCH_WORK)  # it ended without a word: a limit struck


def _understood(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError as failure:
        raise SheetRefused(FileFault.TOO_MUCH_WORK) from failure
    return dict(said)
