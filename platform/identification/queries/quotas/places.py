"""Which places take part in a run: the register of regions decides, by parents, never by digits of a code."""

from collections.abc import Iterable

from sqlalchemy import text

from core.db import db
from identification.quotas.fitting import QuotaPlace
from identification.quotas.levels import QuotaLevel
from regions.codes import LENGTH, RegionLevel, code_range, county_code

COUNTRY = "0" * LENGTH

# A prefecture without counties (domain.md 10, trap a) has its townships right below: it stands for a county.
_BELOW = text(
    """
    WITH RECURSIVE below AS (
        SELECT code, name, level, kind, parent_code FROM region
         WHERE valid_to IS NULL AND CASE WHEN :root = :country THEN parent_code IS NULL ELSE parent_code = :root END
        UNION ALL
        SELECT r.code, r.name, r.level, r.kind, r.parent_code FROM region r JOIN below b ON r.parent_code = b.code
         WHERE r.valid_to IS NULL AND b.level <> :wanted
    )
    SELECT code, name, kind, parent_code FROM below b
     WHERE level = :wanted
        OR (:wanted = 'county' AND level = 'prefecture'
            AND EXISTS (SELECT 1 FROM below t WHERE t.parent_code = b.code AND t.level = 'township'))
     ORDER BY code
    """
)
_PROVINCES = text(
    "SELECT code, name, kind, parent_code FROM region WHERE parent_code IS NULL AND valid_to IS NULL ORDER BY code"
)
_VILLAGES = text(
    """
    SELECT v.code, v.name, v.kind, v.parent_code,
           CASE WHEN t.level = 'township' THEN t.parent_code ELSE t.code END AS county
      FROM region v JOIN region t ON t.code = v.parent_code AND t.valid_to IS NULL
     WHERE v.level = 'village' AND v.valid_to IS NULL AND v.code >= :low AND v.code < :high
     ORDER BY v.code
    """
)
_CLOSED = text("SELECT DISTINCT code FROM region WHERE code = ANY(:codes) AND valid_to IS NOT NULL")


def places_of(region_code: str, level: QuotaLevel) -> dict[str, QuotaPlace]:
    """Return the places that a run of this level splits a place's number to, in the order of their codes."""
    if level is QuotaLevel.PROVINCES:
        rows = db.session.execute(_PROVINCES)
    else:
        values = {"root": region_code, "country": COUNTRY, "wanted": level.places.value}
        rows = db.session.execute(_BELOW, values)
    return {row.code: QuotaPlace(row.code, row.name, row.kind, row.parent_code or COUNTRY) for row in rows}


def villages_by_county(area: str) -> dict[str, list[QuotaPlace]]:
    """Return all villages of an area ("" is the nation) under the counties that the register gives them."""
    low, high = code_range(area)
    found: dict[str, list[QuotaPlace]] = {}
    for code, name, kind, above, county in db.session.execute(_VILLAGES, {"low": low, "high": high}):
        found.setdefault(county, []).append(QuotaPlace(code, name, kind, above))
    return found


def closed_among(codes: Iterable[str]) -> set[str]:
    """Return which of the codes belong to places that were closed."""
    return set(db.session.scalars(_CLOSED, {"codes": list(codes)}))


def levels_of(level: RegionLevel | None) -> tuple[QuotaLevel, ...]:
    """Return what the number of a place of this level may be split to; None is the nation."""
    if level is None:
        return (QuotaLevel.PROVINCES,)
    if level is RegionLevel.PROVINCE:
        return (QuotaLevel.COUNTIES,)
    if level in (RegionLevel.PREFECTURE, RegionLevel.COUNTY):
        return (QuotaLevel.VILLAGES, QuotaLevel.VILLAGES_BY_SCORE)
    return ()


def county_of(region_code: str) -> str:
    """Return the six digits that a run of the place is kept under."""
    return COUNTRY[:6] if region_code == COUNTRY else county_code(region_code)
