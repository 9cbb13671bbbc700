"""Putting villages and households on file, and looking at what is encrypted."""

import secrets
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import select

from core.clock import today
from core.crypto import blind_index
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import LazyString, _l, register_labels
from core.policy import Actor
from core.records import note
from regions.codes import RegionLevel, county_code
from regions.queries import find_published_region
from registry.choices import Relation, Source
from registry.id_numbers import normal_id_number
from registry.models import Household, HouseholdProfile, Village
from registry.policy import RegistryPermission, role_for
from registry.queries import find_village, get_village
from registry.services.dating import Writing, about_household, check_days, write_dated
from registry.services.describing import PHONE
from registry.services.members import enter_member
from registry.services.persons import RELATION

INDEX_LENGTH, LONGEST_NUMBER = 16, 30
Errors = dict[str, list[str | LazyString]]


class RevealPurpose(StrEnum):
    """Why an officer looks at a name; the code stands in the household's records."""

    SURVEY = "survey"
    DELIVERY = "delivery"
    CONFIRMATION = "confirmation"
    COMPLAINT = "complaint"
    CORRECTION = "correction"


register_labels(
    {
        RevealPurpose.SURVEY: _l("Needs survey or verification"),
        RevealPurpose.DELIVERY: _l("Handing goods over"),
        RevealPurpose.CONFIRMATION: _l("Call about a confirmation"),
        RevealPurpose.COMPLAINT: _l("Looking into a complaint"),
        RevealPurpose.CORRECTION: _l("Correcting the file"),
    }
)


@dataclass(frozen=True)
class Revealed:
    """What an officer may see for a purpose. No digit of the ID is ever shown."""

    head_name: str
    phone: str | None


def ensure_village(region_code: str, *, actor: Actor) -> Village:
    """Return the village on file; put it there if it is a village of the register of places."""
    found = find_village(region_code)
    if found is not None:
        return found
    _village_place(region_code, "village_code")
    village = Village(region_code=region_code, county_code=county_code(region_code))
    db.session.add(village)
    db.session.flush()  # surveys and pairings need village.id
    return village


def open_village(region_code: str, *, actor: Actor) -> Village:
    """Return a village of the actor's, put on file if it lies in his places; raise NotFound for others."""
    if any(grant.covers(region_code) for grant in actor.grants):
        return ensure_village(region_code, actor=actor)
    return get_village(actor, region_code)


def _village_place(region_code: str, field: str) -> None:
    place = find_published_region(region_code)
    if place is None or place.level is not RegionLevel.VILLAGE:
        raise NotValid({field: [_l("Choose a village.")]})


def register_household(
    *,
    actor: Actor,
    region_code: str,
    household_no: str,
    size: int,
    head_name: str,
    id_number: str,
    group_no: str = "",
    phone: str | None = None,
    since: date | None = None,
    source: Source = Source.FORM,
) -> Household:
    """Put a household on file, with its head as its first member and the first description, since a day (today).

    `size` is how many persons are said to live there; members written down later fill it. Raises NotValid for bad
    fields, Refused if it is on file already.
    """
    number, day = normal_id_number(id_number, today=today()), since or today()
    check_days(day, day)
    _check_fields(household_no, size, head_name, phone)
    _village_place(region_code, "region_code")
    household = Household(
        id=uuid4(),
        region_code=region_code,
        county_code=county_code(region_code),
        household_no=household_no.strip(),
        group_no=group_no.strip(),
        size=size,
        head_name=head_name.strip(),
        id_number=number,
        id_index=blind_index("household.id_number", number),
        phone=phone or None,
    )
    role_for(actor, RegistryPermission.HOUSEHOLD_CREATE, household)
    _refuse_double(household)
    db.session.add(household)
    db.session.flush()  # its rows point to it, and the survey and the card need household.id
    _begin(household, Writing(actor, day, day, source))
    return household


def _begin(household: Household, writing: Writing) -> None:
    """Write the first rows: the head as a member, and what is said about the household."""
    head = {"name": household.head_name, "id_number": household.id_number, RELATION: Relation.HEAD}
    enter_member(household, head, writing, started_by=None)
    values = {"group_no": household.group_no, "phone": household.phone}
    write_dated(HouseholdProfile, about_household(household), values, writing)


def random_index() -> bytes:
    """Return an index that is nobody's, for a household that has ended or was erased."""
    return secrets.token_bytes(INDEX_LENGTH)


def check_number(region_code: str, household_no: str) -> None:
    """Raise NotValid for a number that is empty, too long, or taken in the village."""
    if not household_no.strip() or len(household_no) > LONGEST_NUMBER:
        raise NotValid({"household_no": [_l("Enter the household's number, at most 30 characters.")]})
    same_number = select(Household.id).where(
        Household.region_code == region_code, Household.household_no == household_no.strip()
    )
    if db.session.scalar(same_number) is not None:
        raise NotValid({"household_no": [_l("This number is taken in the village.")]})


def _check_fields(household_no: str, size: int, head_name: str, phone: str | None) -> None:
    errors: Errors = {}
    if not household_no.strip() or len(household_no) > LONGEST_NUMBER:
        errors["household_no"] = [_l("Enter the household's number, at most 30 characters.")]
    if not 1 <= size <= 30:
        errors["size"] = [_l("Enter how many persons live there, 1 to 30.")]
    if not 1 <= len(head_name.strip()) <= 50:
        errors["head_name"] = [_l("Enter the name as the ID shows it, at most 50 characters.")]
    if phone and not PHONE.fullmatch(phone):
        errors["phone"] = [_l("Enter a mobile number of 11 digits or a landline.")]
    if errors:
        raise NotValid(errors)


def _refuse_double(household: Household) -> None:
    same_person = select(Household.id).where(Household.id_index == household.id_index)
    if db.session.scalar(same_person) is not None:
        raise Refused(_l("This household is on file already."), code="household_on_file")
    check_number(household.region_code, household.household_no)


def reveal_household(household: Household, *, actor: Actor, purpose: RevealPurpose) -> Revealed:
    """Return the encrypted fields; who looked and why goes into the household's records."""
    role = role_for(actor, RegistryPermission.HOUSEHOLD_REVEAL, household)
    db.session.info["acting_role"] = role
    note(household, "household.revealed", reason=purpose.value)
    return Revealed(household.head_name, household.phone)
