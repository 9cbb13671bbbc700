"""The household card: given once, checked by its PIN. Its replacement stands in `registry.services.replacing`."""

import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import text

from core.clock import now, today
from core.db import db, unit_of_work
from core.errors import NotFound, NotValid, Refused, TooManyRequests
from core.i18n import _l
from core.policy import ANONYMOUS, Actor
from core.records import note
from core.tokens import derived_digits, derived_token, token_hash
from registry.guards import refuse_involved
from registry.models import Household, HouseholdCard
from registry.policy import RegistryPermission, role_for
from registry.queries import CARD_LINK, CARD_PIN, find_card, find_card_by_link

PIN_DIGITS = 4
TRIES = 5
LOCKED_FOR = timedelta(hours=1)

# One guess at a time for a card, counted before it is looked at, in a transaction that stays.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:card, 7))")
_COUNT = text(
    "SELECT count(*), min(at), clock_timestamp() FROM card_guess"
    " WHERE card_id = :card AND at > clock_timestamp() - make_interval(secs => :window)"
)
_ADD = text("INSERT INTO card_guess (id, card_id, at) VALUES (:id, :card, clock_timestamp())")
_FORGET = text("DELETE FROM card_guess WHERE card_id = :card")


@dataclass(frozen=True)
class CardSecrets:
    """What is printed on the card: its standing link's token, and the PIN under the fold."""

    link_token: str
    pin: str


class WrongPin(Refused):
    """The PIN is not the card's."""

    status = 422
    code = "wrong_pin"
    detail = _l("This PIN does not belong to the card.")


def card_secrets(card: HouseholdCard) -> CardSecrets:
    """Return what the print of a standing card shows; it stands nowhere in the database."""
    if card.voided_at is not None:
        raise Refused(_l("This card is void."), code="card_void")
    return CardSecrets(derived_token(CARD_LINK, card.id), derived_digits(CARD_PIN, card.id, PIN_DIGITS))


def give_card(household: Household, *, actor: Actor, given_on: date) -> HouseholdCard:
    """Give the household its first card."""
    role = role_for(actor, RegistryPermission.CARD_GIVE, household)
    check_day(given_on)
    refuse_involved(household, actor)
    if find_card(household.id) is not None:
        raise Refused(_l("The household has a card already."), code="card_given")
    db.session.info["acting_role"] = role
    return new_card(household, actor=actor, given_on=given_on, kind="household_card.given")


def check_day(given_on: date) -> None:
    """Refuse a day that is still to come."""
    if given_on > today():
        raise NotValid({"given_on": [_l("The day must be today or earlier.")]})


def new_card(
    household: Household, *, actor: Actor, given_on: date, kind: str, second_officer: UUID | None = None
) -> HouseholdCard:
    """Put a new card on file; the caller has checked who gives it."""
    card_id = uuid4()
    card = HouseholdCard(
        id=card_id,
        household_id=household.id,
        region_code=household.region_code,
        county_code=household.county_code,
        link_hash=token_hash(CARD_LINK, derived_token(CARD_LINK, card_id)),
        given_on=given_on,
        given_by=actor.account_id,
        second_officer=second_officer,
    )
    db.session.add(card)
    note(card, kind)
    db.session.flush()  # the print needs card.id
    return card


def void_card(card: HouseholdCard) -> None:
    """Let the card stop working at once."""
    card.voided_at = now()
    note(card, "household_card.voided")
    db.session.flush()  # only one card stands at a time


def check_card(link_token: str | None, household_id: UUID | None, pin: str) -> HouseholdCard:
    """Return the card if the PIN is its own; five wrong tries lock it for an hour."""
    card = _named_card(link_token, household_id)
    _count_guess(card.id)
    if not hmac.compare_digest(derived_digits(CARD_PIN, card.id, PIN_DIGITS).encode(), pin.strip().encode()):
        raise WrongPin
    with unit_of_work(ANONYMOUS) as session:  # beside the guesses: what stays is only what was wrong
        session.execute(_FORGET, {"card": card.id})
    return card


def _named_card(link_token: str | None, household_id: UUID | None) -> HouseholdCard:
    card = find_card_by_link(link_token) if link_token else None
    if card is None and household_id is not None:
        card = find_card(household_id)
    if card is None or (household_id is not None and card.household_id != household_id):
        raise NotFound
    return card


def _count_guess(card_id: UUID) -> None:
    with unit_of_work(ANONYMOUS) as session:
        session.execute(_LOCK, {"card": str(card_id)})
        values = {"card": card_id, "window": LOCKED_FOR.total_seconds()}
        tries, first, moment = session.execute(_COUNT, values).one()
        if tries < TRIES:
            session.execute(_ADD, {"id": uuid4(), "card": card_id})
    if tries >= TRIES:
        raise TooManyRequests(retry_after=max(1, int((first + LOCKED_FOR - moment).total_seconds())))
