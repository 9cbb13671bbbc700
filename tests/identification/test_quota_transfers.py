"""Persons moved by hand, and what villages use of their numbers (domain.md 4.4, 9 and last paragraph)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.db import db, unit_of_work
from core.errors import NotFound, NotValid, Refused
from core.policy import SYSTEM
from identification.models import QuotaTransfer, TransferStage
from identification.queries.quotas import lines_of, moved_in, published_quota, township_pool
from identification.services.quotas import agree_transfer, decline_transfer, most_recognised, settle
from tests.factories.people import acting
from tests.factories.places import lay_places
from tests.factories.quotas import YEAR, agree, make_officers, make_published_run, make_run, make_transfer, publish

ONE, TWO, SMALL = "451028100200", "451028100201", "451028101201"
Scene = tuple[UUID, UUID, UUID]


@pytest.fixture
def scene(database: object) -> Scene:
    """Two officers and a published run."""
    lay_places()
    first, second = make_officers()
    return first, second, make_published_run(first, second)


def quota(code: str) -> int:
    with unit_of_work(SYSTEM):
        found = published_quota(code, YEAR)
    assert found is not None
    return found


def test_a_transfer_counts_once_a_second_officer_agrees_and_keeps_the_sum(scene: Scene) -> None:
    first, second, run_id = scene
    before = quota(ONE), quota(TWO)
    transfer = make_transfer(first, run_id)
    assert (quota(ONE), quota(TWO)) == before
    with pytest.raises(Refused) as refused:
        agree(first, transfer)
    assert refused.value.code == "own_transfer"
    agree(second, transfer)
    assert (quota(ONE), quota(TWO)) == (before[0] - 5, before[1] + 5)
    with unit_of_work(SYSTEM):
        assert sum(moved_in(run_id).values()) == 0
        assert sum(line.quota for line in lines_of(run_id)) == 1200, "the run itself stays as it was"


def test_a_declined_transfer_says_why_and_moves_nobody(scene: Scene) -> None:
    first, second, run_id = scene
    before, transfer_id = quota(ONE), make_transfer(first, run_id)
    with acting(second) as actor:
        transfer = db.session.get_one(QuotaTransfer, transfer_id)
        with pytest.raises(NotValid):
            decline_transfer(transfer, actor=actor, reason="")
        decline_transfer(transfer, actor=actor, reason="The hamlet stays where it is.")
    assert quota(ONE) == before
    with pytest.raises(Refused):
        agree(second, transfer_id)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"to_code": ONE}, "to_code"),
    ({"persons": 0}, "persons"),
    ({"reason": "why"}, "reason"),
    ({"to_code": "451029100200"}, "to_code"),
    ({"from_code": "451028100000"}, "from_code"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_is_asked_must_be_whole(scene: Scene, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(NotValid) as refused:
        make_transfer(scene[0], scene[2], **wrong)
    assert list(refused.value.errors) == [field]


def test_no_place_gives_more_than_it_has_or_takes_more_than_live_there(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        make_transfer(scene[0], scene[2], persons=quota(ONE) + 1)
    assert refused.value.facts == {"there": quota(ONE)}
    room = 640 - quota(SMALL)
    assert room < quota(TWO) + quota(ONE)
    with pytest.raises(Refused) as refused:
        make_transfer(scene[0], scene[2], to_code=SMALL, persons=min(room + 1, quota(ONE)))
    assert (refused.value.code, refused.value.facts["room"]) == ("no_room", room)


def test_only_published_numbers_are_moved(scene: Scene) -> None:
    first, second, old = scene
    waiting = make_transfer(first, old)
    new = make_run(first, total=1300)
    with pytest.raises(Refused) as refused:
        make_transfer(first, new)
    assert refused.value.code == "not_published"
    publish(second, new)
    with pytest.raises(Refused):
        agree(second, waiting)


def test_two_transfers_at_one_time_do_not_both_take_what_only_one_can(scene: Scene) -> None:
    first, second, run_id = scene
    most = quota(ONE)
    transfers = [make_transfer(first, run_id, persons=most - 3, to_code="451028101200") for _ in range(4)]

    def try_it(transfer_id: UUID) -> str:
        try:
            agree(second, transfer_id)
        except Refused as refusal:
            return refusal.code
        return "agreed"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(try_it, transfers))
    assert answers == ["agreed", "too_many", "too_many", "too_many"]
    assert quota(ONE) == 3


def test_the_database_itself_keeps_the_bounds(scene: Scene) -> None:
    first, second, run_id = scene
    transfers = [make_transfer(first, run_id, persons=quota(ONE) - 3, to_code="451028101200") for _ in range(2)]
    agree(second, transfers[0])
    statement = "UPDATE quota_transfer SET stage = 'agreed', decided_by = gen_random_uuid() WHERE id = :id"
    with pytest.raises(DBAPIError, match="gives what it has"), db.engine.connect() as one:
        one.execute(text(statement), {"id": transfers[1]})
    with pytest.raises(DBAPIError, match="never changes"), db.engine.connect() as one:
        one.execute(text("UPDATE quota_transfer SET persons = 1 WHERE id = :id"), {"id": transfers[0]})
    with unit_of_work(SYSTEM):
        assert db.session.get_one(QuotaTransfer, transfers[1]).stage is TransferStage.ASKED


def test_a_decided_transfer_is_not_decided_again(scene: Scene) -> None:
    first, second, run_id = scene
    transfer = make_transfer(first, run_id)
    agree(second, transfer)
    with acting(second) as actor, pytest.raises(Refused):
        agree_transfer(db.session.get_one(QuotaTransfer, transfer), actor=actor)


@given(quota=st.integers(0, 500), household=st.integers(0, 12))
def test_the_last_household_comes_in_whole_and_no_further(quota: int, household: int) -> None:
    most = most_recognised(quota, household)
    assert quota <= most <= quota + max(household - 1, 0)
    if household:
        assert most - household < quota, "before the last household the number was not used up"


def test_unused_persons_return_to_the_township_and_whole_households_draw_from_it(scene: Scene) -> None:
    first, _second, run_id = scene
    one, two = quota(ONE), quota(TWO)
    with acting(first) as actor:
        found = settle(ONE, YEAR, actor=actor, recognised=one - 4, last_household=3)
        assert (found.unused, found.over, found.pool.left) == (4, 0, 4)
        found = settle(TWO, YEAR, actor=actor, recognised=two + 2, last_household=3)
        assert (found.unused, found.over) == (0, 2)
    with unit_of_work(SYSTEM):
        pool = township_pool(run_id, "451028100000")
    assert (pool.villages, pool.returned, pool.drawn, pool.left) == (2, 4, 2, 2)
    assert pool.recognised == one + two - 2


def test_more_than_the_last_household_is_not_recognised(scene: Scene) -> None:
    with acting(scene[0]) as actor:
        with pytest.raises(Refused) as refused:
            settle(ONE, YEAR, actor=actor, recognised=quota_in(ONE) + 3, last_household=3)
        assert refused.value.facts == {"most": quota_in(ONE) + 2}
        with pytest.raises(NotFound):
            settle(ONE, YEAR + 1, actor=actor, recognised=1, last_household=1)


def quota_in(code: str) -> int:
    """Return the number inside the unit of work that is open."""
    return published_quota(code, YEAR) or 0


def test_persons_that_are_used_cannot_be_moved_away(scene: Scene) -> None:
    first, _second, run_id = scene
    with acting(first) as actor:
        settle(ONE, YEAR, actor=actor, recognised=quota_in(ONE) - 4, last_household=3)
    with pytest.raises(Refused) as refused:
        make_transfer(first, run_id, persons=5)
    assert refused.value.facts == {"there": 4}
    make_transfer(first, run_id, persons=4)
