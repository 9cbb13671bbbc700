"""A village's page: what stands where, who helps, what the money is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from core.db import db
from pages.queries.suppression import FEW

_HELPERS = text(
    "SELECT count(DISTINCT p.donor_id) FROM need_balance b JOIN pledge p ON p.need_id = b.need_id"
    " WHERE b.place = :place AND b.listed = 1 AND p.stage IN ('offered', 'agreed') AND p.donor_id IS NOT NULL"
)
_FUNDS = text(
    "SELECT d.fund_source, count(*) AS deliveries FROM need_balance b JOIN delivery d ON d.need_id = b.need_id"
    " WHERE b.place = :place AND b.listed = 1 AND d.stage NOT IN ('planned', 'annulled')"
    " GROUP BY d.fund_source ORDER BY deliveries DESC, d.fund_source"
)


@dataclass(frozen=True)
class FundShare:
    """How many of a village's deliveries came from one source."""

    source: str
    deliveries: int


def helper_count(place: str) -> int:
    """Return how many helpers have a live pledge for a need of the place."""
    return int(db.session.execute(_HELPERS, {"place": place}).scalar() or 0)


def funds_of(place: str) -> Sequence[FundShare]:
    """Return deliveries by fund source; nothing below five deliveries."""
    found = [FundShare(*row) for row in db.session.execute(_FUNDS, {"place": place})]
    return found if sum(share.deliveries for share in found) >= FEW else []
