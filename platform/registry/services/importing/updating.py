"""A household that is on file already: what the sheet says anew becomes so from its day on."""

from typing import Any

from sqlalchemy import select

from core.db import db
from registry.choices import RowResult, Source
from registry.models import Household, HouseholdProfile
from registry.policy import RegistryPermission
from registry.services.describing import save_profile
from registry.services.importing.bulk import PLAIN_PROFILE, SECRET_PROFILE
from registry.services.importing.kinds import Ordered

PROFILE = frozenset([*PLAIN_PROFILE, *SECRET_PROFILE])


def update_household(household: Household, values: dict[str, Any], ordered: Ordered, *, write: bool) -> RowResult:
    """Bring the household's profile up to date; an empty cell leaves what is on file."""
    new = {name: value for name, value in values.items() if name in PROFILE and value not in (None, [], "")}
    standing = _standing(household, ordered)
    different = {name: value for name, value in new.items() if _plain(getattr(standing, name, None)) != value}
    if not different:
        return RowResult.UNCHANGED
    if write:
        save_profile(
            household,
            different,
            actor=ordered.actor,
            valid_from=ordered.as_of,
            as_of=ordered.as_of,
            source=Source.IMPORT,
            permission=RegistryPermission.SHEET_IMPORT,
        )
    return RowResult.CHANGED


def _standing(household: Household, ordered: Ordered) -> HouseholdProfile | None:
    query = select(HouseholdProfile).where(
        HouseholdProfile.household_id == household.id,
        HouseholdProfile.superseded_by.is_(None),
        HouseholdProfile.valid_from <= ordered.as_of,
        HouseholdProfile.valid_to.is_(None) | (HouseholdProfile.valid_to > ordered.as_of),
    )
    return db.session.scalar(query)


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
