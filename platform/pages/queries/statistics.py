"""The public ledger: counts of needs at each level, by place and category, small cells hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from needs.queries import ProgressCounts, counters_as_of
from pages.queries.counts import counts_by_category, counts_of
from pages.queries.figures import UnitSum, is_countable, sums_by_unit
from pages.queries.places import NATION, path_within, siblings, site_place
from pages.queries.suppression import hidden_rows, sums_hidden
from regions.codes import prefix
from regions.queries import Place, published_children, published_region

LEVELS = ("verified", "pledged", "delivered", "confirmed")
COUNTY_DIGITS = 6


@dataclass(frozen=True)
class LevelCounts:
    """Needs that got so far, wholly: a level includes those after it. None where it is not shown."""

    verified: int | None
    pledged: int | None
    delivered: int | None
    confirmed: int | None

    @property
    def is_hidden(self) -> bool:
        return self.verified is None


HIDDEN = LevelCounts(None, None, None, None)


@dataclass(frozen=True)
class Ledger:
    """Everything that the ledger of one place shows."""

    place: Place | None
    path: list[Place]
    as_of: datetime | None
    total: LevelCounts
    places: list[tuple[Place, LevelCounts]]
    categories: list[tuple[str, LevelCounts]]
    sums: list[UnitSum]


def levels_of(counts: ProgressCounts) -> tuple[int, int, int, int]:
    """Return the counts as levels, each including those after it."""
    delivered = counts.delivered + counts.fulfilled
    return counts.total, counts.fully_held + delivered, delivered, counts.fulfilled


def published_ledger(region: str = "") -> Ledger:
    """Return the ledger of a place, by default the site's; NotFound for an unknown code.

    Categories and sums are shown for one level of places only, counties: beside a second one they could be taken apart.
    """
    site = site_place()
    place = published_region(region) if region else site
    path = path_within(place.code, site) if place else []
    below = siblings(place) if place else published_children(None)
    counts = counts_of([place.code if place else NATION, *(child.code for child in below)])
    own = levels_of(counts.pop(place.code if place else NATION))
    rows = {child.code: levels_of(counts[child.code]) for child in below if counts[child.code].total}
    hidden = _hidden_above(path) or sums_hidden(own, rows)
    return Ledger(
        place=place,
        path=path,
        as_of=counters_as_of(),
        total=HIDDEN if hidden else LevelCounts(*own),
        places=[] if hidden else _places(below, rows),
        categories=[] if hidden else _categories(place),
        sums=sums_by_unit(place.code) if place and not hidden and _is_county(place) else [],
    )


def _is_county(place: Place) -> bool:
    return is_countable(place.code) and len(prefix(place.code)) == COUNTY_DIGITS


def _categories(place: Place | None) -> list[tuple[str, LevelCounts]]:
    if place is None or not _is_county(place):
        return []
    rows = {category: levels_of(counts) for category, counts in counts_by_category(place.code).items()}
    if sums_hidden((0, 0, 0, 0), rows):
        return []
    hidden = hidden_rows(rows)
    return [(category, HIDDEN if category in hidden else LevelCounts(*row)) for category, row in rows.items()]


def _places(below: list[Place], rows: Mapping[str, tuple[int, int, int, int]]) -> list[tuple[Place, LevelCounts]]:
    hidden = hidden_rows(rows)
    shown = ((child, rows[child.code]) for child in below if child.code in rows)
    return [(child, HIDDEN if child.code in hidden else LevelCounts(*row)) for child, row in shown]


def _hidden_above(path: list[Place]) -> bool:
    """Return whether one of the places on the way is hidden in the table of the place above it."""
    for above, place in zip(path, path[1:], strict=False):
        children = siblings(above)
        counts = counts_of(child.code for child in children)
        rows = {code: levels_of(found) for code, found in counts.items() if found.total}
        if place.code in hidden_rows(rows):
            return True
    return False
