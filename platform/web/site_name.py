"""The place that stands under the mark: what was set, else the place that holds all needs."""

from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.settings import current
from pages.queries.places import site_place

_known: dict[str, str] = {}


def site_name() -> str:
    """Return the name of the place this site is about, looked for until there is one, then kept."""
    if current().site_name:
        return current().site_name
    key = str(db.engine.url)
    if key not in _known:
        with unit_of_work(SYSTEM):
            place = site_place()
        if place is None:
            return ""
        _known[key] = "".join(place.path_names[-2:])
    return _known[key]
