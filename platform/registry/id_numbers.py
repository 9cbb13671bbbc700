"""Numbers that name a person (domain.md 8.2): the resident ID, the disability certificate that begins with it."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric

from core.errors import NotValid
from core.i18n import _l
from registry.choices import IdType, Sex

LENGTH = 18
CERTIFICATE_LENGTHS = (20, 22)
LONGEST = 30
FIRST_BIRTH = date(1900, 1, 1)
BAD = _l("This is not a valid ID number.")


@dataclass(frozen=True)
class Identity:
    """A number in its plain form, and what it says of its holder."""

    number: str
    born: date | None
    sex: Sex | None


def normal_id_number(text: str, *, today: date) -> str:
    """Return the ID in its plain form, or raise NotValid. A place that is not in today's table is no error."""
    number = _plain(text)
    if not _is_sound(number, today):
        raise NotValid({"id_number": [BAD]})
    return number


def read_identity(text: str, kind: IdType, *, today: date) -> Identity:
    """Return the number of a paper of this kind with birth and sex where it says them, or raise NotValid.

    A disability certificate has 20 or 22 places: an ID number, the kind of disability, its level.
    """
    number = _plain(text)
    if kind is IdType.OFFICER_CARD:
        if not number or len(number) > LONGEST:
            raise NotValid({"id_number": [BAD]})
        return Identity(number, None, None)
    if kind is IdType.DISABILITY_CERTIFICATE:
        if len(number) not in CERTIFICATE_LENGTHS or not number[LENGTH:].isalnum():
            raise NotValid({"id_number": [_l("A disability certificate has 20 or 22 places.")]})
        return _holder(number, normal_id_number(number[:LENGTH], today=today))
    return _holder(found := normal_id_number(number, today=today), found)


def _holder(number: str, resident: str) -> Identity:
    born = date(int(resident[6:10]), int(resident[10:12]), int(resident[12:14]))
    return Identity(number, born, Sex.MALE if int(resident[16]) % 2 else Sex.FEMALE)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _is_sound(number: str, today: date) -> bool:
    if len(number) != LENGTH or not (number.isascii() and number[:17].isdigit()):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return FIRST_BIRTH <= born <= today and number[17] == ric.calc_check_digit(number)
