"""Readers of cells that only the registers have: ID numbers, phones, accounts, codes of places, closed sets."""

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from stdnum.cn import ric

from core.clock import today
from core.spreadsheets.cells import Reader, digits
from core.spreadsheets.choices import one_of, several_of, words_of
from core.spreadsheets.columns import load_words
from core.spreadsheets.reading import Cell
from core.spreadsheets.refusals import CellFault, CellRefused
from registry.id_numbers import FIRST_BIRTH, LENGTH

WORDS = Path(__file__).with_name("words")
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
CODE = re.compile(r"[1-8]\d{11}")
ACCOUNT = re.compile(r"[0-9]{12,19}")
CERTIFICATES = (20, 22)
_BODY = slice(0, 17)


def words(name: str) -> dict[str, Any]:
    """Return the data file of a kind of sheet."""
    return load_words(WORDS / f"{name}.json")


def id_number(*, certificates: bool = False) -> Reader:
    """Read a resident ID of 18 digits, and where allowed the longer number of a disability certificate."""
    last_day = today()

    def read(cell: Cell) -> str | None:
        found = digits(cell).upper()
        if not found:
            return None
        if certificates and len(found) in CERTIFICATES and _is_sound(found[:LENGTH], last_day):
            return found
        if len(found) == 15 and found.isdigit():
            raise CellRefused(CellFault.ID_OLD)
        if not _is_sound(found, last_day):
            rounded = len(found) == LENGTH and found.endswith("000") and found.isdigit()
            raise CellRefused(CellFault.NUMBER_AS_TEXT_LOST if rounded else CellFault.ID_WRONG)
        return found

    return read


def _is_sound(number: str, last_day: date) -> bool:
    if len(number) != LENGTH or not number.isascii() or not number[_BODY].isdigit():
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return FIRST_BIRTH <= born <= last_day and number[17] == ric.calc_check_digit(number)


def phone(cell: Cell) -> str | None:
    """Read a mobile number or a landline; a land's code and dashes inside a mobile number are dropped."""
    found = digits(cell).replace("+86", "")
    if not found:
        return None
    bare = found.replace("-", "")
    if bare.startswith("1") and PHONE.fullmatch(bare):
        return bare
    if not PHONE.fullmatch(found):
        raise CellRefused(CellFault.PHONE_WRONG)
    return found


def account(cell: Cell) -> str | None:
    """Read the number of a bank account."""
    found = digits(cell).replace("-", "")
    if not found:
        return None
    if not ACCOUNT.fullmatch(found):
        raise CellRefused(CellFault.NOT_A_NUMBER)
    return found


def place_code(cell: Cell) -> str | None:
    """Read a region code of 12 digits; a figure holds one exactly."""
    found = digits(cell)
    if not found:
        return None
    if not CODE.fullmatch(found):
        raise CellRefused(CellFault.CODE_WRONG)
    return found


def choice_of(closed_set: type[StrEnum], synonyms: dict[str, list[str]]) -> Reader:
    """Read one member's code; a word for "no" that is a member of the set counts as that member."""
    known = words_of(closed_set, synonyms)
    return one_of(known, none_is_a_word=True)


def choices_of(closed_set: type[StrEnum], synonyms: dict[str, list[str]], most: int) -> Reader:
    return several_of(words_of(closed_set, synonyms), most)
