"""Lists to take out: what the reader may see of his places, without any name, number or cause of one household."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from core.db import db
from core.i18n import _, label
from core.policy import Actor
from core.privacy import mask_name
from core.scope import scope_clause
from core.spreadsheets.columns import Layout
from core.spreadsheets.writing import Cell
from regions.codes import code_range
from regions.queries import published_places
from registry.models import Household, HouseholdProfile, VillageProfile

MOST_ROWS = 50_000
Listed = tuple[list[str], list[list[Cell]]]


def households_to_export(actor: Actor, place: str) -> Listed:
    """Return households of a place inside the actor's: number, masked name, size, states."""
    low, high = code_range(place)
    live = HouseholdProfile.superseded_by.is_(None), HouseholdProfile.valid_to.is_(None)
    query = (
        select(Household, HouseholdProfile)
        .outerjoin(HouseholdProfile, (HouseholdProfile.household_id == Household.id) & live[0] & live[1])
        .where(scope_clause(Household, actor), Household.region_code >= low, Household.region_code < high)
        .where(Household.erased_at.is_(None), Household.ended_on.is_(None))
        .order_by(Household.region_code, Household.household_no)
        .limit(MOST_ROWS)
    )
    found = db.session.execute(query).all()
    places = published_places({household.region_code for household, _profile in found})
    headings = [_("Place"), _("Household number"), _("Village group"), _("Head, masked"), _("Persons in the household")]
    headings += [_("Status of poverty"), _("Monitoring"), _("Kind of monitoring"), _("Resettled household")]
    rows = [_household(household, profile, places) for household, profile in found]
    return headings, rows


def _household(household: Household, profile: HouseholdProfile | None, places: dict[str, Any]) -> list[Cell]:
    place = places.get(household.region_code)
    start: list[Cell] = [
        place.said_whole if place else household.region_code,
        household.household_no,
        household.group_no,
        mask_name(household.head_name),
        household.size,
    ]
    if profile is None:
        return [*start, "", "", "", ""]
    resettled = profile.is_relocation_household
    states = (profile.poverty_status, profile.monitoring_status, profile.monitoring_kind)
    return [*start, *(label(state) if state else "" for state in states), _said(resettled)]


def _said(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")


def villages_to_export(actor: Actor, place: str, layout: Layout) -> Listed:
    """Return the village registers of a place, in the columns by which they are taken in."""
    low, high = code_range(place)
    query = (
        select(VillageProfile)
        .where(scope_clause(VillageProfile, actor), VillageProfile.superseded_by.is_(None))
        .where(VillageProfile.region_code >= low, VillageProfile.region_code < high)
        .order_by(VillageProfile.region_code, VillageProfile.year)
        .limit(MOST_ROWS)
    )
    found = db.session.scalars(query).all()
    places = published_places({profile.region_code for profile in found})
    return [str(column.heading) for column in layout.columns], [list(_cells(row, layout, places)) for row in found]


def _cells(profile: VillageProfile, layout: Layout, places: dict[str, Any]) -> Iterator[Cell]:
    place = places.get(profile.region_code)
    known = {"village_code": profile.region_code, "village": place.name if place else "", "township": ""}
    for column in layout.columns:
        value = known[column.name] if column.name in known else getattr(profile, column.name)
        yield _shown(value)


def _shown(value: Any) -> Cell:
    if isinstance(value, bool) or value is None:
        return _said(value)
    if hasattr(value, "value"):
        return label(value)
    return value if isinstance(value, str | int) else float(value)
