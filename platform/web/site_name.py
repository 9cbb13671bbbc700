"""The place that stands under the mark: what was set, else the place that holds all needs."""

from time import monotonic

from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.settings import current
from pages.queries.places import site_place
from regions.names import said_together

LOOK_AGAIN_SECONDS = 60
_known: dict[str, tuple[tuple[str, ...], float]] = {}


def site_name() -> str:
    """Return the name of the place this site is about: kept once there is one, else looked for each minute."""
    if current().site_name:
        return current().site_name
    key = str(db.engine.url)
    names, looked = _known.get(key, ((), -LOOK_AGAIN_SECONDS))
    if not names and monotonic() - looked >= LOOK_AGAIN_SECONDS:
        names = _look()
        _known[key] = names, monotonic()
    return said_together(names)


def _look() -> tuple[str, ...]:
    with unit_of_work(SYSTEM):
        place = site_place()
    return place.path_names[-2:] if place else ()
