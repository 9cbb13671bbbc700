"""The print of a card: two parts of one sheet, only for the officer who gave it."""

from typing import Any
from uuid import UUID

from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.models import Household
from registry.queries import find_card
from registry.services import give_card
from tests.factories.needs import People, make_household
from tests.factories.people import acting, sign_in


def card_of(giver: UUID, household_id: UUID) -> UUID:
    with acting(giver) as actor:
        return give_card(db.session.get_one(Household, household_id), actor=actor, given_on=today()).id


def test_the_giver_prints_a_card_and_nobody_else_does(people: People, app: Any) -> None:
    household_id = make_household(people.author)
    path = f"/desk/cards/{card_of(people.verifier, household_id)}/card.pdf"
    printed = sign_in(app.test_client(), people.verifier).get(path)
    assert printed.status_code == 200
    assert printed.data.startswith(b"%PDF-")
    assert printed.headers["Cache-Control"] == "no-store"
    assert sign_in(app.test_client(), people.author).get(path).status_code == 404
    assert app.test_client().get(path).status_code == 401


def test_no_page_of_the_household_shows_link_or_pin(people: People, app: Any) -> None:
    household_id = make_household(people.author)
    card_of(people.verifier, household_id)
    with unit_of_work(SYSTEM):
        card = find_card(household_id)
        assert card is not None
        link = card.link_hash.hex()
    text = sign_in(app.test_client(), people.verifier).get(f"/desk/households/{household_id}").get_data(as_text=True)
    assert link not in text
    assert "PIN" not in text
