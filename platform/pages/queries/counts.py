"""Counts of needs by place, from the counters, for many places at once."""

from collections.abc import Iterable

from sqlalchemy import text

from core.db import db
from needs.choices import Progress
from needs.queries import ProgressCounts
from regions.queries import Place

_PLACES = text(
    "SELECT region_code, progress, sum(count)::bigint AS needs FROM need_counter"
    " WHERE region_code = ANY(:codes) AND count > 0 GROUP BY region_code, progress"
)
_CATEGORIES = text(
    "SELECT category, progress, sum(count)::bigint AS needs FROM need_counter"
    " WHERE region_code = :code AND count > 0 GROUP BY category, progress"
)
WAITING = (Progress.OPEN.value, Progress.PARTLY_HELD.value)


def waiting(counts: ProgressCounts) -> int:
    """Return how many needs still lack something: nobody, or not yet enough, has pledged."""
    return counts.open + counts.partly_held


def counts_of(codes: Iterable[str]) -> dict[str, ProgressCounts]:
    """Return the counts of each place; places without needs have zeros."""
    wanted = list(codes)
    found: dict[str, dict[str, int]] = {code: {} for code in wanted}
    for row in db.session.execute(_PLACES, {"codes": wanted}):
        found[row.region_code][row.progress] = int(row.needs)
    return {code: ProgressCounts(**values) for code, values in found.items()}


def counts_by_category(code: str) -> dict[str, ProgressCounts]:
    """Return the counts of each category of needs that a place has."""
    found: dict[str, dict[str, int]] = {}
    for row in db.session.execute(_CATEGORIES, {"code": code}):
        found.setdefault(row.category, {})[row.progress] = int(row.needs)
    return {category: ProgressCounts(**values) for category, values in sorted(found.items())}


def hills_of(places: Iterable[Place]) -> list[tuple[Place, ProgressCounts]]:
    """Return places with their counts, in the order given; places without any need are left out."""
    listed = list(places)
    counts = counts_of(place.code for place in listed)
    return [(place, counts[place.code]) for place in listed if counts[place.code].total]
