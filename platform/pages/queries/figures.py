"""Figures of a place: shares of what arrived, and sums by unit. They come from sums, never from clicks."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import text

from core.db import db
from needs.queries.listing import PLACE_COLUMNS
from pages.queries.suppression import FEW
from regions.codes import pad, prefix

COUNTY_DIGITS = 6


@dataclass(frozen=True)
class OutcomeShares:
    """Of the needs to which something was delivered: how many, how many confirmed whole, how many disputed now."""

    delivered_to: int
    confirmed: int
    disputed: int

    @property
    def confirmed_share(self) -> int | None:
        """Whole per cent, cut; None below five needs."""
        return None if self.delivered_to < FEW else 100 * self.confirmed // self.delivered_to

    @property
    def disputed_share(self) -> int | None:
        return None if self.delivered_to < FEW else 100 * self.disputed // self.delivered_to


@dataclass(frozen=True)
class UnitSum:
    """Quantities of one unit at each level. A level includes those after it; levels are never added up."""

    unit: str
    needs: int
    verified: Decimal
    pledged: Decimal
    delivered: Decimal
    confirmed: Decimal


def is_countable(region: str) -> bool:
    """Return whether a place is small enough, a county or less, to be summed up while somebody waits."""
    return bool(region) and len(prefix(region)) >= COUNTY_DIGITS


def outcome_shares(region: str) -> OutcomeShares | None:
    """Return the shares of a county or a place in it; None for wider places."""
    if not is_countable(region):
        return None
    column, code = _column(region)
    statement = text(
        "SELECT count(*) FILTER (WHERE b.delivered > 0), count(*) FILTER (WHERE b.progress = 'fulfilled'),"  # noqa: S608 - our own words
        " count(*) FILTER (WHERE b.delivered > 0 AND n.disputed_since IS NOT NULL)"
        f" FROM need_balance b JOIN need n ON n.id = b.need_id WHERE b.listed = 1 AND b.{column} = :code"
    )
    return OutcomeShares(*db.session.execute(statement, {"code": code}).one())


def sums_by_unit(region: str, *, limit: int = 12) -> list[UnitSum]:
    """Return the sums of a county's most used units, each with at least five needs behind it; none for wider places."""
    if not is_countable(region):
        return []
    column, code = _column(region)
    statement = text(
        "SELECT n.unit, count(*) AS needs, sum(b.quantity), sum(b.held), sum(b.delivered), sum(b.confirmed)"  # noqa: S608 - our own words
        f" FROM need_balance b JOIN need n ON n.id = b.need_id WHERE b.listed = 1 AND b.{column} = :code"
        " GROUP BY n.unit HAVING count(*) >= :few ORDER BY needs DESC, n.unit LIMIT :limit"
    )
    rows = db.session.execute(statement, {"code": code, "few": FEW, "limit": limit})
    return [UnitSum(*row) for row in rows]


def _column(region: str) -> tuple[str, str]:
    short = prefix(region)
    return PLACE_COLUMNS[len(short)], pad(short) if len(short) >= 9 else short
