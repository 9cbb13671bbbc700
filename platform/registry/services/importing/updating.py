"""Households that are on file already: what the sheet says anew becomes so from its day on."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Table, Uuid, cast, func, select

from core.clock import today
from core.db import db
from registry.choices import RowResult, Source
from registry.models import Household, HouseholdProfile, Membership
from registry.policy import RegistryPermission, role_for
from registry.services.dating import lock
from registry.services.describing import save_profile
from registry.services.importing.bulk import PLAIN_PROFILE, SECRET_PROFILE
from registry.services.importing.kinds import Ordered
from registry.services.members import fit_size

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


def members_on_file(households: Collection[UUID]) -> dict[UUID, int]:
    """Return how many members each of the households has today."""
    if not households:
        return {}
    live = Membership.superseded_by.is_(None), Membership.valid_to.is_(None) | (Membership.valid_to > today())
    query = select(Membership.household_id, func.count()).where(
        Membership.household_id.in_(households), Membership.valid_from <= today(), *live
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Membership.household_id))}


def update_household(
    household_id: UUID, values: Values, standing: Values, ordered: Ordered, *, write: bool
) -> RowResult:
    """Bring the household's size and profile up to date; an empty cell leaves what is on file."""
    new = {name: value for name, value in values.items() if name in PROFILE and value not in (None, [], "")}
    different = {name: value for name, value in new.items() if _plain(standing.get(name)) != value}
    size = values.get("size") or standing["size"]
    if not different and size == standing["size"]:
        return RowResult.UNCHANGED
    if write:
        household = db.session.get_one(Household, household_id)
        if different:
            _write_profile(household, different, ordered)
        if size != standing["size"]:
            _write_size(household, size, ordered)
    return RowResult.CHANGED


def _write_profile(household: Household, values: Values, ordered: Ordered) -> None:
    save_profile(
        household,
        values,
        actor=ordered.actor,
        valid_from=ordered.as_of,
        as_of=ordered.as_of,
        source=Source.IMPORT,
        permission=RegistryPermission.SHEET_IMPORT,
    )


def _write_size(household: Household, size: int, ordered: Ordered) -> None:
    db.session.info["acting_role"] = role_for(ordered.actor, RegistryPermission.SHEET_IMPORT, household)
    lock(household)
    fit_size(household, size)


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
