"""The resident ID of a household's head (domain.md 8.2): 18 digits, a birth date, a check digit."""

import unicodedata
from datetime import date

from stdnum.cn import ric

from core.errors import NotValid
from core.i18n import _l

LENGTH = 18
FIRST_BIRTH = date(1900, 1, 1)


def normal_id_number(text: str, *, today: date) -> str:
    """Return the ID in its plain form, or raise NotValid. A place that is not in today's table is no error."""
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not _is_sound(number, today):
        raise NotValid({"id_number": [_l("This is not a valid ID number.")]})
    return number


def _is_sound(number: str, today: date) -> bool:
    if len(number) != LENGTH or not (number.isascii() and number[:17].isdigit()):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return FIRST_BIRTH <= born <= today and number[17] == ric.calc_check_digit(number)
