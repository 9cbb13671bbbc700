"""Holidays put on file by hand: the years that the package does not know yet, or an exception to one that it does."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.calendar import SATURDAY
from core.clock import today
from core.db import db
from core.errors import NotValid
from core.i18n import LazyString, _l
from core.policy_packs import policy_value, record_value

PACK = "holidays"


def put_holidays(year: int, *, off: Iterable[date], worked: Iterable[date] = (), source: str) -> None:
    """Say which days of a year are off and which weekend days are worked; the whole year, as the State Council did."""
    free, at_work = sorted(set(off)), sorted(set(worked))
    if errors := _mistakes(year, free, at_work):
        raise NotValid(errors)
    told: dict[str, Any] = dict(policy_value(PACK, "", today())["years"])
    told[str(year)] = {"off": [str(day) for day in free], "worked": [str(day) for day in at_work]}
    record_value(PACK, {"years": told}, valid_from=today(), source=source)
    db.session.info.pop("calendar", None)


def _mistakes(year: int, off: list[date], worked: list[date]) -> dict[str, list[str | LazyString]]:
    errors: dict[str, list[str | LazyString]] = {}
    if not off:
        errors["off"] = [_l("Name the days off.")]
    if any(day.year != year for day in (*off, *worked)):
        errors["year"] = [_l("All days must lie in the year.")]
    if set(off) & set(worked) or any(day.weekday() < SATURDAY for day in worked):
        errors["worked"] = [_l("Only a Saturday or a Sunday that is not off can be made a working day.")]
    return errors
