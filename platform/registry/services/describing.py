"""What is said about a household: its description, and how it lives. Each value has its days."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from core.clock import today
from core.db import db
from core.errors import NotValid
from core.i18n import _l
from core.policy import Actor
from core.records import note
from registry.choices import Cause, Source
from registry.models import Household, HouseholdProfile, LivingConditions
from registry.policy import RegistryPermission, role_for
from registry.services.dating import Writing, about_household, covering, live_rows, lock, write_dated
from registry.services.values import Errors, checked

PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
ACCOUNT = re.compile(r"\d{12,19}")
MOST_OTHER_CAUSES, MOST_RISKS, MOST_FUELS = 2, 5, 3


def save_profile(
    household: Household,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    valid_from: date,
    as_of: date | None = None,
    source: Source = Source.FORM,
    expected_revision: int | None = None,
    permission: RegistryPermission = RegistryPermission.HOUSEHOLD_CHANGE,
) -> HouseholdProfile:
    """Write what is said about the household from a day on; fields that are not named stay as they were.

    A day on which the standing description began corrects it; a later day closes it. `expected_revision` is that of the
    description that the writer saw (0: none); raises Refused `stale_revision` if a newer one tells of these days, and
    NotValid with the fields.
    """
    db.session.info["acting_role"] = role_for(actor, permission, household)
    lock(household)
    about = about_household(household)
    new = checked(HouseholdProfile, values)
    standing = covering(live_rows(HouseholdProfile, about), valid_from)
    _refuse_wrong_profile({name: new.get(name, getattr(standing, name, None)) for name in CHECKED})
    writing = Writing(actor, valid_from, as_of or valid_from, source, expected_revision)
    row: HouseholdProfile = write_dated(HouseholdProfile, about, new, writing)
    project_profile(household)
    return row


CHECKED = ("phone", "bank_account", "main_cause", "other_causes", "cause_note", "risk_types")


def _refuse_wrong_profile(values: Mapping[str, Any]) -> None:
    errors: Errors = {}
    if values["phone"] and not PHONE.fullmatch(values["phone"]):
        errors["phone"] = [_l("Enter a mobile number of 11 digits or a landline.")]
    if values["bank_account"] and not ACCOUNT.fullmatch(values["bank_account"]):
        errors["bank_account"] = [_l("An account number has 12 to 19 digits.")]
    errors |= _wrong_causes(values)
    if len(values["risk_types"] or ()) > MOST_RISKS:
        errors["risk_types"] = [_l("Choose at most five risks.")]
    if errors:
        raise NotValid(errors)


def _wrong_causes(values: Mapping[str, Any]) -> Errors:
    others, main = values["other_causes"] or (), values["main_cause"]
    if len(others) > MOST_OTHER_CAUSES:
        return {"other_causes": [_l("Choose at most two other causes.")]}
    if main is not None and main.value in others:
        return {"other_causes": [_l("The main cause is not among the other causes.")]}
    if Cause.OTHER in {main, *map(Cause, others)} and not values["cause_note"]:
        return {"cause_note": [_l("Write down which cause it is.")]}
    return {}


def project_profile(household: Household) -> None:
    """Repeat today's phone and group on the household, where everything else reads them."""
    row = covering(live_rows(HouseholdProfile, about_household(household)), today())
    if row is None or (household.phone, household.group_no) == (row.phone, row.group_no):
        return
    household.phone, household.group_no = row.phone, row.group_no
    note(household, "household.changed")


def save_living_conditions(
    household: Household,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    valid_from: date,
    as_of: date | None = None,
    source: Source = Source.FORM,
    expected_revision: int | None = None,
) -> LivingConditions:
    """Write how the household lives from a day on; see `save_profile`."""
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, household)
    lock(household)
    if len(values.get("fuel_types") or ()) > MOST_FUELS:
        raise NotValid({"fuel_types": [_l("Choose at most three fuels.")]})
    writing = Writing(actor, valid_from, as_of or valid_from, source, expected_revision)
    row: LivingConditions = write_dated(LivingConditions, about_household(household), values, writing)
    return row
