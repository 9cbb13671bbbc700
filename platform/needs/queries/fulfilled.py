"""Needs that were confirmed whole, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from core.clock import local_day, start_of_day
from core.db import db
from core.errors import NotValid
from core.i18n import _l
from core.paging import DEFAULT_LIMIT, MAX_LIMIT, Page, decode_cursor, encode_cursor, make_page
from needs.queries.listing import EVERYBODY, PATH_NAMES, add_place

SAMPLE = 2000
_FULFILLED = f"b.listed > 0 AND b.progress = 'fulfilled' AND b.listed <= {EVERYBODY:d}"


@dataclass(frozen=True, slots=True)
class FulfilledNeed:
    """A need that is done, with how many days it took from publication to confirmation."""

    id: UUID
    title: str
    category: str
    level: str
    place: str
    path_names: Sequence[str]
    quantity: Decimal
    unit: str
    size_band: str | None
    disputed: bool
    published_at: datetime
    fulfilled_at: datetime

    @property
    def days(self) -> int:
        return (local_day(self.fulfilled_at) - local_day(self.published_at)).days


@dataclass(frozen=True)
class FulfilledSummary:
    """Figures of the newest fulfilled needs, at most 2,000: how many they are, and the median days."""

    count: int
    median_days: int | None


def fulfilled_needs(
    *,
    region: str = "",
    category: str = "",
    month: str = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[FulfilledNeed]:
    """Return fulfilled needs; `month` is YYYY-MM of the confirmation, in China."""
    limit = min(max(limit, 1), MAX_LIMIT)
    clauses, values = _place_and_month(region, category, month)
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        clauses.append("(b.fulfilled_at, b.need_id) < (:at, :last)")
        values.update(at=after[0], last=after[1])
    statement = (
        f"SELECT n.id, n.title, n.category, n.level, b.place, {PATH_NAMES}, b.quantity, n.unit, n.size_band,"  # noqa: S608
        " n.disputed_since IS NOT NULL, b.published_at, b.fulfilled_at FROM need_balance b"
        " JOIN need n ON n.id = b.need_id LEFT JOIN region r ON r.code = b.place AND r.valid_to IS NULL"
        f" WHERE {' AND '.join(clauses)} ORDER BY b.fulfilled_at DESC, b.need_id DESC LIMIT :fetch"
    )
    rows = db.session.execute(text(statement), {**values, "fetch": limit + 1})
    found = [FulfilledNeed(*row) for row in rows]
    return make_page(found, limit, lambda need: encode_cursor(need.fulfilled_at, need.id))


def newest_fulfilled(region: str = "", *, limit: int = 3) -> list[FulfilledNeed]:
    """Return the last few that were confirmed."""
    return list(fulfilled_needs(region=region, limit=limit).items)


def fulfilled_summary(region: str = "", *, category: str = "") -> FulfilledSummary:
    """Return the median days from publication to confirmation of the newest ones."""
    clauses, values = _place_and_month(region, category, "")
    statement = (
        "SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FROM (SELECT"  # noqa: S608 - our own words
        " extract(day FROM b.fulfilled_at - b.published_at)::int AS days FROM need_balance b"
        f" WHERE {' AND '.join(clauses)} ORDER BY b.fulfilled_at DESC, b.need_id DESC LIMIT {SAMPLE}) sample"
    )
    count, median = db.session.execute(text(statement), values).one()
    return FulfilledSummary(count, median)


def _place_and_month(region: str, category: str, month: str) -> tuple[list[str], dict[str, Any]]:
    clauses: list[str] = [_FULFILLED]
    values: dict[str, Any] = {}

    def add(clause: str, **more: object) -> None:
        clauses.append(clause)
        values.update(more)

    if region:
        add_place(add, region)
    if category:
        add("b.category = :category", category=category)
    if month:
        first, following = _month(month)
        add("b.fulfilled_at >= :first AND b.fulfilled_at < :following", first=first, following=following)
    return clauses, values


def _month(month: str) -> tuple[datetime, datetime]:
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise NotValid({"month": [_l("A month is written like 2026-11.")]}) from error
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return start_of_day(first), start_of_day(following)
