"""Counts of needs, read from counters that a job keeps: each says as of when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text

from core.db import db
from needs.choices import Progress
from regions.codes import LENGTH, pad
from regions.queries import published_children

NATION = "0" * LENGTH
COUNTER_RUN = "need_counter"

_OF_PLACE = text(
    "SELECT category, level, progress, count AS needs FROM need_counter WHERE region_code = :region AND count > 0"
)
_OF_PLACES = text(
    "SELECT region_code, progress, sum(count)::bigint AS needs FROM need_counter"
    " WHERE region_code = ANY(:regions) AND count > 0 GROUP BY region_code, progress"
)
_AS_OF = text("SELECT as_of FROM counter_run WHERE name = :name")


@dataclass(frozen=True)
class ProgressCounts:
    """Numbers of needs by how far they are; each need is counted once."""

    open: int = 0
    partly_held: int = 0
    fully_held: int = 0
    delivered: int = 0
    fulfilled: int = 0

    @property
    def total(self) -> int:
        return self.open + self.partly_held + self.fully_held + self.delivered + self.fulfilled

    @property
    def pledged(self) -> int:
        """Pledged for, wholly or partly, and not yet delivered."""
        return self.partly_held + self.fully_held


@dataclass(frozen=True)
class Facets:
    """Counts beside the filters of a list: each under the other filters that are set."""

    total: int
    categories: dict[str, int]
    levels: dict[str, int]
    statuses: dict[str, int]
    places: dict[str, int] = field(default_factory=dict)
    as_of: datetime | None = None


@dataclass(frozen=True)
class HillFigure:
    """A place of the hills: numbers of needs, each counted once."""

    code: str
    name: str
    confirmed: int
    delivered: int
    pledged: int
    needed: int


def counters_as_of() -> datetime | None:
    """Return when the counters were last brought up to date; asked for once in a unit of work."""
    kept = db.session.info
    if COUNTER_RUN not in kept:
        kept[COUNTER_RUN] = db.session.execute(_AS_OF, {"name": COUNTER_RUN}).scalar()
    found: datetime | None = kept[COUNTER_RUN]
    return found


def counters(region: str = "") -> ProgressCounts:
    """Return the numbers of published needs of a place, or of the whole country."""
    found = dict.fromkeys((progress.value for progress in Progress), 0)
    for row in db.session.execute(_OF_PLACE, {"region": pad(region) if region else NATION}):
        found[row.progress] += row.needs
    return ProgressCounts(**found)


def facets(
    region: str = "",
    *,
    category: str | Sequence[str] = (),
    level: str = "",
    status: str | Sequence[str] = (),
    children: Iterable[str] = (),
) -> Facets:
    """Return the counts for the filters of a list; `children` are the places of the tree to count."""
    chosen = {"category": _wanted(category), "level": _wanted(level), "progress": _wanted(status)}
    rows = db.session.execute(_OF_PLACE, {"region": pad(region) if region else NATION})
    categories, levels, statuses = _count(rows, *chosen.values())
    shown = chosen["progress"] or statuses
    return Facets(
        total=sum(needs for progress, needs in statuses.items() if progress in shown),
        categories=categories,
        levels=levels,
        statuses=statuses,
        places=_by_place(list(children), chosen),
        as_of=counters_as_of(),
    )


def _wanted(value: str | Sequence[str]) -> frozenset[str]:
    return frozenset(filter(None, [value] if isinstance(value, str) else value))


def _count(
    rows: Iterable[Row[Any]], categories: frozenset[str], levels: frozenset[str], statuses: frozenset[str]
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Add up by category, level and progress, each leaving its own filter aside; an empty filter lets all pass."""
    found: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})
    for row in rows:
        category, level, progress, needs = tuple(row)
        misses = (
            bool(categories) and category not in categories,
            bool(levels) and level not in levels,
            bool(statuses) and progress not in statuses,
        )
        for place, value in enumerate((category, level, progress)):
            if sum(misses) == misses[place]:
                found[place][value] = found[place].get(value, 0) + needs
    return found


def _by_place(places: list[str], chosen: dict[str, frozenset[str]]) -> dict[str, int]:
    """Add up in the database: a row for each place instead of one for each of its counters."""
    if not places:
        return {}
    wanted = {name: list(values) for name, values in chosen.items() if values}
    filters = "".join(f" AND {name} = ANY(:{name})" for name in wanted)
    statement = (
        "SELECT region_code, sum(count)::bigint AS needs FROM need_counter"  # noqa: S608 - our own words
        f" WHERE region_code = ANY(:places) AND count > 0{filters} GROUP BY region_code"
    )
    rows = db.session.execute(text(statement), {"places": places, **wanted})
    return dict.fromkeys(places, 0) | {row.region_code: row.needs for row in rows}


def hill_figures(region: str) -> list[HillFigure]:
    """Return the figures of the places directly below one, in the order of their codes."""
    places = published_children(region)
    found = {place.code: dict.fromkeys((progress.value for progress in Progress), 0) for place in places}
    for row in db.session.execute(_OF_PLACES, {"regions": list(found)}):
        found[row.region_code][row.progress] += row.needs
    return [_hill(place.code, place.name, ProgressCounts(**found[place.code])) for place in places]


def _hill(code: str, name: str, counts: ProgressCounts) -> HillFigure:
    return HillFigure(code, name, counts.fulfilled, counts.delivered, counts.pledged, counts.open)
