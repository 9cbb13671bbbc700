"""Reads of quotas. `published_quota(region_code, year)` is what other parts of identification ask."""

from identification.queries.quotas.places import COUNTRY, levels_of, places_of
from identification.queries.quotas.reading import (
    Standing,
    current_run,
    get_run,
    get_transfer,
    lines_of,
    moved_in,
    published_quota,
    published_run,
    standing,
    stored_runs,
    task_of,
    transfers_of,
)
from identification.queries.quotas.using import Pool, settlement_of, township_pool, used_in

__all__ = [
    "COUNTRY",
    "Pool",
    "Standing",
    "current_run",
    "get_run",
    "get_transfer",
    "levels_of",
    "lines_of",
    "moved_in",
    "places_of",
    "published_quota",
    "published_run",
    "settlement_of",
    "standing",
    "stored_runs",
    "task_of",
    "township_pool",
    "transfers_of",
    "used_in",
]
