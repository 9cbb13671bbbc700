"""A run beside the one before it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from core.db import db

_CHANGES = text(
    """
    SELECT coalesce(now.region_code, old.region_code) AS code, old.quota AS before, now.quota AS after
      FROM (SELECT region_code, quota FROM quota_line WHERE run_id = :now) AS now
      FULL JOIN (SELECT region_code, quota FROM quota_line WHERE run_id = :before) AS old USING (region_code)
     ORDER BY abs(coalesce(now.quota, 0) - coalesce(old.quota, 0)) DESC, code
    """
)


@dataclass(frozen=True, slots=True)
class Change:
    """A place's number in two runs; None where it took no part."""

    code: str
    before: int | None
    after: int | None

    @property
    def by(self) -> int:
        return (self.after or 0) - (self.before or 0)


def changes(before: UUID, now: UUID) -> list[Change]:
    """Return every place of two runs, the largest changes first."""
    rows = db.session.execute(_CHANGES, {"before": before, "now": now})
    return [Change(row.code, row.before, row.after) for row in rows]
