"""Finding slips by what is printed on them."""

from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.tokens import token_hash
from pledges.models import ConfirmationCode

SLIP_DIGITS = "slip-digits"
SLIP_LINK = "slip-link"
DIGITS = 10


def standing_code(delivery_id: UUID) -> ConfirmationCode | None:
    """Return the delivery's slip that can still be answered with, or None."""
    query = select(ConfirmationCode).where(
        ConfirmationCode.delivery_id == delivery_id,
        ConfirmationCode.voided_at.is_(None),
        ConfirmationCode.used_at.is_(None),
    )
    return db.session.scalar(query)


def plain_code(text: str) -> str:
    """Return a code as it is kept: ten digits without spaces, or the link's token."""
    return "".join(text.split()).replace("-", "") if is_typed(text) else text.strip()


def is_typed(text: str) -> bool:
    """Return whether the text is the ten digits, not the link."""
    digits = "".join(text.split()).replace("-", "")
    return digits.isdecimal() and digits.isascii()


def find_code(text: str) -> ConfirmationCode | None:
    """Return the slip of the digits or the link, in whatever state it is."""
    plain = plain_code(text)
    if is_typed(text):
        same = ConfirmationCode.digits_hash == token_hash(SLIP_DIGITS, plain)
    else:
        same = ConfirmationCode.link_hash == token_hash(SLIP_LINK, plain)
    return db.session.scalar(select(ConfirmationCode).where(same))
