"""Villages of an officer's places, by how much of what they asked for was confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.policy import Actor
from needs.queries import ProgressCounts
from pages.queries.counts import counts_of
from regions.codes import RegionLevel
from regions.queries import Place, find_published_region, published_children

OFFICES = ("township_officer", "county_officer")


@dataclass(frozen=True)
class VillageCoverage:
    """A place below the officer's with its counts."""

    place: Place
    counts: ProgressCounts


def village_coverage(actor: Actor) -> Sequence[VillageCoverage]:
    """Return the places below a township or county officer's first place; nothing for others."""
    place = next(
        (find_published_region(grant.lo) for grant in actor.grants if grant.role in OFFICES and grant.lo), None
    )
    if place is None or place.level is RegionLevel.VILLAGE:
        return []
    below = published_children(place.code)
    counts = counts_of(child.code for child in below)
    return [VillageCoverage(child, counts[child.code]) for child in below if counts[child.code].total]
