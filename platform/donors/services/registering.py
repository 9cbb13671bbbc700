"""Registering: who somebody says he is, checked as far as a machine can."""

from dataclasses import dataclass
from uuid import uuid4

from accounts.models import Account, Role
from accounts.queries import counties_with_officers
from accounts.services import grant_role
from core.clock import today
from core.crypto import blind_index
from core.db import db
from core.errors import NotValid, map_constraint
from core.i18n import LazyString, _l
from core.names import clean_name
from core.policy import SYSTEM, Actor
from core.records import note
from donors.cities import city_of_code, is_city
from donors.events import donor_registered
from donors.identity import (
    Checked,
    check_phone,
    check_resident_id,
    check_uscc,
    error_labels,
)
from donors.models import Donor, DonorKind, DonorStage
from donors.queries import find_donor_by_identity
from donors.services.names import keep_name_keys, likenesses, what_to_do
from donors.workflow import donor_workflow
from regions.codes import RegionLevel, is_prefix, pad
from regions.queries import find_published_region

DUPLICATE = _l("This number is registered already. Ask who registered it, or your county's office.")
map_constraint("uq_donor_identity", "donor_exists", DUPLICATE)

Errors = dict[str, list[str | LazyString]]


@dataclass(frozen=True)
class Registration:
    """What somebody says about himself when he registers."""

    kind: DonorKind
    name: str
    contact_name: str
    contact_phone: str
    uscc: str = ""
    id_number: str = ""
    contact_email: str = ""
    named_publicly: bool = False
    region: str = ""
    city_code: str = ""
    invitation: str = ""
    name_is_right: bool = False


def register_donor(wanted: Registration, *, actor: Actor, account: Account | None = None) -> Donor:
    """Register a donor; the account becomes its head. Raises NotValid with every field that is wrong.

    A name that can be taken for another's is asked about once; confirmed, it is kept and the county is warned.
    A valid number is no proof of existence: the county looks at the papers.
    """
    errors: Errors = {}
    identity = _identity(wanted, errors)
    phone = _checked(
        check_phone(wanted.contact_phone, landline=wanted.kind is not DonorKind.INDIVIDUAL),
        "contact_phone",
        errors,
    )
    name, contact = (
        _name(wanted.name, "name", errors),
        _name(wanted.contact_name, "contact_name", errors),
    )
    region_code = _county(wanted.region, errors)
    like = () if "name" in errors else likenesses(name, wanted.kind)
    if like and not wanted.name_is_right:
        errors["name"] = [what_to_do[warning] for warning in like]
        raise NotValid(errors, name_like=[str(warning) for warning in like])
    if errors:
        raise NotValid(errors)
    person = wanted.kind is DonorKind.INDIVIDUAL
    donor = Donor(
        id=uuid4(),
        kind=wanted.kind,
        name=name,
        uscc=None if person else identity.normalised,
        id_number=identity.normalised if person else None,
        identity_index=_index(wanted.kind, identity.normalised, name),
        contact_name=contact,
        contact_phone=phone.normalised,
        contact_email=wanted.contact_email.strip() or None,
        named_publicly=wanted.named_publicly and not person,
        city_code=_city(wanted, identity.normalised),
        warnings=[str(warning) for warning in (*identity.warnings, *like)],
        region_code=region_code,
        county_code=region_code[:6],
        registered_by=account.id if account else actor.account_id,
    )
    _add(donor, actor=actor, account=account)
    donor_registered.send(donor, invitation=wanted.invitation, account_id=donor.registered_by)
    return donor


def _add(donor: Donor, *, actor: Actor, account: Account | None) -> None:
    if find_donor_by_identity(donor.identity_index) is not None:
        raise NotValid({"uscc" if donor.is_organisation else "id_number": [DUPLICATE]})
    donor_workflow.fire(donor, "register", actor=actor)
    db.session.add(donor)
    db.session.flush()  # a clash of numbers shows here, not after the account's role
    keep_name_keys(donor)
    if account is not None:
        grant_role(account, Role.DONOR_ADMIN, actor=SYSTEM, donor_id=donor.id)


def _identity(wanted: Registration, errors: Errors) -> Checked:
    if wanted.kind is DonorKind.INDIVIDUAL:
        return _checked(check_resident_id(wanted.id_number, today=today()), "id_number", errors)
    return _checked(check_uscc(wanted.uscc, kind=wanted.kind), "uscc", errors)


def _checked(found: Checked, field: str, errors: Errors) -> Checked:
    if found.error is not None:
        errors[field] = [error_labels[found.error]]
    return found


def _index(kind: DonorKind, number: str, name: str) -> bytes:
    """A volunteer group gives the code of the unit that vouches for it, so its own name tells it apart."""
    if kind is DonorKind.VOLUNTEER_GROUP:
        return blind_index("donor-group", f"{number}/{name}")
    return blind_index("donor-identity", number)


def _name(words: str, field: str, errors: Errors) -> str:
    """Return a name in its normal form, or note what is wrong with it."""
    try:
        return clean_name(words, field)
    except NotValid as refusal:
        errors |= refusal.errors
        return ""


def _county(region: str, errors: Errors) -> str:
    """Return the county that checks: the one named, or the only one that has an office here."""
    known = counties_with_officers()
    if not region and len(known) == 1:
        return known[0]
    code = pad(region) if is_prefix(region) else ""
    if code in known:
        return code
    place = find_published_region(code)
    if place is not None and place.level is RegionLevel.COUNTY:
        return place.code
    errors["region"] = [_l("Choose the county that is to check your papers.")]
    return ""


def _city(wanted: Registration, number: str) -> str:
    if wanted.kind is DonorKind.INDIVIDUAL:
        return wanted.city_code if is_city(wanted.city_code) else ""
    return wanted.city_code if is_city(wanted.city_code) else city_of_code(number)


@dataclass(frozen=True)
class Contact:
    """What a donor may change by itself at any time."""

    contact_name: str
    contact_phone: str
    contact_email: str
    named_publicly: bool


def change_contact(donor: Donor, wanted: Contact, *, actor: Actor) -> None:
    """Change how the donor is reached and whether it is named; a new phone number must be proven again."""
    errors: Errors = {}
    phone = _checked(
        check_phone(wanted.contact_phone, landline=donor.is_organisation),
        "contact_phone",
        errors,
    )
    contact = _name(wanted.contact_name, "contact_name", errors)
    if errors:
        raise NotValid(errors)
    if phone.normalised != donor.contact_phone:
        donor.phone_verified_at = None
    donor.contact_phone, donor.contact_name = phone.normalised, contact
    donor.contact_email = wanted.contact_email.strip() or None
    donor.named_publicly = wanted.named_publicly and donor.is_organisation
    note(donor, "donor.changed")


def is_open_for_papers(donor: Donor) -> bool:
    """Return whether papers can be added or taken out now."""
    return donor.stage in {
        DonorStage.REGISTERED,
        DonorStage.REJECTED,
        DonorStage.EXPIRED,
        DonorStage.VERIFIED,
    }
