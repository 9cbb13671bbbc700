"""Writing the village register: a year's sheet, the stationed team, plans and what became of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from registry.choices import Source
from registry.models import StationedTeam, Village, VillagePlan, VillageProfile, VillageResult
from registry.models.village_fields import BANDS
from registry.policy import RegistryPermission, role_for
from registry.queries.village_register import result_of
from registry.services.dating import (
    STALE,
    Writing,
    about_village,
    check_days,
    live_rows,
    lock,
    place_of,
    write_dated,
    write_sheet,
)
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


def end_stationed_team(village: Village, *, actor: Actor, ended_on: date) -> StationedTeam:
    """Write down that the team left: on the day itself it is stationed there no more."""
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, village)
    lock(village)
    check_days(ended_on, ended_on)
    rows = live_rows(StationedTeam, about_village(village))
    standing: StationedTeam | None = next((row for row in rows if row.valid_to is None), None)
    if standing is None:
        raise Refused(_l("No team is stationed here."), code="no_team")
    if ended_on <= standing.valid_from:
        raise NotValid({"ended_on": [_l("The day lies before the team came, or on it.")]})
    standing.valid_to = ended_on
    return standing


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
    """Write down a project that the village plans, or a newer state of one; what became of it goes with it."""
    found = {"budget": {}, **values}
    row: VillagePlan = _entry(VillagePlan, village, year, found, actor, as_of, source, replaces)
    if replaces is not None and (result := result_of(replaces.id)) is not None:
        result.plan_id = row.id
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
    expected_revision: int | None = None,
) -> VillageResult:
    """Write down what became of a project, or a newer state of it; see `save_village_profile` for what is expected."""
    if expected_revision not in {None, replaces.revision if replaces else 0}:
        raise Refused(STALE, code="stale_revision")
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
    if replaces is not None:
        db.session.refresh(replaces)
        if replaces.superseded_by is not None:
            raise Refused(STALE, code="stale_revision")
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
