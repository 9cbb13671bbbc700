"""All levels from their files: the nation's provinces, their counties, all villages; counties side by side.

What a level gives is what the next one shares out. One transaction keeps everything or nothing.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID, uuid4

from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.policy import Actor
from identification.queries.quotas.places import COUNTRY, closed_among, places_of, villages_by_county
from identification.queries.quotas.reading import current_runs, lines_of, standing
from identification.quotas.apportionment import Method
from identification.quotas.bulk import Batch, Done, Job, compute_batch
from identification.quotas.fitting import named_strange
from identification.quotas.grouping import Group, Grouped, Owners, grouped
from identification.quotas.input_files import CellError, WrongCells
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.services.quotas.computing import Computed, Order, add_run, compute_run
from identification.services.quotas.reading import MAX_NAMED, decoded, read_inputs
from identification.services.quotas.storing import store_text
from regions.codes import RegionLevel, pad
from regions.queries import published_children, published_region

AT_ONCE = 25
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Wish:
    """Which levels to compute from which files. `total` is the number of `place` where nothing above says it."""

    year: int
    provinces: Path | None = None
    counties: Path | None = None
    villages: Path | None = None
    place: str = ""
    total: int | None = None
    method: Method = Method.HAMILTON
    weights: Mapping[FactorCode, str] = field(default_factory=dict)
    workers: int = 0

    @property
    def factors(self) -> tuple[FactorCode, ...]:
        return tuple(code for code in FactorCode if code in self.weights)


@dataclass
class Report:
    """How many runs and places of each level, and how many persons they share out."""

    runs: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)

    def count(self, level: QuotaLevel, places: int, persons: int) -> None:
        """Add a run."""
        for what, number in ((self.runs, 1), (self.places, places), (self.persons, persons)):
            what[level.value] = what.get(level.value, 0) + number


@dataclass(frozen=True, slots=True)
class Given:
    """What a place has to share out, and the run that gave it."""

    persons: int
    run_id: UUID | None


def run_levels(wish: Wish, *, actor: Actor, on_progress: Progress = lambda _places: None) -> Report:
    """Compute all levels that have a file; raises WrongCells with every mistake, and keeps nothing then."""
    if not (wish.provinces or wish.counties or wish.villages):
        raise Refused(_l("Name at least one file."), code="nothing_to_do")
    work, given = _Work(wish, actor, on_progress), _first_given(wish)
    if wish.provinces:
        given = work.nation(wish.provinces)
    if wish.counties:
        owners = {code: list(places_of(code, QuotaLevel.COUNTIES).values()) for code in _provinces(wish, given)}
        runs = work.split(QuotaLevel.COUNTIES, wish.counties, owners, given)
        given = {line.code: Given(line.quota, run_id) for run_id in runs for line in lines_of(run_id)}
    if wish.villages:
        work.split(QuotaLevel.VILLAGES, wish.villages, villages_by_county(wish.place), given)
    return work.report


def _first_given(wish: Wish) -> dict[str, Given]:
    return {pad(wish.place): Given(wish.total, None)} if wish.place and wish.total is not None else {}


def _provinces(wish: Wish, given: Mapping[str, Given]) -> list[str]:
    if given:
        return list(given)
    if wish.place and published_region(wish.place).level is RegionLevel.PROVINCE:
        return [pad(wish.place)]
    return [place.code for place in published_children(None)]


@dataclass
class _Work:
    """What all levels share while they are computed."""

    wish: Wish
    actor: Actor
    on_progress: Progress
    report: Report = field(default_factory=Report)

    def order(self, level: QuotaLevel, region_code: str, total: int, path: Path) -> Order:
        return Order(region_code, level, self.wish.year, total, self.wish.method, self.wish.weights, path.name)

    def nation(self, path: Path) -> dict[str, Given]:
        """Compute the provinces' numbers; return them."""
        lines = read_inputs(decoded(path.read_bytes()), region_code=COUNTRY, level=QuotaLevel.PROVINCES).lines
        run = compute_run(self.order(QuotaLevel.PROVINCES, COUNTRY, 0, path), lines, actor=self.actor)
        self.report.count(QuotaLevel.PROVINCES, run.places, run.total)
        self.on_progress(run.places)
        return {line.code: Given(line.quota, run.id) for line in lines_of(run.id)}

    def split(self, level: QuotaLevel, path: Path, owners: Owners, given: Mapping[str, Given]) -> list[UUID]:
        """Compute and keep the runs of a level, one for each upper place; return their ids."""
        factors = self.wish.factors if level is QuotaLevel.VILLAGES else ()
        found = grouped(path, level, factors, owners)
        wrong, runs = named_strange(found.strange, closed_among), list[UUID]()
        known, lacking = self._known(found, owners, given)
        wrong += lacking
        jobs = _batched(_jobs(found, owners, known))
        batches = (Batch(self.order(level, "", 0, path).task, found.heading, factors, some) for some in jobs)
        for done in self._computed(batches, many=len(known) > AT_ONCE):
            wrong += [error for one in done for error in one.wrong]
            if not wrong:
                self._keep(done, level, path, known)
                runs += [one.run_id for one in done]
            self._count(done, level)
        if wrong:
            raise WrongCells(sorted(wrong, key=lambda error: error.line)[:MAX_NAMED])
        return runs

    def _known(
        self, found: Grouped, owners: Owners, given: Mapping[str, Given]
    ) -> tuple[dict[str, Given], list[CellError]]:
        """Return what each place has to share out, and an error for those of the file that were given nothing."""
        known: dict[str, Given] = {}
        lacking = []
        for code in (code for code in owners if code in given or code in found.groups):
            one = given.get(code) or _published(code, self.wish.year)
            if one is None:
                lacking.append(CellError(0, "code", _l("%(code)s has no number to share out.", code=code)))
            else:
                known[code] = one
        return known, lacking

    def _computed(self, batches: Iterator[Batch], *, many: bool) -> Iterator[list[Done]]:
        """Yield the computed batches in their order, from other processes where there is enough to do."""
        workers = self.wish.workers or os.cpu_count() or 1
        if not many or workers == 1:
            yield from map(compute_batch, batches)
            return
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            waiting = deque(pool.submit(compute_batch, batch) for batch in islice(batches, 2 * workers))
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(compute_batch, batch) for batch in islice(batches, 1))
                yield done

    def _keep(self, done: Sequence[Done], level: QuotaLevel, path: Path, given: Mapping[str, Given]) -> None:
        before = self._before
        for one in done:
            add_run(
                Computed(one.run_id, one.total, one.places, one.digest),
                self.order(level, one.region_code, one.total, path),
                actor=self.actor,
                parent_id=given[one.region_code].run_id,
                replaces_id=before.get(one.region_code),
            )
        db.session.flush()  # the lines refer to their runs
        store_text("".join(one.text for one in done))
        db.session.expunge_all()

    @cached_property
    def _before(self) -> dict[str, UUID]:
        return current_runs(self.wish.year)

    def _count(self, done: Sequence[Done], level: QuotaLevel) -> None:
        for one in done:
            self.report.count(level, one.places, one.total)
        self.on_progress(sum(one.places for one in done))


def _published(code: str, year: int) -> Given | None:
    found = standing(code, year)
    return Given(found.persons, found.run_id) if found else None


def _jobs(found: Grouped, owners: Owners, given: Mapping[str, Given]) -> Iterator[Job]:
    for code, one in given.items():
        group = found.groups.pop(code, None) or Group()
        yield Job(uuid4(), code, one.persons, list(owners[code]), group.numbers, group.rows)


def _batched(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    while some := list(islice(jobs, AT_ONCE)):
        yield some
