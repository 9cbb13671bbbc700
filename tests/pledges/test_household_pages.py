"""`/c` and `/c/CODE`: one question a screen, slip and card together, once (design.md 9.8; workflows.md)."""

import re
from typing import Any

import pytest

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.tokens import derived_token
from needs.models import Need
from pledges.choices import Channel, DeliveryStage, Outcome
from pledges.models import Confirmation
from tests.factories.people import make_person, sign_in
from tests.factories.pledges import Scene, row


def ticket_in(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def ask(client: Any, scene: Scene, code: str, pin: str | None = None) -> Any:
    return client.post("/c", data={"code": code, "pin": scene.pin if pin is None else pin})


def confirmations() -> list[Confirmation]:
    with unit_of_work(SYSTEM):
        return list(db.session.query(Confirmation))


def test_the_household_confirms_with_the_digits_of_the_slip_and_the_pin_of_its_card(scene: Scene, client: Any) -> None:
    delivery_id, slip = scene.awaiting()
    asked = ask(client, scene, f"{slip.digits[:3]} {slip.digits[3:6]} {slip.digits[6:]}")
    assert asked.status_code == 200
    assert slip.digits not in asked.text
    done = client.post("/c/answer", data={"ticket": ticket_in(asked.text), "outcome": "received"})
    assert done.status_code == 200
    assert scene.delivery(delivery_id).stage is DeliveryStage.CONFIRMED
    assert [c.channel for c in confirmations()] == [Channel.CARD]


def test_the_link_of_the_slip_asks_for_the_pin(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    page = client.get(f"/c/{slip.link}")
    assert page.status_code == 200
    assert "ticket" not in page.text
    assert slip.digits not in page.text


def test_no_answer_is_chosen_beforehand_and_none_is_a_422(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    asked = ask(client, scene, slip.digits)
    assert "checked" not in asked.text
    assert client.post("/c/answer", data={"ticket": ticket_in(asked.text)}).status_code == 422


def test_a_part_asks_how_many_on_the_next_page(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting("3")
    ticket = ticket_in(ask(client, scene, slip.digits).text)
    more = client.post("/c/answer", data={"ticket": ticket, "outcome": "partly_received"})
    assert 'name="quantity"' in more.text
    assert scene.sums() == (3, 3, 0)
    too_much = {"ticket": ticket, "outcome": "partly_received", "step": "more", "quantity": "3"}
    assert client.post("/c/answer", data=too_much).status_code == 422
    assert client.post("/c/answer", data=too_much | {"quantity": "1"}).status_code == 200
    assert scene.sums() == (3, 3, 1)


@pytest.mark.parametrize(
    ("outcome", "stage"), [("not_received", DeliveryStage.DISPUTED), ("unsuitable", DeliveryStage.MENDING)]
)
def test_nothing_and_unusable_ask_one_optional_line(
    scene: Scene, client: Any, outcome: str, stage: DeliveryStage
) -> None:
    delivery_id, slip = scene.awaiting()
    ticket = ticket_in(ask(client, scene, slip.digits).text)
    more = client.post("/c/answer", data={"ticket": ticket, "outcome": outcome})
    assert 'name="quantity"' not in more.text
    done = client.post("/c/answer", data={"ticket": ticket, "outcome": outcome, "step": "more", "comment": ""})
    assert done.status_code == 200
    assert scene.delivery(delivery_id).stage is stage
    assert scene.sums() == (2, 2, 0)


def test_a_used_code_shows_the_answer_and_the_phones_and_no_question(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    scene.say(slip.digits)
    page = client.get(f"/c/{slip.link}")
    assert page.status_code == 200
    assert "ticket" not in page.text
    assert "tel:" in page.text
    assert ask(client, scene, slip.digits).status_code == 200


def test_a_wrong_pin_is_a_422_and_five_lock_the_card(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    wrong = "0000" if scene.pin != "0000" else "1111"
    assert [ask(client, scene, slip.digits, wrong).status_code for _ in range(6)] == [422] * 5 + [429]


def test_five_wrong_codes_of_an_address_lock_it_for_an_hour(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    assert [ask(client, scene, f"{number:010d}").status_code for number in range(5)] == [422] * 5
    locked = ask(client, scene, slip.digits)
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) > 3000


@pytest.mark.parametrize("who", ["head", "cadre", "author"])
def test_who_gives_is_paired_or_made_the_slip_cannot_answer(scene: Scene, client: Any, who: str) -> None:
    delivery_id, slip = scene.awaiting()
    account = scene.people.author if who == "author" else getattr(scene, who)
    sign_in(client, account)
    assert ask(client, scene, slip.digits).status_code == 409
    assert scene.delivery(delivery_id).stage is DeliveryStage.AWAITING


def test_another_officers_session_makes_the_answer_witnessed(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    sign_in(client, scene.people.approver)
    client.post("/c/answer", data={"ticket": ticket_in(ask(client, scene, slip.digits).text), "outcome": "received"})
    assert [c.channel for c in confirmations()] == [Channel.WITNESS]


def test_the_ticket_of_another_slip_or_an_old_one_does_not_work(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    ticket = ticket_in(ask(client, scene, slip.digits).text)
    forged = ticket[:-4] + "0000"
    assert client.post("/c/answer", data={"ticket": forged, "outcome": "received"}).status_code == 410


def test_the_card_shows_what_the_web_shows_and_takes_it_down_at_once(scene: Scene, client: Any) -> None:
    link = derived_token("card-link", scene.card_id)
    assert client.get(f"/c?card={link}").status_code == 200
    page = client.post("/c/card", data={"card": link, "pin": scene.pin})
    assert page.status_code == 200
    assert row(Need, scene.need_id).title in page.text
    done = client.post("/c/stop-showing", data={"ticket": ticket_in(page.text)})
    assert done.status_code == 200
    assert row(Need, scene.need_id).stage == "withdrawn"


def test_the_card_ends_a_helpers_link_at_once(scene: Scene, client: Any) -> None:
    pledge_id = scene.agreed("2")
    link_id = scene.pledge(pledge_id).link_id
    page = client.post("/c/card", data={"card": derived_token("card-link", scene.card_id), "pin": scene.pin})
    done = client.post("/c/end-help", data={"ticket": ticket_in(page.text), "link": str(link_id)})
    assert done.status_code == 200
    assert scene.link(link_id).stage == "terminated"
    assert scene.pledge(pledge_id).stage == "released"
    assert scene.sums() == (0, 0, 0)


def test_a_phone_operator_enters_an_answer_that_is_labelled_phone(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    sign_in(client, make_person(Role.PHONE_OPERATOR))
    said = {"code": slip.digits, "pin": scene.pin, "outcome": "received"}
    assert client.get("/desk/answers/phone").status_code == 200
    assert client.post("/desk/answers/phone", data=said).status_code == 303
    assert [c.channel for c in confirmations()] == [Channel.PHONE]


def test_paper_needs_a_second_opener_and_the_day_it_was_posted(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    sign_in(client, scene.people.approver)
    said = {"code": slip.digits, "pin": scene.pin, "outcome": "received"}
    assert client.post("/desk/answers/paper", data=said).status_code == 422
    whole = said | {"second_opener": "another", "posted_on": scene.delivery(_delivery).delivered_on.isoformat()}
    assert client.post("/desk/answers/paper", data=whole).status_code == 303
    assert [(c.channel, c.outcome) for c in confirmations()] == [(Channel.PAPER, Outcome.RECEIVED)]
