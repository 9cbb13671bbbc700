"""The households that a cadre or unit is paired with."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from core.db import db
from core.policy import Actor
from pairing.queries.pairings import own_pairings

_ROWS = text(
    "SELECT r.id, h.household_no, r.region_code,"
    " count(l.id) FILTER (WHERE l.stage IN ('active', 'suspended')) AS helpers,"
    " (SELECT count(*) FROM need n JOIN need_balance b ON b.need_id = n.id"
    "  WHERE n.household_id = h.id AND b.listed > 0 AND b.held < b.quantity) AS waiting"
    " FROM pairing r JOIN household h ON h.id = r.household_id LEFT JOIN helper_link l ON l.pairing_id = r.id"
    " WHERE r.id = ANY(:ids) AND h.erased_at IS NULL GROUP BY r.id, h.id ORDER BY r.region_code, h.household_no"
)


@dataclass(frozen=True)
class OwnHousehold:
    """A household by its number: how many helpers it has, and how many of its needs still lack something."""

    pairing_id: UUID
    number: str
    region_code: str
    helpers: int
    waiting: int


def own_households(actor: Actor, *, limit: int = 50) -> Sequence[OwnHousehold]:
    """Return the households of the actor's own pairings, by place and number."""
    ids = [pairing.id for pairing in own_pairings(actor, limit=limit)]
    return [OwnHousehold(*row) for row in db.session.execute(_ROWS, {"ids": ids})] if ids else []
