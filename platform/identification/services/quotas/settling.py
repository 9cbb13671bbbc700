"""Whole households against a number of persons: settled village by village, evened out in the township.

A number never decides which household is poor; it orders when. So the last household comes in whole, and at most the
rest of it stands over the number (domain.md 4.4, last paragraph).
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from core.db import db
from core.errors import NotFound, Refused
from core.i18n import _l
from core.policy import Actor, require
from core.records import note
from identification.models import QuotaLine, QuotaRun, QuotaSettlement
from identification.policy import QuotaPermission
from identification.queries.quotas.reading import standing
from identification.queries.quotas.using import Pool, settlement_of, township_pool


@dataclass(frozen=True, slots=True)
class Settled:
    """A village after its round: its number, what was used, and its township's pool."""

    quota: int
    recognised: int
    pool: Pool

    @property
    def unused(self) -> int:
        return max(self.quota - self.recognised, 0)

    @property
    def over(self) -> int:
        return max(self.recognised - self.quota, 0)


def most_recognised(quota: int, last_household: int) -> int:
    """Return how many persons may be recognised if the last household has so many members."""
    return quota + max(last_household - 1, 0)


def settle(region_code: str, year: int, *, actor: Actor, recognised: int, last_household: int) -> Settled:
    """Settle a village's number: what is unused returns to the township, the rest of a last household is drawn from it.

    Settling again (after a second look) replaces the figures and leaves its own record. Raises NotFound without a
    published number, NotPermitted, and Refused where more are recognised than number and last household allow.
    """
    found = standing(region_code, year)
    if found is None:
        raise NotFound
    if recognised < 0 or last_household < 0:
        raise ValueError("persons are not negative")
    run = _locked(found.run_id)
    db.session.info["acting_role"] = require(actor, QuotaPermission.QUOTA_SETTLE, run)
    quota = found.persons
    if recognised > (most := most_recognised(quota, last_household)):
        raise Refused(
            _l(
                "At most %(most)s persons can be recognised: the number is %(quota)s, and the last household is whole.",
                most=most,
                quota=quota,
            ),
            code="over_quota",
            most=most,
        )
    kept = _keep(run, region_code, actor=actor, recognised=recognised, last_household=last_household)
    return Settled(quota, recognised, township_pool(run.id, kept.township_code))


def _locked(run_id: UUID) -> QuotaRun:
    found: QuotaRun = db.session.scalars(
        select(QuotaRun).where(QuotaRun.id == run_id).with_for_update(key_share=True)
    ).one()
    return found


def _keep(run: QuotaRun, region_code: str, *, actor: Actor, recognised: int, last_household: int) -> QuotaSettlement:
    kept = settlement_of(run.id, region_code)
    if kept is None:
        line = db.session.get_one(QuotaLine, (run.id, region_code))
        kept = QuotaSettlement(
            id=uuid4(),
            run_id=run.id,
            region_code=region_code,
            county_code=run.county_code,
            township_code=line.inputs.get("township", ""),
        )
        db.session.add(kept)
    kept.recognised, kept.last_household, kept.settled_by = recognised, last_household, actor.account_id
    note(kept, "quota.settled")
    db.session.flush()  # the township's pool is summed from the rows
    return kept
