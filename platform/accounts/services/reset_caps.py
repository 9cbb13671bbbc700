"""How often links may be asked for: by name, by address, and in all (security.md, row 38)."""

import math
from datetime import datetime, timedelta

from sqlalchemy import text

from core.db import db, unit_of_work
from core.errors import TooManyRequests
from core.policy import ANONYMOUS
from core.tokens import token_hash

WINDOW = timedelta(hours=1)
PER_NAME = 3
PER_ADDRESS = 10
IN_ALL = 300

# Wishes come one after the other, so that none slips past a cap; each takes a moment only.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('accounts.reset_wish'))")
_COUNT = text(
    "SELECT clock_timestamp() AS at, count(*) AS in_all, min(at) AS first,"
    " count(*) FILTER (WHERE name_key = :name) AS of_name, min(at) FILTER (WHERE name_key = :name) AS first_of_name,"
    " count(*) FILTER (WHERE address_key = :address) AS of_address,"
    " min(at) FILTER (WHERE address_key = :address) AS first_of_address"
    " FROM sign_in_attempt WHERE purpose = 'reset' AND at > clock_timestamp() - make_interval(secs => :window)"
)
_ADD = text(
    "INSERT INTO sign_in_attempt (purpose, name_key, address_key, at)"
    " VALUES ('reset', :name, :address, clock_timestamp())"
)


def count_wish(name: str, *, address: str) -> None:
    """Count the wish in a transaction of its own, or raise TooManyRequests; unknown names count like known ones."""
    keys = {
        "name": token_hash("throttle-name", name.strip().lower()),
        "address": token_hash("throttle-address", address),
    }
    with unit_of_work(ANONYMOUS):
        wait = _count(keys)
    if wait:
        raise TooManyRequests(retry_after=wait)


def _count(keys: dict[str, bytes]) -> int:
    """Return how many seconds to wait, or 0 and the wish is counted."""
    db.session.execute(_LOCK)
    found = db.session.execute(_COUNT, {**keys, "window": WINDOW.total_seconds()}).one()
    caps: tuple[tuple[int, int, datetime | None], ...] = (
        (found.of_name, PER_NAME, found.first_of_name),
        (found.of_address, PER_ADDRESS, found.first_of_address),
        (found.in_all, IN_ALL, found.first),
    )
    waits = [_wait(first, found.at) for count, most, first in caps if count >= most and first is not None]
    if not waits:
        db.session.execute(_ADD, keys)
    return max(waits, default=0)


def _wait(first: datetime, moment: datetime) -> int:
    return max(1, math.ceil((first + WINDOW - moment).total_seconds()))
