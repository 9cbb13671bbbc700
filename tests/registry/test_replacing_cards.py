"""A card is given by who is neither author nor cadre, and replaced by two officers (workflows.md, Delivery)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import now, today
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, Refused
from core.policy import ANONYMOUS, SYSTEM
from core.records import note
from pairing.services import assign_primary
from registry.choices import ReplacementReason, ReplacementStage
from registry.models import CardReplacement, Household, HouseholdCard
from registry.queries import find_card, find_card_by_link
from registry.services import (
    agree_replacement,
    ask_replacement,
    card_secrets,
    check_card,
    decline_replacement,
    give_card,
    give_replacement,
    withdraw_replacement,
)
from tests.factories.needs import People, make_draft, make_household, make_survey, subject
from tests.factories.people import acting, make_grant, make_person, sign_in


@pytest.fixture
def household_id(people: People) -> UUID:
    """A surveyed household with a card of the stationed team."""
    found = make_household(people.author)
    make_survey(people.author, found)
    give(people.verifier, found)
    return found


def give(account: UUID, household_id: UUID) -> UUID:
    with acting(account) as actor:
        return give_card(db.session.get_one(Household, household_id), actor=actor, given_on=today()).id


def ask(account: UUID, household_id: UUID, second: UUID | None) -> UUID:
    with acting(account) as actor:
        household = db.session.get_one(Household, household_id)
        return ask_replacement(household, actor=actor, second_officer=second, reason=ReplacementReason.LOST).id


def step(account: UUID, replacement_id: UUID, act: Any) -> Any:
    with acting(account) as actor:
        return act(db.session.get_one(CardReplacement, replacement_id), actor=actor)


def stage_of(replacement_id: UUID) -> ReplacementStage:
    with unit_of_work(SYSTEM):
        return db.session.get_one(CardReplacement, replacement_id).stage


def card_of(household_id: UUID) -> HouseholdCard:
    with unit_of_work(SYSTEM):
        found = find_card(household_id)
    assert found is not None
    return found


def test_who_wrote_a_need_cannot_give_the_card(people: People) -> None:
    household_id = make_household(people.author)
    make_survey(people.author, household_id)
    make_draft(people.author, household_id)
    with pytest.raises(Refused) as refusal:
        give(people.author, household_id)
    assert refusal.value.code == "four_eyes"


def test_the_cadre_cannot_give_the_card(people: People) -> None:
    household_id = make_household(people.author)
    make_grant(people.author, Role.PAIRING_CADRE, "451028")
    with acting(people.county) as actor:
        assign_primary(subject(household_id), actor=actor, account_id=people.author)
    with pytest.raises(Refused) as refusal:
        give(people.author, household_id)
    assert refusal.value.code == "is_cadre"


def test_who_gave_the_card_cannot_write_a_need_down_afterwards(people: People, household_id: UUID) -> None:
    with pytest.raises(Refused) as refusal:
        make_draft(people.verifier, household_id)
    assert refusal.value.code == "card_giver"
    make_draft(people.author, household_id)


def test_after_a_new_card_the_one_who_gave_the_old_may_write(people: People, household_id: UUID) -> None:
    replacement = ask(people.approver, household_id, people.verifier)
    step(people.verifier, replacement, agree_replacement)
    step(people.approver, replacement, give_replacement)
    make_draft(people.verifier, household_id)


def test_two_officers_replace_a_card_each_on_his_own_account(people: People, household_id: UUID) -> None:
    old = card_of(household_id)
    with unit_of_work(SYSTEM):
        secrets = card_secrets(old)
    replacement = ask(people.verifier, household_id, people.approver)
    with pytest.raises(NotPermitted):
        step(people.verifier, replacement, agree_replacement)
    with pytest.raises(Refused):
        step(people.verifier, replacement, give_replacement)
    step(people.approver, replacement, agree_replacement)
    assert card_of(household_id).id == old.id
    with pytest.raises(NotPermitted):
        step(people.approver, replacement, give_replacement)
    card_id = step(people.verifier, replacement, give_replacement).id
    new = card_of(household_id)
    assert (new.id, new.given_by, new.second_officer) == (card_id, people.verifier, people.approver)
    assert stage_of(replacement) is ReplacementStage.DONE
    with unit_of_work(ANONYMOUS):
        assert find_card_by_link(secrets.link_token) is None
        with pytest.raises(NotFound):
            check_card(secrets.link_token, None, secrets.pin)
    with acting(people.verifier), pytest.raises(Refused):
        card_secrets(db.session.get_one(HouseholdCard, old.id))


@pytest.mark.parametrize("who", ["nobody", "himself", "the cadre", "an officer of another village"])
def test_the_second_officer_is_another_officer_of_the_place(people: People, household_id: UUID, who: str) -> None:
    second = {
        "nobody": None,
        "himself": people.verifier,
        "the cadre": make_person(Role.PAIRING_CADRE),
        "an officer of another village": make_person(Role.VILLAGE_OFFICER, "451028101200"),
    }[who]
    with pytest.raises(NotValid) as refusal:
        ask(people.verifier, household_id, second)
    assert "second_officer" in refusal.value.errors


def test_an_author_does_not_ask_for_a_card_that_he_would_give(people: People, household_id: UUID) -> None:
    make_draft(people.author, household_id)
    with pytest.raises(Refused) as refusal:
        ask(people.author, household_id, people.verifier)
    assert refusal.value.code == "four_eyes"


def test_who_became_an_author_meanwhile_does_not_give_it(people: People, household_id: UUID) -> None:
    replacement = ask(people.author, household_id, people.approver)
    step(people.approver, replacement, agree_replacement)
    make_draft(people.author, household_id)
    with pytest.raises(Refused) as refusal:
        step(people.author, replacement, give_replacement)
    assert refusal.value.code == "four_eyes"
    step(people.author, replacement, withdraw_replacement)
    assert stage_of(replacement) is ReplacementStage.WITHDRAWN


def test_one_wish_at_a_time_and_a_declined_one_makes_room(people: People, household_id: UUID) -> None:
    replacement = ask(people.verifier, household_id, people.approver)
    with pytest.raises(Refused) as refusal:
        ask(people.approver, household_id, people.verifier)
    assert refusal.value.code == "replacement_open"
    step(people.approver, replacement, decline_replacement)
    ask(people.approver, household_id, people.verifier)


def test_an_agreement_holds_for_fourteen_days(people: People, household_id: UUID) -> None:
    replacement = ask(people.verifier, household_id, people.approver)
    step(people.approver, replacement, agree_replacement)
    with unit_of_work(SYSTEM):
        found = db.session.get_one(CardReplacement, replacement)
        found.agreed_at = now() - timedelta(days=15)
        note(found, "card_replacement.agreed")
    with pytest.raises(Refused) as refusal:
        step(people.verifier, replacement, give_replacement)
    assert refusal.value.code == "agreement_old"


def test_a_household_without_a_card_gets_its_first_one(people: People) -> None:
    with pytest.raises(Refused) as refusal:
        ask(people.verifier, make_household(people.author), people.approver)
    assert refusal.value.code == "no_card"


def test_on_the_desk_one_asks_another_agrees_the_first_gives_and_prints(
    people: People, household_id: UUID, app: Any
) -> None:
    path = f"/desk/households/{household_id}/card"
    first, second = (sign_in(app.test_client(), who) for who in (people.verifier, people.approver))
    for client in (first, second):
        client.set_cookie("lang", "en")
    nothing = first.post(path, data={})
    assert nothing.status_code == 422
    assert "Choose the second officer." in nothing.text
    asked = first.post(path, data={"reason": "lost", "second_officer": str(people.approver)})
    assert asked.status_code == 302
    with unit_of_work(SYSTEM):
        replacement_id = db.session.query(CardReplacement).one().id
    steps = f"/desk/card-replacements/{replacement_id}"
    assert "Agree to a new card" in second.get("/desk").text
    assert "waiting for the other officer" in first.get("/desk").text
    assert f"{steps}/agree" not in first.get(path).text
    assert f"{steps}/agree" in second.get(path).text
    assert first.post(f"{steps}/agree").status_code == 403
    assert second.post(f"{steps}/agree").status_code == 303
    assert "its new card" in first.get("/desk").text
    assert second.post(f"{steps}/give", data={"given_on": "2026-01-05"}).status_code == 403
    assert first.post(f"{steps}/give", data={"given_on": "2999-01-05"}).status_code == 422
    with unit_of_work(SYSTEM):
        day = today().isoformat()
    assert first.post(f"{steps}/give", data={"given_on": day}).status_code == 303
    printed = f"/desk/cards/{card_of(household_id).id}/card.pdf"
    assert printed in first.get(f"/desk/households/{household_id}").text
    assert first.get(printed).status_code == 200
    assert second.get(printed).status_code == 404
    assert first.get("/desk").text.count("new card") == 0
