"""Codes printed in advance for people without a phone; each opens one receipt."""

from core.db import db
from core.tokens import token_hash
from identification.models.own_reports import PaperCode
from identification.receipts import read_digits

PAPER_CODE = "paper-code"
CODE_DIGITS = 10


def find_paper_code(typed: str) -> PaperCode | None:
    """Return the code that nobody has used yet, however it was typed; it is held until the transaction ends."""
    digits = read_digits(typed)
    return (
        db.session.query(PaperCode)
        .filter_by(code_hash=token_hash(PAPER_CODE, digits), used_at=None)
        .with_for_update()
        .one_or_none()
    )
