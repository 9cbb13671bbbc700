"""Guesses are counted per account and address, without a lock on the account: the owner elsewhere is not shut out."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, text

from core.clock import now
from core.db import db, unit_of_work
from core.errors import TooManyRequests
from core.policy import ANONYMOUS
from core.tokens import token_hash

WINDOW = timedelta(minutes=15)
PER_PAIR = 5
PER_ADDRESS = 60

# One guess at a time from an address; guesses from elsewhere do not wait.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(encode(:address, 'hex'), 11))")
_ADD = text(
    "INSERT INTO sign_in_attempt (purpose, name_key, address_key, at)"
    " VALUES (:purpose, :name, :address, clock_timestamp()) RETURNING id, at"
)
_COUNT = text(
    "SELECT count(*) FILTER (WHERE name_key = :name), count(*),"
    " min(at) FILTER (WHERE name_key = :name), min(at)"
    " FROM sign_in_attempt WHERE purpose = :purpose AND address_key = :address"
    " AND at > clock_timestamp() - make_interval(secs => :window)"
)
_FORGET = text("DELETE FROM sign_in_attempt WHERE purpose = :purpose AND address_key = :address AND name_key = :name")
_CLEAN = text("DELETE FROM sign_in_attempt WHERE at < :before").bindparams(bindparam("before"))


@dataclass(frozen=True)
class Attempt:
    """A guess that was counted before it was looked at."""

    purpose: str
    name_key: bytes
    address_key: bytes


def begin_attempt(name: str, *, address: str, purpose: str = "sign-in") -> Attempt:
    """Count a guess in a transaction of its own, or raise TooManyRequests.

    The guess counts before its answer is known, so guesses at the same time cannot slip past together.
    """
    attempt = Attempt(
        purpose,
        token_hash("throttle-name", name.strip().lower()),
        token_hash("throttle-address", address),
    )
    with unit_of_work(ANONYMOUS):
        wait = _count(attempt)
    if wait:
        raise TooManyRequests(retry_after=wait)
    return attempt


def _count(attempt: Attempt) -> int:
    """Return how many seconds to wait, or 0."""
    values = {
        "purpose": attempt.purpose,
        "name": attempt.name_key,
        "address": attempt.address_key,
    }
    db.session.execute(_LOCK, {"address": attempt.address_key})
    added = db.session.execute(_ADD, values).one()
    row = db.session.execute(_COUNT, {**values, "window": WINDOW.total_seconds()}).one()
    of_pair, of_address, first_of_pair, first = row
    if of_pair > PER_PAIR:
        return _wait(first_of_pair, added.at)
    if of_address > PER_ADDRESS:
        return _wait(first, added.at)
    return 0


def _wait(first: datetime, moment: datetime) -> int:
    return max(1, math.ceil((first + WINDOW - moment).total_seconds()))


def attempt_succeeded(attempt: Attempt) -> None:
    """Forget the guesses of this name from this address: one of them was right."""
    db.session.execute(
        _FORGET,
        {
            "purpose": attempt.purpose,
            "name": attempt.name_key,
            "address": attempt.address_key,
        },
    )


def forget_old_attempts() -> None:
    """Delete the guesses that count no more."""
    db.session.execute(_CLEAN, {"before": now() - timedelta(days=1)})
