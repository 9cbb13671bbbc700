"""32 clients on one need over HTTP: nothing is over-committed, and a naive control in the same test is."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, create_engine, text

from accounts.models import Account
from accounts.services import make_token
from core.db import db, unit_of_work
from core.policy import SYSTEM
from tests.factories.donors import make_donor
from tests.factories.needs import make_places
from tests.factories.pledges import Scene, day
from tests.plugins.server import admin_url
from tests.plugins.web import Live

CLIENTS = 32
WANTED = 6


def together(work: Callable[[int], Any]) -> list[Any]:
    """Run the work in 32 threads that start at the same moment."""
    gate = threading.Barrier(CLIENTS)

    def one(number: int) -> Any:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(one, range(CLIENTS)))


class Crowd:
    """One need of six pieces, and 32 organisations that each want to give one."""

    def __init__(self, live: Live) -> None:
        make_places()
        self.live, self.scene = live, Scene(quantity=str(WANTED))
        self.due_on = day(14).isoformat()
        heads = [make_donor(officer=self.scene.people.county)[1] for _number in range(CLIENTS)]
        self.tokens = [token_of(head) for head in heads]

    def pledge(self, number: int, *, key: str = "", quantity: str = "1") -> tuple[int, dict[str, Any]]:
        body = {
            "need_id": str(self.scene.need_id),
            "quantity": quantity,
            "kind": "goods",
            "due_on": self.due_on,
            "term": "one_time",
        }
        headers = {
            "Authorization": f"Bearer {self.tokens[number]}",
            "Content-Type": "application/json",
            "Idempotency-Key": key or uuid4().hex,
        }
        return send(Request(f"{self.live.url}/api/v1/pledges", json.dumps(body).encode(), headers))


def token_of(account_id: UUID) -> str:
    with unit_of_work(SYSTEM):
        return make_token(db.session.get_one(Account, account_id), name="test")[1]


def send(request: Request) -> tuple[int, dict[str, Any]]:
    try:
        with urlopen(request, timeout=60) as found:
            return found.status, json.load(found)
    except HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)


def pledged(need_id: UUID) -> Decimal:
    """Return what the pledges themselves add up to, whatever the need's own sum says."""
    with unit_of_work(SYSTEM) as session:
        query = text("SELECT coalesce(sum(quantity), 0) FROM pledge WHERE need_id = :need AND stage = 'offered'")
        return Decimal(session.scalar(query, {"need": need_id}) or 0)


@pytest.fixture
def crowd(live: Live) -> Crowd:
    return Crowd(live)


def test_nobody_gets_more_than_there_is(crowd: Crowd) -> None:
    answers = together(crowd.pledge)
    assert Counter(status for status, _body in answers) == {201: WANTED, 409: CLIENTS - WANTED}
    assert {Decimal(body["remaining"]) for status, body in answers if status == 409} == {0}
    assert pledged(crowd.scene.need_id) == WANTED == crowd.scene.sums()[0]


def test_the_same_request_at_the_same_moment_pledges_once(crowd: Crowd) -> None:
    key = uuid4().hex
    answers = together(lambda _number: crowd.pledge(0, key=key))
    assert {status for status, _body in answers} <= {201, 409}
    assert len({body["id"] for status, body in answers if status == 201}) == 1
    assert pledged(crowd.scene.need_id) == 1 == crowd.scene.sums()[0]


@pytest.fixture
def naive(database: object) -> Iterator[Engine]:
    """Tables of the test's own, without lock, check or guarded statement."""
    engine = create_engine(admin_url().set(database=db.engine.url.database), pool_size=CLIENTS)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE naive_need (quantity int, held int)"))
        connection.execute(text("CREATE TABLE naive_pledge (quantity int)"))
        connection.execute(text("INSERT INTO naive_need VALUES (:wanted, 0)"), {"wanted": WANTED})
    yield engine
    engine.dispose()


def test_the_naive_way_does_over_commit(naive: Engine) -> None:
    """Look first, then write: what the guarded statement is there for. Without this the first test proves little."""
    looked = threading.Barrier(CLIENTS)

    def pledge(_number: int) -> bool:
        with naive.begin() as connection:
            left = connection.scalar(text("SELECT quantity - held FROM naive_need")) or 0
            looked.wait()
            if left < 1:
                return False
            connection.execute(text("INSERT INTO naive_pledge VALUES (1)"))
            connection.execute(text("UPDATE naive_need SET held = :held"), {"held": WANTED - left + 1})
            return True

    assert together(pledge).count(True) > WANTED
    with naive.connect() as connection:
        assert (connection.scalar(text("SELECT sum(quantity) FROM naive_pledge")) or 0) > WANTED
        assert (connection.scalar(text("SELECT held FROM naive_need")) or 0) <= WANTED
