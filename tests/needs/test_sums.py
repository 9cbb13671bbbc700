"""Sums of a need: c <= d <= h <= q, whoever comes at once (workflows.md, table Need)."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import SYSTEM
from needs.models import Need
from needs.services import add_confirmed, add_delivered, hold, release_hold, take_back_delivered
from needs.services.sums import SumsDisagree
from needs.workflow import sums_of
from tests.factories.needs import People, make_draft, make_published

TEN = Decimal(10)


@pytest.fixture
def need_id(people: People) -> UUID:
    rice = {"title": "大米 10 公斤", "unit": "公斤", "item_code": "rice", "unit_price": Decimal(6)}
    return make_published(people, quantity=TEN, **rice)


def sums(need_id: UUID) -> tuple[str, ...]:
    with unit_of_work(SYSTEM):
        found = sums_of(db.session.get_one(Need, need_id))
        amounts = (found.held, found.delivered, found.confirmed)
        return (*(f"{amount.normalize():f}" for amount in amounts), found.progress)


def test_progress_follows_the_sums(need_id: UUID) -> None:
    seen = [sums(need_id)[-1]]
    steps = ((hold, "4"), (hold, "6"), (add_delivered, "10"), (add_confirmed, "3"), (add_confirmed, "7"))
    for step, amount in steps:
        with unit_of_work(SYSTEM):
            step(need_id, Decimal(amount))
        seen.append(sums(need_id)[-1])
    assert seen == ["open", "partly_held", "fully_held", "delivered", "delivered", "fulfilled"]


def test_holding_too_much_says_what_remains(need_id: UUID) -> None:
    with unit_of_work(SYSTEM):
        assert hold(need_id, Decimal(7)) == 3
    with pytest.raises(Refused) as refusal, unit_of_work(SYSTEM):
        hold(need_id, Decimal(4))
    assert (refusal.value.code, refusal.value.facts["remaining"]) == ("too_much", 3)


def test_a_draft_cannot_be_held(people: People, household: UUID) -> None:
    draft = make_draft(people.author, household)
    with pytest.raises(Refused) as refusal, unit_of_work(SYSTEM):
        hold(draft, Decimal(1))
    assert refusal.value.code == "not_published"


def test_what_was_delivered_cannot_be_released(need_id: UUID) -> None:
    with unit_of_work(SYSTEM):
        hold(need_id, Decimal(5))
        add_delivered(need_id, Decimal(4))
    with pytest.raises(SumsDisagree), unit_of_work(SYSTEM):
        release_hold(need_id, Decimal(2))
    with unit_of_work(SYSTEM):
        release_hold(need_id, Decimal(1))
    assert sums(need_id) == ("4", "4", "0", "partly_held")


@pytest.mark.parametrize(("also_held", "held"), [(True, "2"), (False, "5")])
def test_a_delivery_that_did_not_arrive_is_taken_back(need_id: UUID, also_held: bool, held: str) -> None:
    with unit_of_work(SYSTEM):
        hold(need_id, Decimal(5))
        add_delivered(need_id, Decimal(5))
        add_confirmed(need_id, Decimal(2))
    with unit_of_work(SYSTEM):
        take_back_delivered(need_id, Decimal(3), also_held=also_held)
    assert sums(need_id) == (held, "2", "2", "partly_held")


def test_thirty_two_at_once_never_hold_too_much(need_id: UUID) -> None:
    def one(_number: int) -> bool:
        try:
            with unit_of_work(SYSTEM):
                hold(need_id, Decimal(1))
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(one, range(32)))
    assert taken == 10
    assert sums(need_id)[0] == "10"


def test_the_database_itself_refuses_an_excess(need_id: UUID) -> None:
    with pytest.raises(IntegrityError, match="held_within_quantity"), unit_of_work(SYSTEM):
        db.session.execute(text("UPDATE need_balance SET held = 11, progress = 'partly_held'"))
