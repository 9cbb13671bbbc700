"""CPU time of other processes: servers with all their threads, and PostgreSQL's backends."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import psycopg

PROC = Path("/proc")
TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def process_tree(pid: int) -> list[int]:
    """Return the process and everything below it."""
    parents = {int(entry.name): _parent(entry) for entry in PROC.iterdir() if entry.name.isdigit()}
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting += [child for child, parent in parents.items() if parent == current]
    return found


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def nanoseconds(pid: int) -> int:
    """Return the time that the process has run so far; 0 if it has ended."""
    try:
        threads = list((PROC / str(pid) / "task").iterdir())
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)
    except FileNotFoundError:
        return _ticks(pid)


def _ticks(pid: int) -> int:
    """Return the same from a file that every kernel has, in steps of a hundredth of a second."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return (int(fields[11]) + int(fields[12])) * TICK


class Meter:
    """Adds up what a changing set of processes has run since it was last read."""

    def __init__(self, pids: Callable[[], Iterable[int]]) -> None:
        self._pids = pids
        self._seen: dict[int, int] = {}
        self.lap()

    def lap(self) -> int:
        """Return the nanoseconds since the last lap. A process that came in between counts from its start."""
        now = {pid: nanoseconds(pid) for pid in self._pids()}
        spent = sum(max(0, ran - self._seen.get(pid, 0)) for pid, ran in now.items())
        self._seen = now
        return spent


def backends(observer: "psycopg.Connection[tuple[int]]", name: str) -> list[int]:
    """Return the processes that serve connections of an application name in the observer's database."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
    return [pid for (pid,) in observer.execute(query, [name])]


def sees_backends(observer: "psycopg.Connection[tuple[int]]") -> bool:
    """Return whether the server runs on this machine, where its processes can be watched."""
    row = observer.execute("SELECT pg_backend_pid()").fetchone()
    try:
        return row is not None and (PROC / str(row[0]) / "comm").read_text().startswith("postgres")
    except OSError:
        return False
