"""The slip's code: made, printed, found again; its digits stand nowhere in the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, text

from core.clock import local_day, now, today
from core.db import db, unit_of_work
from core.errors import Gone, NotFound, Refused, TooManyRequests
from core.i18n import _l
from core.policy import ANONYMOUS, SYSTEM, Actor
from core.tokens import derived_digits, derived_token, token_hash
from pledges.choices import DeliveryStage
from pledges.models import ConfirmationCode, Delivery
from pledges.queries.codes import DIGITS, SLIP_DIGITS, SLIP_LINK, find_code, standing_code
from pledges.services.delivering import ask_household
from pledges.settings import settings_for
from pledges.sums import locked_delivery
from pledges.workflow import delivery_workflow

TRIES = 5
WINDOW = timedelta(hours=1)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(encode(:address, 'hex'), 11))")
_COUNT = text(
    "SELECT count(*), min(at), clock_timestamp() FROM code_guess"
    " WHERE address_key = :address AND at > clock_timestamp() - make_interval(secs => :window)"
)
_ADD = text("INSERT INTO code_guess (id, address_key, at) VALUES (:id, :address, clock_timestamp())")
_TAKE_OUT = text("DELETE FROM code_guess WHERE id = :id")


@dataclass(frozen=True)
class IssuedCode:
    """A new slip: what is printed on it."""

    id: UUID
    digits: str
    link: str


@dataclass(frozen=True)
class Slip:
    """A slip somebody holds, with its delivery."""

    code: ConfirmationCode
    delivery: Delivery


class WrongCode(NotFound):
    """No slip has this code."""

    code = "wrong_code"
    detail = _l("This code does not exist. Look at the ten digits on the slip.")


class CodeUsed(Refused):
    """The slip was answered already."""

    code = "code_used"
    detail = _l("This code was used already. If not by you, call the supervision line.")


def issue_code(delivery: Delivery, *, actor: Actor) -> IssuedCode:
    """Make a new slip; an earlier one is void. Once the things are there, the household is asked."""
    delivery = locked_delivery(delivery.id)
    delivery_workflow.fire(delivery, "issue_code", actor=actor)
    _void(delivery.id)
    moment = now()
    days = settings_for(delivery.region_code, today()).code_days
    code_id = _free_id()
    code = ConfirmationCode(
        id=code_id,
        delivery_id=delivery.id,
        digits_hash=token_hash(SLIP_DIGITS, derived_digits(SLIP_DIGITS, code_id, DIGITS)),
        link_hash=token_hash(SLIP_LINK, derived_token(SLIP_LINK, code_id)),
        issued_by=actor.account_id,
        issued_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    db.session.add(code)
    if delivery.stage in (DeliveryStage.RECORDED, DeliveryStage.DISPUTED):
        delivery_workflow.fire(delivery, "await", actor=SYSTEM)
        ask_household(delivery, at=moment)
    db.session.flush()  # the slip is printed from code.id
    return printed_code(code)


def _void(delivery_id: UUID) -> None:
    earlier = standing_code(delivery_id)
    if earlier is not None:
        earlier.voided_at = now()
        db.session.flush()  # only one slip of a delivery stands at a time


def _free_id() -> UUID:
    """Return an id whose ten digits no slip has."""
    while True:
        found = uuid4()
        digits = token_hash(SLIP_DIGITS, derived_digits(SLIP_DIGITS, found, DIGITS))
        if db.session.scalar(select(ConfirmationCode.id).where(ConfirmationCode.digits_hash == digits)) is None:
            return found


def printed_code(code: ConfirmationCode) -> IssuedCode:
    """Return what is printed on a slip that can still be answered with."""
    if code.voided_at is not None or code.used_at is not None:
        raise Refused(_l("This slip is void; make a new one."), code="code_void")
    return IssuedCode(code.id, derived_digits(SLIP_DIGITS, code.id, DIGITS), derived_token(SLIP_LINK, code.id))


def find_slip(text: str, *, address: str) -> Slip:
    """Return the slip that somebody holds. Five wrong codes of an address, and it waits for an hour."""
    address_key = token_hash("code-guess", address)
    guess = _count_guess(address_key)
    code = find_code(text)
    if code is None:
        raise WrongCode
    with unit_of_work(ANONYMOUS) as session:
        session.execute(_TAKE_OUT, {"id": guess})
    if code.voided_at is not None:
        raise Gone(_l("This slip is void; a newer one was made."), code="code_void")
    return Slip(code, db.session.get_one(Delivery, code.delivery_id, populate_existing=True))


def get_slip(code_id: UUID) -> Slip:
    """Return a slip by its id, for who has shown it already."""
    code = db.session.get(ConfirmationCode, code_id, populate_existing=True)
    if code is None:
        raise NotFound
    return Slip(code, db.session.get_one(Delivery, code.delivery_id, populate_existing=True))


def _count_guess(address_key: bytes) -> UUID:
    """Count a guess before its answer is known, in a transaction that stays."""
    guess = uuid4()
    with unit_of_work(ANONYMOUS) as session:
        session.execute(_LOCK, {"address": address_key})
        values = {"address": address_key, "window": WINDOW.total_seconds()}
        tries, first, moment = session.execute(_COUNT, values).one()
        if tries < TRIES:
            session.execute(_ADD, {"id": guess, "address": address_key})
    if tries >= TRIES:
        raise TooManyRequests(retry_after=max(1, int((first + WINDOW - moment).total_seconds())))
    return guess


def check_usable(slip: Slip, *, posted_on: date | None = None) -> None:
    """Raise what stands against an answer with this slip: used, too old, or nothing to answer yet.

    Paper from the box counts from the day it was posted.
    """
    if slip.code.used_at is not None:
        raise CodeUsed
    in_time = posted_on is not None and posted_on <= local_day(slip.code.expires_at)
    if slip.code.expires_at <= now() and not in_time:
        raise Gone(_l("This code has run out. The village office can make a new slip."), code="code_expired")
    if slip.delivery.stage in (DeliveryStage.PLANNED, DeliveryStage.RECORDED):
        raise Refused(_l("The things have not arrived yet. Keep the slip."), code="not_arrived")
    if slip.delivery.stage is not DeliveryStage.AWAITING:
        raise Refused(_l("Nothing is asked about this delivery now."), code="not_awaiting")
