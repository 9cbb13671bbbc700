"""What identification asks the registers of a household."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from core.db import db
from core.policy import Actor
from core.privacy import mask_name
from core.scope import scope_clause
from registry.choices import PovertyStatus
from registry.models import Household, HouseholdProfile

LEFT = (PovertyStatus.EXITED, PovertyStatus.RELAPSED)


def profile_on(household_id: UUID, day: date) -> HouseholdProfile | None:
    """Return what is said of the household on a day."""
    return db.session.scalar(
        select(HouseholdProfile).where(
            HouseholdProfile.household_id == household_id,
            HouseholdProfile.superseded_by.is_(None),
            HouseholdProfile.valid_from <= day,
            or_(HouseholdProfile.valid_to.is_(None), HouseholdProfile.valid_to > day),
        )
    )


def has_exited(household_id: UUID, day: date) -> bool:
    """Return whether the household was on the poverty register and left it, at any time up to a day."""
    query = select(HouseholdProfile.id).where(
        HouseholdProfile.household_id == household_id,
        HouseholdProfile.superseded_by.is_(None),
        HouseholdProfile.valid_from <= day,
        or_(HouseholdProfile.poverty_status.in_(LEFT), HouseholdProfile.exit_year.is_not(None)),
    )
    return db.session.scalar(query.limit(1)) is not None


def village_households(actor: Actor, region_code: str) -> list[tuple[str, str, str]]:
    """Return id, number and masked name of every household on file in a village of the actor's, by number."""
    query = select(Household).where(
        Household.region_code == region_code,
        Household.erased_at.is_(None),
        Household.ended_on.is_(None),
        scope_clause(Household, actor),
    )
    rows = db.session.scalars(query.order_by(Household.household_no))
    return [(str(row.id), row.household_no, mask_name(row.head_name)) for row in rows]
