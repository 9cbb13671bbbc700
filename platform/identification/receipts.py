"""Receipt numbers, and the key that opens one: a phone number or the code on a paper. Pure but for chance."""

import re
import secrets
import unicodedata

from core.crypto import blind_index

LETTERS = {"case": "Q", "objection": "Y", "own_report": "S"}
DIGITS = 10
PHONE = re.compile(r"\d{7,15}")
NOT_DIGITS = re.compile(r"\D")


def new_receipt_no(what: str) -> str:
    """Return a number that cannot be guessed from another one: a letter for what it is, and ten digits."""
    return f"{LETTERS[what]}{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def read_receipt_no(typed: str) -> str:
    """Return the number as it is stored, however it was typed: blanks, small letters, full-width digits."""
    return "".join(unicodedata.normalize("NFKC", typed).upper().split()).replace("-", "")


def read_digits(typed: str) -> str:
    """Return the digits of a phone number or code; the country's 86 in front of a mobile number is dropped."""
    digits = NOT_DIGITS.sub("", unicodedata.normalize("NFKC", typed))
    return digits[2:] if len(digits) == 13 and digits.startswith("861") else digits


def is_phone(typed: str) -> bool:
    return PHONE.fullmatch(read_digits(typed)) is not None


def key_index(receipt_no: str, key: str) -> bytes:
    """Return the blind index of a key; bound to its receipt, so that equal phones do not join two rows."""
    return blind_index(f"receipt/{receipt_no}", read_digits(key))


def shown_receipt_no(receipt_no: str) -> str:
    """Return the number in groups, as it is read out and printed."""
    return f"{receipt_no[:1]} {receipt_no[1:4]} {receipt_no[4:7]} {receipt_no[7:]}"
