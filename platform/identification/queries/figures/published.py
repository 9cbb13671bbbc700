"""Frozen figures for everybody. Nothing here counts; nothing here is finer than its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, text

from accounts.queries import counties_with_officers
from core.clock import today
from core.db import db
from core.policy_packs import policy_value
from identification.figures.published import Shown, shown_from, smallest_of, total_of
from identification.models import VillageFigure
from regions.codes import county_code

Period = tuple[str, int]
_WITHOUT_QUOTA = text(
    "SELECT coalesce(sum((counts ->> 'over_quota')::int), 0) FROM village_figure"
    " WHERE county_code = :county AND pack = :pack AND year = :year"
)


@dataclass(frozen=True)
class PublishedFigures:
    """A village's public row of a month."""

    region_code: str
    pack: str
    year: int
    month: date
    counted_at: datetime
    shown: Shown


def published_counties() -> list[str]:
    """Return the counties that take part and have figures, in the order of their codes."""
    found = db.session.scalars(
        select(VillageFigure.county_code)
        .where(VillageFigure.county_code.in_(sorted({county_code(code) for code in counties_with_officers()})))
        .distinct()
        .order_by(VillageFigure.county_code)
    )
    return list(found)


def published_periods(place: str) -> list[Period]:
    """Return the packs and years of which a county or village has figures, the newest year first."""
    within = VillageFigure.region_code == place if len(place) == 12 else VillageFigure.county_code == place
    query = select(VillageFigure.pack, VillageFigure.year).where(within).distinct()
    rows = [(row.pack, row.year) for row in db.session.execute(query)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def published_villages(county: str, period: Period) -> list[PublishedFigures]:
    """Return the public rows of all villages of a county in a period, by code."""
    query = select(VillageFigure).where(
        VillageFigure.county_code == county, VillageFigure.pack == period[0], VillageFigure.year == period[1]
    )
    return _published(db.session.scalars(query.order_by(VillageFigure.region_code)).all())


def published_village(region_code: str, period: Period) -> PublishedFigures | None:
    """Return the public row of a village in a period."""
    query = select(VillageFigure).where(
        VillageFigure.region_code == region_code, VillageFigure.pack == period[0], VillageFigure.year == period[1]
    )
    return next(iter(_published(db.session.scalars(query).all())), None)


def _published(rows: Sequence[VillageFigure]) -> list[PublishedFigures]:
    return [
        PublishedFigures(row.region_code, row.pack, row.year, row.month, row.counted_at, shown_from(row.shown))
        for row in rows
    ]


def published_over_quota(county: str, period: Period, rows: Sequence[PublishedFigures]) -> int | None:
    """Return how many households of a county meet the standard beyond the number, rounded; None if it is too few.

    It is not said either where it would narrow down a village that is not shown.
    """
    values = {"county": county, "pack": period[0], "year": period[1]}
    exact = int(db.session.execute(_WITHOUT_QUOTA, values).scalar_one())
    smallest = smallest_of(policy_value("village_figures", county, today()))
    return total_of(exact, [row.shown.over_quota for row in rows], smallest)
