"""A village's page, and which villages were helped least."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import text

from core.clock import now
from core.db import db
from needs.queries.figures import ProgressCounts, counters, counters_as_of
from needs.queries.listing import PATH_NAMES
from regions.codes import county_code
from regions.queries import Place, published_region

FEW = 5
YEAR = timedelta(days=365)
_HOUSEHOLDS = text(
    "SELECT count(DISTINCT n.household_id), max(b.published_at) FROM need_balance b JOIN need n ON n.id = b.need_id"
    " WHERE b.listed = 1 AND b.place = :place AND b.published_at > :since"
)
_SHARE = text(
    "SELECT share, night FROM village_share WHERE village_code = :place AND county_code = :county"
    " ORDER BY night DESC LIMIT 1"
)
_LEAST = text(
    f"SELECT s.village_code, {PATH_NAMES}, s.needs, s.helped, s.share FROM village_share s"  # noqa: S608 - our own words
    " LEFT JOIN region r ON r.code = s.village_code AND r.valid_to IS NULL"
    " WHERE s.county_code = :county AND s.night = (SELECT max(night) FROM village_share WHERE county_code = :county)"
    " ORDER BY s.rank, s.village_code LIMIT :limit"
)


@dataclass(frozen=True)
class VillageOverview:
    """A village in figures; `households` is None where fewer than five stand behind it."""

    place: Place
    counts: ProgressCounts
    as_of: datetime | None
    households: int | None
    last_published_at: datetime | None
    share: Decimal | None
    share_night: date | None


@dataclass(frozen=True)
class VillageNeed:
    """A place with how many needs of 365 days it has and how many of them had something confirmed."""

    code: str
    path_names: Sequence[str]
    needs: int
    helped: int
    share: Decimal


def village_overview(code: str) -> VillageOverview:
    """Return the figures of a village or township, or raise NotFound for an unknown code."""
    place = published_region(code)
    households, last = db.session.execute(_HOUSEHOLDS, {"place": place.code, "since": now() - YEAR}).one()
    row = db.session.execute(_SHARE, {"place": place.code, "county": county_code(code)}).one_or_none()
    return VillageOverview(
        place=place,
        counts=counters(place.code),
        as_of=counters_as_of(),
        households=households if households >= FEW else None,
        last_published_at=last,
        share=None if row is None else row.share,
        share_night=None if row is None else row.night,
    )


def least_helped_villages(county: str, *, limit: int = 3) -> list[VillageNeed]:
    """Return the places of a county that were helped least, as of the last night."""
    rows = db.session.execute(_LEAST, {"county": county[:6], "limit": limit})
    return [VillageNeed(*row) for row in rows]
