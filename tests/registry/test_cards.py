"""The household card: one stands, two officers replace it, five wrong PINs lock it (workflows.md)."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotValid, Refused, TooManyRequests
from core.policy import ANONYMOUS, SYSTEM
from registry.models import Household
from registry.queries import find_card
from registry.services import card_secrets, check_card, give_card
from registry.services.cards import WrongPin
from tests.factories.needs import People, make_household
from tests.factories.people import acting


@pytest.fixture
def household_id(people: People) -> UUID:
    found = make_household(people.author)
    with acting(people.author) as actor:
        give_card(db.session.get_one(Household, found), actor=actor, given_on=today())
    return found


def secrets(household_id: UUID) -> tuple[str, str]:
    with unit_of_work(SYSTEM):
        card = find_card(household_id)
        assert card is not None
        found = card_secrets(card)
        return found.link_token, found.pin


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10_000:04d}"


def test_link_and_pin_open_the_card(household_id: UUID) -> None:
    link, pin = secrets(household_id)
    with unit_of_work(ANONYMOUS):
        assert check_card(link, None, pin).household_id == household_id
        assert check_card(None, household_id, pin).household_id == household_id


def test_neither_link_nor_pin_stand_in_the_database(household_id: UUID) -> None:
    link, pin = secrets(household_id)
    with unit_of_work(SYSTEM):
        row = db.session.execute(text("SELECT row_to_json(c)::text FROM household_card c")).scalar_one()
    assert link not in row
    assert f'"{pin}"' not in row


def test_five_wrong_pins_lock_the_card_for_an_hour_also_for_the_right_one(household_id: UUID) -> None:
    link, pin = secrets(household_id)
    for _ in range(5):
        with pytest.raises(WrongPin), unit_of_work(ANONYMOUS):
            check_card(link, None, wrong(pin))
    with pytest.raises(TooManyRequests) as refusal, unit_of_work(ANONYMOUS):
        check_card(link, None, pin)
    assert 3500 < refusal.value.retry_after <= 3600


def test_a_right_pin_forgets_the_wrong_ones(household_id: UUID) -> None:
    link, pin = secrets(household_id)
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(WrongPin), unit_of_work(ANONYMOUS):
                check_card(link, None, wrong(pin))
        with unit_of_work(ANONYMOUS):
            check_card(link, None, pin)


def test_a_second_first_card_is_refused(people: People, household_id: UUID) -> None:
    with pytest.raises(Refused) as refusal, acting(people.author) as actor:
        give_card(db.session.get_one(Household, household_id), actor=actor, given_on=today())
    assert refusal.value.code == "card_given"


def test_a_card_of_tomorrow_is_refused(people: People) -> None:
    household_id = make_household(people.author)
    with pytest.raises(NotValid), acting(people.author) as actor:
        give_card(db.session.get_one(Household, household_id), actor=actor, given_on=today() + timedelta(days=1))
