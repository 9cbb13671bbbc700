"""P6: a sheet of 100,000 households through the command, against what openpyxl needs only to read the same file."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from benchmarks import ROOT, SOURCE
from benchmarks.alternating import Compared, alternate
from benchmarks.apart import database_apart
from benchmarks.figures import Figure, amount, at_most, cost
from benchmarks.server import OBSERVER, OURS, Bench, plain
from benchmarks.sheet_file import write_households
from benchmarks.watching import Watched, watch
from core.db import unit_of_work
from core.policy import SYSTEM
from core.settings import current
from regions.services import BAISE, REFERENCE_DAY, import_regions

NAME = "jiedui_bench_sheet"
FOLDER = ROOT / "build" / "bench-sheet"
ROWS, FEW_ROWS = 100_000, 20_000
ROUNDS = 3
MEGABYTES = 200
BAISE_CODE = "4510"
TAKEN = "household, household_profile, member, membership"
READ = """
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], read_only=True)
print(sum(1 for sheet in book for row in sheet.iter_rows(values_only=True)))
"""


@dataclass
class Scene:
    """A database that knows Baise's places, the file, and what each run of ours has cost."""

    observer: "psycopg.Connection[tuple[int]]"
    path: Path
    rows: int
    runs: list[Watched] = field(default_factory=list)

    def fresh(self) -> float:
        """Import everything into empty registers; return the seconds of processors."""
        self.observer.execute("SET session_replication_role = replica")  # what is recorded may not be emptied
        self.observer.execute(f"TRUNCATE {TAKEN} CASCADE")
        self.runs.append(self.imported(accepted=self.rows))
        return self.runs[-1].cpu

    def imported(self, *, accepted: int) -> Watched:
        """Run the command, or raise ValueError if it took other rows than it should."""
        words = ["import", "households", str(self.path), "--village", BAISE_CODE, "--json"]
        environment = {**os.environ, "APP_DATABASE_URL": str(current().app_url), "PYTHONPATH": str(SOURCE)}
        command = [sys.executable, "-m", "web.cli", *words]
        found = watch(command, env=environment, observer=self.observer, name=OURS)
        counts = json.loads(found.said)
        if (counts["accepted"], counts["refused"]) != (accepted, 0):
            raise ValueError(f"{counts['accepted']} rows were taken and {counts['refused']} refused")
        return found

    def read(self) -> Watched:
        """Let openpyxl read all cells in its fastest way, and do nothing with them."""
        return watch([sys.executable, "-c", READ, str(self.path)], env=os.environ)


@contextmanager
def opened(bench: Bench) -> Iterator[Scene]:
    """Make the database and the file; take both away at the end."""
    rows = ROWS if bench.size.national else FEW_ROWS
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with (
            database_apart(bench, NAME) as address,
            psycopg.connect(plain(address), autocommit=True, application_name=OBSERVER) as observer,
        ):
            with unit_of_work(SYSTEM):
                import_regions(BAISE, as_of=REFERENCE_DAY)
            write_households(FOLDER / "households.xlsx", rows)
            yield Scene(observer, FOLDER / "households.xlsx", rows)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


def measure(bench: Bench) -> list[Figure]:
    """P6, the clock beside it, a second import that changes nothing, and the memory of our two processes."""
    with opened(bench) as scene:
        reads: list[Watched] = []
        found = alternate({"ours": scene.fresh, "read": lambda: _kept(reads, scene.read()).cpu}, rounds=ROUNDS)
        again = scene.imported(accepted=0)
    clocks = Compared([run.clock for run in scene.runs], [run.clock for run in reads])
    against = "openpyxl only reads it"
    name = f"P6 import of {scene.rows:,} households"
    return [
        cost(name, *Compared(found["ours"], found["read"]).middle, at_most(0.5), unit="s CPU", against=against),
        cost(f"{name}, by the clock", *clocks.middle, at_most(0.5), unit="s", against=against),
        cost("P6 the same file again", again.cpu, reads[-1].cpu, at_most(0.5), unit="s CPU", against=against),
        _memory(scene.runs, reads),
    ]


def _memory(runs: list[Watched], reads: list[Watched]) -> Figure:
    """The two processes run at one time, so their peaks are added up."""
    largest = max(runs, key=lambda run: run.peak + run.child_peak)
    against = f"{largest.peak:.0f} command, {largest.child_peak:.0f} child; openpyxl {reads[0].peak:.0f}"
    return amount("P6 most memory", largest.peak + largest.child_peak, at_most(MEGABYTES), unit="MB", against=against)


def _kept(runs: list[Watched], run: Watched) -> Watched:
    runs.append(run)
    return run
