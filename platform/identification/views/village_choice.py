"""Choosing a village without JavaScript: by name, or level by level."""

from typing import Any

from flask import render_template, request, url_for

from accounts.queries import counties_with_officers
from core.errors import NotFound
from regions.codes import RegionLevel, code_range, is_prefix, pad
from regions.queries import Place, find_published_region, published_children, published_search

MOST = 8


def chosen_village() -> str | None:
    """Return the village that the address names, or None while it is not chosen."""
    code = request.values.get("village", "")
    found = find_published_region(code) if len(code) == 12 and is_prefix(code) else None
    return found.code if found is not None and found.level is RegionLevel.VILLAGE else None


def choosing_village(endpoint: str, heading: str) -> str:
    """Return the page on which the village is chosen: a search by name, and the places below the one in view."""
    words = request.args.get("q", "").strip()[:40]
    return render_template(
        "identification/choose_village.html",
        heading=heading,
        action=url_for(endpoint),
        words=words,
        found=[_node(place, endpoint) for place in _fitting(words)] if words else None,
        nodes=[_node(place, endpoint) for place in _below(request.args.get("place", ""))],
    )


def _fitting(words: str) -> list[Place]:
    ranges = [code_range(county) for county in counties_with_officers()]
    found = published_search(words, within=ranges, limit=MOST) if ranges else []
    return [place for place in found if place.level in (RegionLevel.VILLAGE, RegionLevel.TOWNSHIP)]


def _below(code: str) -> list[Place]:
    if code:
        place = find_published_region(pad(code)) if is_prefix(code) else None
        if place is None:
            raise NotFound
        return published_children(place.code)
    counties = counties_with_officers()
    if len(counties) == 1:
        return published_children(pad(counties[0]))
    return [place for county in counties if (place := find_published_region(pad(county))) is not None]


def _node(place: Place, endpoint: str) -> dict[str, Any]:
    whole = place.level is RegionLevel.VILLAGE
    url = url_for(endpoint, village=place.code) if whole else url_for(endpoint, place=place.code)
    return {"name": place.said_whole if whole else place.said, "url": url}
