"""P3: page 10,000 against page 1, and a million needs against ten thousand, by the query of the public list."""

from collections.abc import Callable

from sqlalchemy import text

from benchmarks.alternating import alternate, compare
from benchmarks.asking import MICROSECONDS, asking
from benchmarks.figures import Figure, at_most, cost, gain
from benchmarks.filling import FEW
from benchmarks.server import Bench
from core.db import db, unit_of_work
from core.paging import encode_cursor
from core.policy import ANONYMOUS
from needs.queries import Sort, published_needs

PAGE = 20
CALLS = 60
AT = text(
    "SELECT published_at, need_id FROM need_balance WHERE listed > 0 AND listed <= 1"
    " ORDER BY published_at DESC, need_id DESC OFFSET :rows LIMIT 1"
)
BY_OFFSET = text(
    "SELECT n.*, b.* FROM need_balance b JOIN need n ON n.id = b.need_id WHERE b.listed > 0 AND b.listed <= 1"
    " ORDER BY b.published_at DESC, b.need_id DESC OFFSET :rows LIMIT 21"
)
CROWDED = text(
    "SELECT county_code FROM need_balance WHERE listed = 1 GROUP BY county_code ORDER BY count(*) DESC LIMIT 1"
)


def measure(bench: Bench) -> list[Figure]:
    return [*_deep(bench), _least_helped(bench), _grown(bench)]


def _deep(bench: Bench) -> list[Figure]:
    rows = (bench.size.deep_page - 1) * PAGE
    with unit_of_work(ANONYMOUS):
        cursor = encode_cursor(*db.session.execute(AT, {"rows": rows - 1}).one())
    found = alternate(
        {
            "deep": asking(bench, lambda: published_needs(cursor=cursor), calls=CALLS),
            "first": asking(bench, published_needs, calls=CALLS),
            "offset": asking(bench, lambda: db.session.execute(BY_OFFSET, {"rows": rows}).all(), calls=3),
        },
        rounds=bench.size.rounds,
    )
    page = f"page {bench.size.deep_page:,}"
    deep, first, offset = (sorted(found[name])[bench.size.rounds // 2] for name in ("deep", "first", "offset"))
    return [
        cost(f"P3 newest first, {page}", deep, first, at_most(1.2), unit=MICROSECONDS, against="page 1"),
        gain(f"P3 newest first, {page}", deep, offset, None, unit=MICROSECONDS, against="the same by OFFSET"),
    ]


def _least_helped(bench: Bench) -> Figure:
    with unit_of_work(ANONYMOUS):
        county = str(db.session.execute(CROWDED).scalar_one())
        page = 100 if bench.size.national else 500
        cursor = _walk(county, page)
    compared = compare(
        asking(bench, _list(county, cursor), calls=CALLS),
        asking(bench, _list(county, None), calls=CALLS),
        rounds=bench.size.rounds,
    )
    return cost(
        f"P3 least helped first, page {page} of a county",
        *compared.middle,
        at_most(1.2),
        unit=MICROSECONDS,
        against="page 1",
    )


def _walk(county: str, page: int) -> str | None:
    """Return the cursor of a deep page, reached in steps of a hundred rows."""
    cursor = None
    for _ in range((page - 1) * PAGE // 100):
        cursor = published_needs(region=county, sort=Sort.LEAST_HELPED, limit=100, cursor=cursor).next
    return cursor


def _list(county: str, cursor: str | None) -> Callable[[], object]:
    return lambda: published_needs(region=county, sort=Sort.LEAST_HELPED, cursor=cursor)


def _grown(bench: Bench) -> Figure:
    compared = compare(
        asking(bench, published_needs, calls=CALLS),
        asking(bench, published_needs, calls=CALLS, schema="few"),
        rounds=bench.size.rounds,
    )
    name = f"P3 newest first, {bench.size.needs:,} needs"
    return cost(name, *compared.middle, at_most(1.2), unit=MICROSECONDS, against=f"{FEW:,} needs")
