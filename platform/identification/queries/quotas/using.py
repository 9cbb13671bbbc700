"""What villages used of their numbers, and what their townships have left of it (domain.md 4.4, last paragraph)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text

from core.db import db
from identification.models import QuotaSettlement

_POOL = text(
    """
    SELECT count(*) AS villages, coalesce(sum(s.recognised), 0) AS recognised,
           coalesce(sum(greatest(q.persons - s.recognised, 0)), 0) AS returned,
           coalesce(sum(greatest(s.recognised - q.persons, 0)), 0) AS drawn
      FROM quota_settlement s
      JOIN quota_line l ON l.run_id = s.run_id AND l.region_code = s.region_code
      CROSS JOIN LATERAL (
          SELECT l.quota + coalesce(sum(CASE WHEN t.to_code = l.region_code THEN t.persons ELSE -t.persons END), 0)
                 AS persons
            FROM quota_transfer t
           WHERE t.run_id = s.run_id AND t.stage = 'agreed' AND l.region_code IN (t.from_code, t.to_code)
      ) AS q
     WHERE s.run_id = :run AND s.township_code = :township
    """
)


@dataclass(frozen=True, slots=True)
class Pool:
    """A township's pool: what settled villages did not need, and what whole households took beyond a number."""

    villages: int
    recognised: int
    returned: int
    drawn: int

    @property
    def left(self) -> int:
        """What is left over; below 0 where whole households took more than was returned."""
        return self.returned - self.drawn


def used_in(run_id: UUID) -> dict[str, int]:
    """Return how many persons each settled village of a run has recognised."""
    rows = db.session.execute(
        select(QuotaSettlement.region_code, QuotaSettlement.recognised).where(QuotaSettlement.run_id == run_id)
    )
    return {row.region_code: row.recognised for row in rows}


def settlement_of(run_id: UUID, region_code: str) -> QuotaSettlement | None:
    """Return how a village's number was settled, or None."""
    return db.session.scalar(
        select(QuotaSettlement).where(QuotaSettlement.run_id == run_id, QuotaSettlement.region_code == region_code)
    )


def township_pool(run_id: UUID, township_code: str) -> Pool:
    """Return the pool of a township in a run."""
    row = db.session.execute(_POOL, {"run": run_id, "township": township_code}).one()
    return Pool(int(row.villages), int(row.recognised), int(row.returned), int(row.drawn))
