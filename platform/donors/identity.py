"""Credit codes, ID numbers and phones: what a machine can check of them (domain.md 8.1 and 8.2).

A valid code is no proof that somebody exists or may act for whom he names; a person still looks at the papers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from stdnum.cn import ric, uscc

from core.i18n import _l, register_labels
from donors.models import DonorKind

CHARACTERS = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
MAX_AGE = 120
EARLIEST_BIRTH = date(1900, 1, 1)
_USCC = re.compile(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}")
_RESIDENT_ID = re.compile(r"[0-9]{17}[0-9X]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}[0-9]{7,8}")
_COUNTRY_CODE = re.compile(r"(?:\+|00)86(?=[0-9]{11}$)")
_FILLERS = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff]")
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
    ]
)
# Taiwan, Hong Kong, Macao; 81 to 83 are the first digits of residence permits.
_PLACES_WITHOUT_COUNTIES = frozenset(["71", "81", "82", "83"])


class IdentityError(StrEnum):
    """Why a number is refused."""

    USCC_LENGTH = "uscc_length"
    USCC_CHARACTERS = "uscc_characters"
    USCC_CHECK_DIGIT = "uscc_check_digit"
    KIND_DOES_NOT_FIT = "kind_does_not_fit"
    ID_OLD_FORM = "id_old_form"
    ID_LENGTH = "id_length"
    ID_CHARACTERS = "id_characters"
    ID_CHECK_DIGIT = "id_check_digit"
    ID_DATE = "id_date"
    PHONE = "phone"


class IdentityWarning(StrEnum):
    """What the verifier should look at; never a reason to refuse."""

    ORGANISATION_DIGIT = "organisation_digit"
    KIND_NOT_DERIVED = "kind_not_derived"
    PLACE_UNKNOWN = "place_unknown"
    NAME_LIKE_OFFICE = "name_like_office"
    NAME_LIKE_VERIFIED = "name_like_verified"


error_labels = {
    IdentityError.USCC_LENGTH: _l("A credit code has 18 characters."),
    IdentityError.USCC_CHARACTERS: _l(
        "This character does not occur in credit codes. I, O, S, V and Z are never used."
    ),
    IdentityError.USCC_CHECK_DIGIT: _l(
        "The last character does not fit the rest. Please compare with the certificate."
    ),
    IdentityError.KIND_DOES_NOT_FIT: _l("The first two characters belong to another kind of organisation."),
    IdentityError.ID_OLD_FORM: _l("This is an old number of 15 digits. Please give the 18 digits of the present card."),
    IdentityError.ID_LENGTH: _l("An ID number has 18 digits."),
    IdentityError.ID_CHARACTERS: _l("An ID number has digits only; the last may be X."),
    IdentityError.ID_CHECK_DIGIT: _l("The last digit does not fit the rest. Please compare with the card."),
    IdentityError.ID_DATE: _l("The date of birth in the number is not possible."),
    IdentityError.PHONE: _l("This is not a phone number. Example: 13800001234"),
}
warning_labels = {
    IdentityWarning.ORGANISATION_DIGIT: _l(
        "The inner check digit is unusual. Some early codes differ; compare the paper."
    ),
    IdentityWarning.KIND_NOT_DERIVED: _l("The code does not show the kind of organisation. Compare the paper."),
    IdentityWarning.PLACE_UNKNOWN: _l("The place in the number is not in today's list. Older places are valid."),
    IdentityWarning.NAME_LIKE_OFFICE: _l(
        "The name reads like that of a public office, yet the donor is none. Compare the paper."
    ),
    IdentityWarning.NAME_LIKE_VERIFIED: _l(
        "The name can be taken for that of a verified organisation. Compare the paper."
    ),
}
register_labels(error_labels)
register_labels(warning_labels)

_KINDS = {
    "11": {DonorKind.GOVERNMENT_ORGAN, DonorKind.DEMOCRATIC_PARTY},
    "12": {DonorKind.PUBLIC_INSTITUTION},
    "13": {DonorKind.PEOPLE_ORGANISATION, DonorKind.DEMOCRATIC_PARTY},
    "51": {DonorKind.ASSOCIATION},
    "52": {DonorKind.SOCIAL_SERVICE_AGENCY},
    "53": {DonorKind.FOUNDATION},
    "81": {DonorKind.PEOPLE_ORGANISATION},
    "91": {DonorKind.ENTERPRISE},
    "92": {DonorKind.SOLE_TRADER},
    "93": {DonorKind.FARMER_COOPERATIVE},
    "N1": {DonorKind.FARMER_COOPERATIVE},
    "N2": {DonorKind.FARMER_COOPERATIVE},
    "N3": {DonorKind.FARMER_COOPERATIVE},
}
# These may use the code of the unit that vouches for them, so nothing follows from it.
_ANY_CODE = frozenset({DonorKind.VOLUNTEER_GROUP, DonorKind.OVERSEAS_NGO})


@dataclass(frozen=True)
class Checked:
    """A number in its one form, with what was found. Without `error` it may be kept."""

    normalised: str
    error: IdentityError | None = None
    warnings: tuple[IdentityWarning, ...] = ()

    @property
    def is_valid(self) -> bool:
        return self.error is None


def normalise(text: str) -> str:
    """Return the one form of a number: half-width, upper case, without blanks, hyphens and invisible characters."""
    return _FILLERS.sub("", normalize("NFKC", text)).upper()


def check_uscc(text: str, *, kind: DonorKind | None = None) -> Checked:
    """Check a unified social credit code (GB 32100-2015) and, if given, the kind that is claimed (domain.md 8.1).

    The library's own rule wants digits at the front and so refuses the collectives of N1 to N3; only its check
    digit is used. The inner digit of the organisation code (GB 11714) is a warning, since early codes differ.
    """
    code = normalise(text)
    error = _uscc_error(code)
    if error is not None:
        return Checked(code, error)
    kinds = kinds_of_uscc(code)
    if kind is not None and kinds and kind not in kinds | _ANY_CODE:
        return Checked(code, IdentityError.KIND_DOES_NOT_FIT)
    warnings = []
    if organisation_check_digit(code[8:16]) != code[16]:
        warnings.append(IdentityWarning.ORGANISATION_DIGIT)
    if not kinds:
        warnings.append(IdentityWarning.KIND_NOT_DERIVED)
    return Checked(code, None, tuple(warnings))


def _uscc_error(code: str) -> IdentityError | None:
    if len(code) != 18:
        return IdentityError.USCC_LENGTH
    if not _USCC.fullmatch(code) or not CHARACTERS.issuperset(code):
        return IdentityError.USCC_CHARACTERS
    return None if uscc.calc_check_digit(code) == code[-1] else IdentityError.USCC_CHECK_DIGIT


def kinds_of_uscc(code: str) -> frozenset[DonorKind]:
    """Return the kinds that the first two characters allow; empty where they tell nothing (59, 19, Y…)."""
    return frozenset(_KINDS.get(code[:2], ()))


def organisation_check_digit(body: str) -> str:
    """Return the check digit of the first eight characters of an organisation code (GB 11714; A is 10 … Z is 35)."""
    rest = 11 - sum(int(character, 36) * weight for character, weight in zip(body, _ORG_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def check_resident_id(text: str, *, today: date, is_known_place: Callable[[str], bool] | None = None) -> Checked:
    """Check a resident ID number (GB 11643-1999): form, check digit, possible date of birth (domain.md 8.2).

    A place (the first six digits) that is not known today is a warning: people keep the number of the county that
    they were born in. Without `is_known_place` only the province is looked at.
    """
    number = normalise(text)
    error = _resident_id_error(number, today)
    if error is not None:
        return Checked(number, error)
    known = number[:2] in _PLACES_WITHOUT_COUNTIES or (
        number[:2] in _PROVINCES and (is_known_place is None or is_known_place(number[:6]))
    )
    return Checked(number, None, () if known else (IdentityWarning.PLACE_UNKNOWN,))


def _resident_id_error(number: str, today: date) -> IdentityError | None:
    if len(number) == 15 and number.isascii() and number.isdigit():
        return IdentityError.ID_OLD_FORM
    if len(number) != 18:
        return IdentityError.ID_LENGTH
    if not _RESIDENT_ID.fullmatch(number):
        return IdentityError.ID_CHARACTERS
    if ric.calc_check_digit(number) != number[-1]:
        return IdentityError.ID_CHECK_DIGIT
    born = birth_date(number)
    return None if born is not None and _is_possible_birth(born, today) else IdentityError.ID_DATE


def birth_date(number: str) -> date | None:
    """Return the date of birth in an ID number of 18 digits, or None if there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _is_possible_birth(born: date, today: date) -> bool:
    return EARLIEST_BIRTH <= born <= today and full_years(born, today) <= MAX_AGE


def full_years(born: date, today: date) -> int:
    """Return the age in full years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def check_phone(text: str, *, landline: bool = False) -> Checked:
    """Check a mobile number of China, or with `landline` also a fixed line with its area code."""
    number = _COUNTRY_CODE.sub("", normalise(text).replace("(", "").replace(")", ""))
    is_phone = _MOBILE.fullmatch(number) or (landline and _LANDLINE.fullmatch(number))
    return Checked(number, None if is_phone else IdentityError.PHONE)
