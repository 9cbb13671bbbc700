"""P1: the public list page of 20 needs against the same page as a Django keyset ListView, both under granian."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

from benchmarks.alternating import Compared, compare
from benchmarks.figures import Figure, amount, at_most, cost, missing
from benchmarks.served import MILLISECONDS, NOT_SERVED, Served, serving
from benchmarks.server import OURS, Bench
from regions.codes import prefix

DJANGO = "bench-django"
GOAL = at_most(0.5)
REQUESTS = 5
LEVELS = ("province", "prefecture", "county", "township", "village")
FILTERS = ({}, {"category": "daily_necessities"}, {"category": "daily_necessities", "status": "fulfilled"})
CROWDED = (
    "SELECT r.level, (array_agg(c.region_code ORDER BY c.needs DESC))[1] FROM region r JOIN"
    " (SELECT region_code, sum(count) AS needs FROM need_counter GROUP BY region_code) c ON c.region_code = r.code"
    " WHERE r.valid_to IS NULL GROUP BY r.level"
)


@dataclass(frozen=True)
class Case:
    """One address of the list."""

    level: str
    sort: str
    filters: int
    address: str

    def __str__(self) -> str:
        return f"{self.level}, {self.filters} filters"


def measure(bench: Bench) -> list[Figure]:
    environment = {"BENCH_DATABASE_URL": str(bench.settings.app_url)}
    reference = serving(bench, DJANGO, "benchmarks.django_reference.application:app", more=environment)
    try:
        with serving(bench, f"{OURS}-page", "web.app:create_app", factory=True) as ours, reference as django:
            return _compared(bench, ours, django)
    except NOT_SERVED as failure:
        return [missing("P1 list page", str(failure), GOAL)]


def _compared(bench: Bench, ours: Served, django: Served) -> list[Figure]:
    cases = list(_cases(bench))
    sizes = [(len(ours.get(case.address)), len(django.get(case.address))) for case in cases]
    found = {
        case: compare(
            ours.cpu(case.address, requests=REQUESTS),
            django.cpu(case.address, requests=REQUESTS),
            rounds=bench.size.rounds,
        )
        for case in cases
    }
    orders = [_order(found, sort) for sort in ("newest", "least-helped")]
    return [*orders, *_worst(found), *_sizes(sizes)]


def _cases(bench: Bench) -> Iterator[Case]:
    places = dict(bench.observer.execute(CROWDED).fetchall())
    for level in ("nation", *LEVELS):
        for sort in ("newest", "least-helped"):
            for filters in FILTERS:
                region = prefix(str(places[level])) if level != "nation" else ""
                query = {"region": region, **filters, "sort": "newest" if sort == "newest" else ""}
                kept = urlencode({name: value for name, value in query.items() if value})
                yield Case(level, sort, len(filters), f"/needs?{kept}")


def _order(found: dict[Case, Compared], sort: str) -> Figure:
    """Return the sum over all places and filters in one order."""
    pairs = [compared.middle for case, compared in found.items() if case.sort == sort]
    ours, reference = (sum(costs) / len(costs) for costs in zip(*pairs, strict=True))
    words = {"newest": "newest first", "least-helped": "least helped first"}[sort]
    return cost(f"P1 list page, {words}", ours, reference, GOAL, unit=MILLISECONDS, against="Django ListView")


def _worst(found: dict[Case, Compared]) -> Iterator[Figure]:
    """Yield the most unfavourable place and filters of each order."""
    for sort in ("newest", "least-helped"):
        case, compared = max(
            ((case, compared) for case, compared in found.items() if case.sort == sort), key=lambda pair: pair[1].ratio
        )
        name = f"P1 worst case, {sort}: {case}"
        yield cost(name, *compared.middle, GOAL, unit=MILLISECONDS, against="Django ListView")


def _sizes(sizes: list[tuple[int, int]]) -> Iterator[Figure]:
    """Yield how much the two write, so that nobody compares a short page with a long one."""
    ours, reference = (median(lengths) / 1000 for lengths in zip(*sizes, strict=True))
    yield amount("P1 size of the page", ours, None, unit="kB", against=f"Django ListView: {reference:.0f} kB")
