"""The desk of cases, page by page. A module of pages is imported here, so that its routes are known."""

from identification.views.cases import (
    flags,
    households,
    letters,
    listing,
    matches,
    opening,
    papers,
    proposing,
    showing,
    visits,
)
from identification.views.cases.door import blueprint

__all__ = [
    "blueprint",
    "flags",
    "households",
    "letters",
    "listing",
    "matches",
    "opening",
    "papers",
    "proposing",
    "showing",
    "visits",
]
