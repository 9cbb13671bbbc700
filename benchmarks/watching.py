"""A command run to its end: what it cost together with its children and its database backends, and their memory."""

import resource
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psycopg

from benchmarks.cpu import PROC, backends, nanoseconds, process_tree

PAUSE = 0.02


@dataclass(frozen=True)
class Watched:
    """What it said, seconds on the clock and of processors, and the peaks in MB: its own, its largest child's."""

    said: str
    clock: float
    cpu: float
    peak: float
    child_peak: float


class CommandFailed(RuntimeError):
    """The command did not end well; the text is what it said last."""


def watch(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    observer: "psycopg.Connection[tuple[int]] | None" = None,
    name: str = "",
) -> Watched:
    """Run a command; with an observer count the backends that serve connections called `name`, too."""
    began, before = time.monotonic(), _ended_children()
    peaks: dict[int, float] = {}
    served: dict[int, int] = {}
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as wrong:
        process = subprocess.Popen(command, env=dict(env), stdout=said, stderr=wrong)
        while process.poll() is None:
            peaks |= {pid: found for pid in process_tree(process.pid) if (found := _peak(pid))}
            for pid in backends(observer, name) if observer is not None else ():
                served[pid] = max(served.get(pid, 0), nanoseconds(pid))
            time.sleep(PAUSE)
        for file in (said, wrong):
            file.seek(0)
        if process.returncode:
            raise CommandFailed((wrong.read() or said.read())[-500:])
        spent = _ended_children() - before + sum(served.values()) / 1e9
        own = peaks.pop(process.pid, 0.0)
        return Watched(said.read(), time.monotonic() - began, spent, own, max(peaks.values(), default=0.0))


def _ended_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _peak(pid: int) -> float:
    """Return the most memory that a process has held, in MB; 0 if it has ended."""
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
