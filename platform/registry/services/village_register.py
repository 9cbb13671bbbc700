"""Writing the village register: a year's sheet, the stationed team, plans and what became of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid
from core.i18n import _l
from core.policy import Actor
from registry.choices import Source
from registry.models import StationedTeam, Village, VillagePlan, VillageProfile, VillageResult
from registry.models.village_fields import BANDS
from registry.policy import RegistryPermission, role_for
from registry.services.dating import Writing, about_village, check_days, lock, place_of, write_dated, write_sheet
from registry.services.values import checked

FIRST_YEAR = 1990


def save_village_profile(
    village: Village,
    year: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    as_of: date,
    source: Source = Source.FORM,
    expected_revision: int | None = None,
    permission: RegistryPermission = RegistryPermission.HOUSEHOLD_CHANGE,
) -> VillageProfile:
    """Write fields of a year's sheet; those that are not named stay as they stand. Money is in yuan.

    Raises Refused `stale_revision` if the sheet is another one than the writer saw, and NotValid with the fields.
    """
    db.session.info["acting_role"] = role_for(actor, permission, village)
    lock(village)
    _check_year(year)
    bands = values.get("roadless_villages")
    if bands is not None and len(bands) != len(BANDS):
        raise NotValid({"roadless_villages": [_l("Enter a number for each band.")]})
    writing = Writing(actor, as_of, as_of, source, expected_revision)
    row: VillageProfile = write_sheet(VillageProfile, about_village(village), year, values, writing)
    return row


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= today().year:
        raise NotValid({"year": [_l("Enter a year from 1990 to this year.")]})


def save_stationed_team(
    village: Village,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    valid_from: date,
    source: Source = Source.FORM,
    expected_revision: int | None = None,
) -> StationedTeam:
    """Write which unit's team is stationed in the village from a day on."""
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, village)
    lock(village)
    if not str(values.get("unit", "-")).strip():
        raise NotValid({"unit": [_l("Enter the unit that sends the team.")]})
    writing = Writing(actor, valid_from, valid_from, source, expected_revision)
    row: StationedTeam = write_dated(StationedTeam, about_village(village), values, writing)
    return row


def save_village_plan(
    village: Village,
    year: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    as_of: date,
    source: Source = Source.FORM,
    replaces: VillagePlan | None = None,
) -> VillagePlan:
    """Write down a project that the village plans, or a newer state of one."""
    found = {"budget": {}, **values}
    row: VillagePlan = _entry(VillagePlan, village, year, found, actor, as_of, source, replaces)
    return row


def save_village_result(
    village: Village,
    year: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    as_of: date,
    plan: VillagePlan | None = None,
    source: Source = Source.FORM,
    replaces: VillageResult | None = None,
) -> VillageResult:
    """Write down what became of a project, or a newer state of it."""
    links = {"plan_id": None if plan is None else plan.id}
    row: VillageResult = _entry(VillageResult, village, year, values, actor, as_of, source, replaces, **links)
    return row


def _entry(
    model: Any,
    village: Village,
    year: int,
    values: Mapping[str, Any],
    actor: Actor,
    as_of: date,
    source: Source,
    replaces: Any | None,
    **links: Any,
) -> Any:
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, village)
    lock(village)
    check_days(as_of, as_of)
    budget = {name: value for name, value in values.items() if name == "budget"}
    found = {**checked(model, {name: value for name, value in values.items() if name != "budget"}), **budget}
    if not found.get("project"):
        raise NotValid({"project": [_l("Enter the name of the project.")]})
    row = model(
        id=uuid4(),
        village_id=village.id,
        **place_of(village),
        year=year,
        **found,
        **links,
        as_of=as_of,
        source=source,
        recorded_by=actor.account_id,
        revision=1 if replaces is None else replaces.revision + 1,
    )
    if replaces is not None:
        replaces.superseded_by = row.id
    db.session.add(row)
    db.session.flush()  # results point to it
    return row
