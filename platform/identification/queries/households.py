"""What identification asks the registers of a household."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from core.db import db
from registry.choices import PovertyStatus
from registry.models import HouseholdProfile

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
