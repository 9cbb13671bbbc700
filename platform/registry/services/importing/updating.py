"""Households that are on file already: what the sheet says anew becomes so from its day on."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Table, Uuid, cast, func, select

from core.db import db
from registry.choices import RowResult, Source
from registry.models import Household, HouseholdProfile
from registry.policy import RegistryPermission
from registry.services.describing import save_profile
from registry.services.importing.bulk import PLAIN_PROFILE, SECRET_PROFILE
from registry.services.importing.kinds import Ordered

PROFILE = frozenset([*PLAIN_PROFILE, *SECRET_PROFILE])
Values = dict[str, Any]


def standing_profiles(households: Collection[UUID], names: Collection[str], ordered: Ordered) -> dict[UUID, Values]:
    """Return the named values of the profiles that stand on the day of the sheet, by household."""
    profile: Table = HouseholdProfile.__table__  # type: ignore[assignment]  # a mapped class has a table
    wanted = [profile.c[name] for name in ("household_id", *sorted(PROFILE & set(names)))]
    spans = (profile.c.superseded_by, profile.c.valid_from, profile.c.valid_to)
    asked = func.unnest(cast(list(households), ARRAY(Uuid))).table_valued("id", name="asked").render_derived()
    all_of_one = select(*wanted, *spans).where(profile.c.household_id == asked.c.id).offset(0).lateral("one")
    query = select(*(all_of_one.c[column.name] for column in wanted)).where(
        all_of_one.c.superseded_by.is_(None),
        all_of_one.c.valid_from <= ordered.as_of,
        all_of_one.c.valid_to.is_(None) | (all_of_one.c.valid_to > ordered.as_of),
    )
    rows = db.session.execute(query.select_from(asked, all_of_one))
    keys = tuple(rows.keys())
    return {row[0]: dict(zip(keys, row, strict=True)) for row in rows}


def update_household(
    household_id: UUID, values: Values, standing: Values, ordered: Ordered, *, write: bool
) -> RowResult:
    """Bring the household's profile up to date; an empty cell leaves what is on file."""
    new = {name: value for name, value in values.items() if name in PROFILE and value not in (None, [], "")}
    different = {name: value for name, value in new.items() if _plain(standing.get(name)) != value}
    if not different:
        return RowResult.UNCHANGED
    if write:
        save_profile(
            db.session.get_one(Household, household_id),
            different,
            actor=ordered.actor,
            valid_from=ordered.as_of,
            as_of=ordered.as_of,
            source=Source.IMPORT,
            permission=RegistryPermission.SHEET_IMPORT,
        )
    return RowResult.CHANGED


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
