"""Who a member is: name, number, birth and sex, checked against each other."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.clock import today
from core.crypto import blind_index
from core.errors import NotValid
from core.i18n import _l
from registry.choices import IdType, Sex
from registry.id_numbers import FIRST_BIRTH, Identity, read_identity
from registry.models import Member, MemberProfile
from registry.services.values import Errors, data_columns

IDENTITY = ("name", "sex", "id_type", "id_number", "birth_date", "ethnicity")
RELATION = "relation_to_head"
LONGEST_NAME, LONGEST_ETHNICITY = 50, 20


def parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what says who somebody is, and what is said about him from a day on; a name of neither is a TypeError."""
    described = data_columns(MemberProfile)
    unknown = set(values) - set(described) - {*IDENTITY, RELATION}
    if unknown:
        raise TypeError(f"a member has no field {min(unknown)}")
    identity = {name: value for name, value in values.items() if name in IDENTITY}
    return identity, {name: value for name, value in values.items() if name in described}


def checked_identity(values: Mapping[str, Any], standing: Member | None = None) -> dict[str, Any]:
    """Return the columns of a member, or raise NotValid. What is not named stays as it stands."""
    whole = {name: getattr(standing, name, None) for name in IDENTITY} | dict(values)
    errors = _plain_errors(whole)
    kind, number = whole["id_type"] or IdType.RESIDENT_ID, str(whole["id_number"] or "").strip()
    holder = Identity("", None, None)
    try:
        holder = read_identity(number, IdType(kind), today=today()) if number else holder
        born = _born(whole["birth_date"])
    except NotValid as refusal:
        errors |= refusal.errors
    except ValueError:
        errors["birth_date"] = [_l("Enter a day, for example 2026-03-31.")]
    else:
        errors |= _contradictions(whole, holder, born)
    if errors:
        raise NotValid(errors)
    born, sex = holder.born or born, holder.sex or whole["sex"]
    return {
        "name": str(whole["name"]).strip(),
        "sex": Sex(sex) if sex else None,
        "id_type": IdType(kind) if number else None,
        "id_number": holder.number or None,
        "id_index": person_index(holder.number) if number else None,
        "birth_date": born.isoformat() if born else None,
        "birth_year": born.year if born else None,
        "ethnicity": str(whole["ethnicity"] or "").strip() or None,
    }


def person_index(number: str) -> bytes:
    """Return the blind index of a person's number; a certificate has that of the ID that it begins with."""
    return blind_index("household.id_number", number[:18] if len(number) > 18 else number)


def _plain_errors(whole: Mapping[str, Any]) -> Errors:
    errors: Errors = {}
    if not 1 <= len(str(whole["name"] or "").strip()) <= LONGEST_NAME:
        errors["name"] = [_l("Enter the name as the ID shows it, at most 50 characters.")]
    if len(str(whole["ethnicity"] or "")) > LONGEST_ETHNICITY:
        errors["ethnicity"] = [_l("This text is too long.")]
    for name, kind in (("sex", Sex), ("id_type", IdType)):
        if whole[name] and whole[name] not in set(kind):
            errors[name] = [_l("Choose one of the list.")]
            whole = {**whole, name: None}
    return errors


def _born(value: Any) -> date | None:
    if value is None or value == "":
        return None
    born = value if isinstance(value, date) else date.fromisoformat(str(value))
    if not FIRST_BIRTH <= born <= today():
        raise NotValid({"birth_date": [_l("Enter a day that is not in the future.")]})
    return born


def _contradictions(whole: Mapping[str, Any], holder: Identity, born: date | None) -> Errors:
    """Name what the number says otherwise; on the ID card stands what counts."""
    errors: Errors = {}
    if born and holder.born and born != holder.born:
        errors["birth_date"] = [_l("The ID number says another day of birth.")]
    if whole["sex"] and holder.sex and whole["sex"] != holder.sex:
        errors["sex"] = [_l("The ID number says otherwise.")]
    return errors
