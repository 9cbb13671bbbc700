"""Places as pages name them, and the place that this site is about."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import text

from core.db import db
from core.i18n import current_language
from needs.queries import counters_as_of
from regions.codes import RegionLevel, is_inside, pad, prefix
from regions.names import said, said_together, searchable, spelled
from regions.queries import Place, find_published_region, published_children, published_path, published_places

_LAST = text("SELECT region_code FROM need_counter WHERE count > 0 ORDER BY region_code DESC LIMIT 1")
_BEFORE = text(
    "SELECT 1 FROM need_counter WHERE count > 0 AND region_code < :low AND NOT region_code = ANY(:above) LIMIT 1"
)
NATION = "0" * 12
VILLAGE_DEPTH = 4


short_name = said


def place_words(path_names: Sequence[str]) -> str:
    """Return the township and the village in one word; of a place above villages its own name."""
    return said_together(path_names[-2:] if len(path_names) > VILLAGE_DEPTH else path_names[-1:])


def both_names(name: str) -> str:
    """Return the name in the reader's language, in English with the Chinese one behind it, to ask the way by."""
    return short_name(name) if current_language() == "zh" else f"{spelled(name)} ({searchable(name)})"


def site_place() -> Place | None:
    """Return the smallest place, county or wider, that holds all needs; None if there are none or they lie apart.

    It is looked for again after each run of the counters, which it is read from.
    """
    run = counters_as_of()
    if run is None:
        return _look_for_site()
    known = _latest.get("site")
    if known is None or known[0] != run:
        known = _latest["site"] = (run, _look_for_site())
    return known[1]


_latest: dict[str, tuple[datetime, Place | None]] = {}


def _look_for_site() -> Place | None:
    last: str | None = db.session.execute(_LAST).scalar()
    if last is None or last == NATION:
        return None
    for length in (6, 4, 2):
        low = pad(last[:length])
        above = [NATION, *(pad(last[:shorter]) for shorter in (2, 4, 6) if shorter < length)]
        if db.session.execute(_BEFORE, {"low": low, "above": above}).scalar() is None:
            return find_published_region(low)
    return None


def path_within(code: str, site: Place | None) -> list[Place]:
    """Return the places from the site's place down to this one, by the column parent_code; NotFound without it."""
    path = published_path(code)
    if site is None:
        return path
    return [place for place in path if is_inside(place.code, site.code)] or path


def siblings(place: Place) -> list[Place]:
    """Return the places directly below one; a village has none."""
    return [] if place.level is RegionLevel.VILLAGE else published_children(place.code)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return township and village of many places at once, or the code itself for one that is not current."""
    wanted = set(codes)
    found = published_places(wanted)
    return {code: place_words(found[code].path_names) if code in found else prefix(code) for code in wanted}
