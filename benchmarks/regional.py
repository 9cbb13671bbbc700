"""P11 and the national quota run, each in a database of its own: all regions in, all levels of quotas computed."""

import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks import ROOT
from benchmarks.alternating import Compared, alternate
from benchmarks.apart import database_apart
from benchmarks.country import NATION, PROVINCE, WEIGHTS, Country, write
from benchmarks.cpu import Meter, backends
from benchmarks.figures import Figure, amount, at_most, cost
from benchmarks.server import OBSERVER, OURS, Bench, plain
from core.db import unit_of_work
from core.policy import SYSTEM
from identification.services.quotas.national import Report, Wish, run_levels
from regions.services import import_regions

NAME = "jiedui_bench_places"
ROUNDS = 3
SECONDS = 60
YEAR = 2014
FOLDER = ROOT / "build" / "bench-country"


@dataclass(frozen=True)
class Scene:
    """An empty database of our own, who watches it, and the files of an invented country."""

    observer: "psycopg.Connection[tuple[int]]"
    admin: str
    country: Country
    files: dict[str, Path]

    def cpu(self, work: Callable[[], object]) -> float:
        """Return the seconds that this process, children that have ended and the backends have run for some work."""
        meter, before = Meter(lambda: backends(self.observer, OURS)), _own()
        work()
        return meter.lap() / 1e9 + _own() - before


def _own() -> float:
    rows = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(row.ru_utime + row.ru_stime for row in rows)


@contextmanager
def opened(bench: Bench) -> Iterator[Scene]:
    """Make the database and the files; take both away at the end."""
    country = NATION if bench.size.national else PROVINCE
    with database_apart(bench, NAME) as address:
        try:
            with psycopg.connect(plain(address), autocommit=True, application_name=OBSERVER) as observer:
                yield Scene(observer, plain(address), country, write(country, FOLDER))
        finally:
            shutil.rmtree(FOLDER, ignore_errors=True)


def measure_import(bench: Bench) -> list[Figure]:
    """P11: import against plain COPY of the very rows that it wrote, into a table with the same indexes."""
    with opened(bench) as scene:
        copied = _copying(scene)
        found = alternate({"import": lambda: _imported(scene), "copy": copied}, rounds=ROUNDS)
        rows = sum(1 for _ in scene.files["places"].open("rb")) - 1
    compared = Compared(found["import"], found["copy"])
    against = "plain COPY of the same rows"
    return [cost(f"P11 import of {rows:,} regions", *compared.middle, at_most(2), unit="s CPU", against=against)]


def _imported(scene: Scene) -> float:
    scene.observer.execute("TRUNCATE region")
    return scene.cpu(lambda: _import(scene))


def _import(scene: Scene) -> None:
    with unit_of_work(SYSTEM):
        import_regions(scene.files["places"])


def _copying(scene: Scene) -> Callable[[], float]:
    """Keep what an import writes as a file; return a measure that copies it into an empty table of the same form."""
    _import(scene)
    path = FOLDER / "rows.copy"
    copier = psycopg.connect(scene.admin, autocommit=True, application_name=OURS)
    with path.open("wb") as file, copier.cursor().copy("COPY region TO STDOUT") as rows:
        for chunk in rows:
            file.write(chunk)
    copier.execute("CREATE TABLE plain_region (LIKE region INCLUDING ALL)")

    def measure() -> float:
        copier.execute("TRUNCATE plain_region")
        return scene.cpu(lambda: _copy(copier, path))

    return measure


def _copy(copier: "psycopg.Connection[tuple[int]]", path: Path) -> None:
    with path.open("rb") as file, copier.cursor().copy("COPY plain_region FROM STDIN") as rows:
        while chunk := file.read(1 << 20):
            rows.write(chunk)


def measure_quotas(bench: Bench) -> list[Figure]:
    """The national run: read the files, compute all levels, keep runs and lines; wall clock, and CPU beside it."""
    with opened(bench) as scene:
        _import(scene)
        scene.observer.execute("VACUUM ANALYZE region")
        began = time.monotonic()
        reports: list[Report] = []
        spent = scene.cpu(lambda: reports.append(_run(scene)))
        seconds = time.monotonic() - began
    places = sum(reports[0].places.values())
    share = scene.country.villages / NATION.villages
    return [
        amount(
            f"quota run, {places:,} places",
            seconds,
            at_most(SECONDS * (1 if share == 1 else max(share, 0.1))),
            unit="s",
            against=f"{sum(reports[0].runs.values()):,} runs",
        ),
        amount("quota run, CPU of all processes", spent, None, unit="s CPU", against=""),
    ]


def _run(scene: Scene) -> Report:
    files = scene.files
    wish = Wish(YEAR, files["provinces"], files["counties"], files["villages"], weights=WEIGHTS)
    with unit_of_work(SYSTEM):
        return run_levels(wish, actor=SYSTEM)
