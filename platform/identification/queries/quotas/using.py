"""What villages used of their numbers, and what their townships have left of it (domain.md 4.4, last paragraph)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text

from core.db import db
from identification.models import QuotaSettlement

_USES = text(
    """
    SELECT s.region_code AS code, s.township_code AS township, s.recognised, l.quota + coalesce(q.moved, 0) AS persons
      FROM quota_settlement s
      JOIN quota_line l ON l.run_id = s.run_id AND l.region_code = s.region_code
      LEFT JOIN LATERAL (
          SELECT sum(CASE WHEN t.to_code = l.region_code THEN t.persons ELSE -t.persons END) AS moved
            FROM quota_transfer t
           WHERE t.run_id = s.run_id AND t.stage = 'agreed' AND l.region_code IN (t.from_code, t.to_code)
      ) AS q ON true
     WHERE s.run_id = :run ORDER BY s.region_code
    """
)


@dataclass(frozen=True, slots=True)
class Use:
    """What a settled village has used of its number."""

    code: str
    township: str
    persons: int
    recognised: int

    @property
    def unused(self) -> int:
        """What returns to the township."""
        return max(self.persons - self.recognised, 0)

    @property
    def over(self) -> int:
        """What the last household drew from the township."""
        return max(self.recognised - self.persons, 0)


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


def uses_of(run_id: UUID) -> list[Use]:
    """Return the settled villages of a run, by code."""
    rows = db.session.execute(_USES, {"run": run_id})
    return [Use(row.code, row.township, int(row.persons), row.recognised) for row in rows]


def pools_of(uses: Iterable[Use]) -> dict[str, Pool]:
    """Return the pool of each township, from its settled villages."""
    found: dict[str, list[Use]] = {}
    for use in uses:
        found.setdefault(use.township, []).append(use)
    return {township: _pool(some) for township, some in found.items()}


def _pool(uses: Sequence[Use]) -> Pool:
    return Pool(
        len(uses),
        sum(use.recognised for use in uses),
        sum(use.unused for use in uses),
        sum(use.over for use in uses),
    )


def township_pool(run_id: UUID, township_code: str) -> Pool:
    """Return the pool of a township in a run."""
    return _pool([use for use in uses_of(run_id) if use.township == township_code])
