"""Proving a phone number by a one-time code: capped per number, per donor and for the whole platform."""

import hmac
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select, text

from core.clock import now
from core.db import db
from core.errors import NotValid, Refused, TooManyRequests
from core.i18n import _, _l, use_locale
from core.jobs import enqueue, job
from core.mail import send_text
from core.policy import Actor, require
from core.records import note
from core.tokens import derived_digits, token_hash
from donors.models import Donor, PhoneCode
from donors.policy import DonorPermission

LIFE = timedelta(minutes=10)
PAUSE = timedelta(seconds=60)
DAY = timedelta(days=1)
PER_NUMBER = 5
PER_DONOR = 8
PER_PLATFORM = 5000
DIGITS = 6
# Codes are asked for one after the other, so that none at the same moment slips past a cap.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('donors.phone_code'))")


def send_phone_code(donor: Donor, *, actor: Actor) -> PhoneCode:
    """Send a new code to the donor's phone; earlier ones stop working. Raises TooManyRequests past the caps."""
    require(actor, DonorPermission.DONOR_CHANGE, donor)
    if donor.phone_verified_at is not None:
        raise Refused(_l("This phone number is proven already."), code="phone_proven")
    db.session.execute(_LOCK)
    moment, phone_key = now(), token_hash("phone", donor.contact_phone)
    _check_caps(donor, phone_key, moment)
    for earlier in _open_codes(donor, moment):
        earlier.expires_at = moment
    code = PhoneCode(
        id=uuid4(),
        donor_id=donor.id,
        phone_key=phone_key,
        issued_at=moment,
        expires_at=moment + LIFE,
    )
    db.session.add(code)
    enqueue(send_code, code_id=str(code.id))
    return code


def _check_caps(donor: Donor, phone_key: bytes, moment: datetime) -> None:
    recent = PhoneCode.issued_at > moment - DAY
    query = select(
        func.count().filter(PhoneCode.phone_key == phone_key),
        func.count().filter(PhoneCode.donor_id == donor.id),
        func.count(),
        func.max(PhoneCode.issued_at).filter(PhoneCode.phone_key == phone_key),
    ).where(recent)
    of_number, of_donor, of_all, last = db.session.execute(query).one()
    if last is not None and moment - last < PAUSE:
        raise TooManyRequests(retry_after=max(1, int((last + PAUSE - moment).total_seconds())))
    if of_number >= PER_NUMBER or of_donor >= PER_DONOR or of_all >= PER_PLATFORM:
        raise TooManyRequests(retry_after=3600)


def _open_codes(donor: Donor, moment: datetime) -> list[PhoneCode]:
    query = select(PhoneCode).where(
        PhoneCode.donor_id == donor.id,
        PhoneCode.used_at.is_(None),
        PhoneCode.expires_at > moment,
    )
    return list(db.session.scalars(query.with_for_update()))


def prove_phone(donor: Donor, typed: str, *, actor: Actor) -> None:
    """Accept the code that was sent to the donor's present number; it works once.

    The door counts the tries, in a transaction that outlives a refusal.
    """
    require(actor, DonorPermission.DONOR_CHANGE, donor)
    moment, phone_key = now(), token_hash("phone", donor.contact_phone)
    digits = "".join(typed.split())
    for code in _open_codes(donor, moment):
        same_number = hmac.compare_digest(code.phone_key, phone_key)
        if same_number and hmac.compare_digest(_digits(code.id).encode(), digits.encode()):
            code.used_at = moment
            donor.phone_verified_at = moment
            note(donor, "donor.phone_verified")
            return
    raise NotValid({"code": [_l("This code does not fit or has run out. Ask for a new one.")]})


def _digits(code_id: UUID) -> str:
    return derived_digits("phone-code", code_id, DIGITS)


@job("donors.send_phone_code")
def send_code(*, code_id: str) -> None:
    """Write the code to the phone, unless it has run out meanwhile."""
    code = db.session.get(PhoneCode, UUID(code_id))
    if code is None or code.used_at is not None or code.expires_at <= now():
        return
    donor = db.session.get_one(Donor, code.donor_id)
    with use_locale("zh"):
        body = _(
            "Jiedui: your code is %(code)s. It works for 10 minutes. Nobody will ask you for it.",
            code=_digits(code.id),
        )
    send_text(donor.contact_phone, body)
