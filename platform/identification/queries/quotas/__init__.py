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
from identification.queries.quotas.using import Pool, Use, pools_of, settlement_of, township_pool, used_in, uses_of

__all__ = [
    "COUNTRY",
    "Pool",
    "Standing",
    "Use",
    "current_run",
    "get_run",
    "get_transfer",
    "levels_of",
    "lines_of",
    "moved_in",
    "places_of",
    "pools_of",
    "published_quota",
    "published_run",
    "settlement_of",
    "standing",
    "stored_runs",
    "task_of",
    "township_pool",
    "transfers_of",
    "used_in",
    "uses_of",
]
