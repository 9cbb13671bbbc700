"""The JSON door of needs, as contracts.md promises it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import Account
from accounts.services import make_token
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from tests.factories.needs import VILLAGE, People, make_household, make_published


def caller(account_id: UUID) -> dict[str, str]:
    """Return the headers of somebody with a token."""
    with unit_of_work(SYSTEM):
        token = make_token(db.session.get_one(Account, account_id), name="test")[1]
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def door(people: People, household: UUID, client: Any) -> Iterator["Door"]:
    return Door(people, household, client)


class Door:
    def __init__(self, people: People, household: UUID, client: Any) -> None:
        self.people, self.household, self.client = people, household, client

    def post(self, who: UUID, body: dict[str, Any], **headers: str) -> Any:
        keyed = {"Idempotency-Key": uuid4().hex} | headers
        return self.client.post("/api/v1/needs", json=body, headers=caller(who) | keyed)

    def step(self, who: UUID, need_id: str, name: str, **more: Any) -> Any:
        path = f"/api/v1/needs/{need_id}/transitions"
        return self.client.post(path, json={"name": name, **more}, headers=caller(who))

    def body(self, **overrides: Any) -> dict[str, Any]:
        return {
            "subject": {"household_id": str(self.household)},
            "category": "daily_necessities",
            "title": "冬被 2 床",
            "description": "旧被子不够暖，送到村部就行。",
            "quantity": "2",
            "unit": "床",
        } | overrides


def today_text() -> str:
    with unit_of_work(SYSTEM):
        return today().isoformat()


def test_a_need_goes_from_draft_to_the_public(door: Door) -> None:
    people = door.people
    made = door.post(people.author, door.body())
    assert (made.status_code, made.json["status"]) == (201, "draft")
    need_id = made.json["id"]
    assert door.client.get(f"/api/v1/needs/{need_id}").status_code == 404
    assert door.step(people.author, need_id, "submit").json["status"] == "submitted"
    assert door.step(people.author, need_id, "verify", visited_on=today_text(), evidence=["a"]).status_code == 409
    seen = door.step(people.verifier, need_id, "verify", visited_on=today_text(), evidence=["2026-11-1"])
    assert seen.json["status"] == "verified"
    offered = door.client.get(f"/api/v1/needs/{need_id}/transitions", headers=caller(people.approver)).json["items"]
    assert {"approve", "return", "reject"} <= {row["name"] for row in offered if row["allowed"]}
    assert door.step(people.approver, need_id, "approve").json["status"] == "open"
    shown = door.client.get(f"/api/v1/needs/{need_id}").json
    assert shown["region"] == {"code": "451028100000", "name": "同乐镇", "path": "广西壮族自治区 百色市 乐业县 同乐镇"}
    assert (shown["quantity"], shown["remaining"], shown["held"], shown["size_band"]) == ("2", "2", "0", "4-5")
    listed = door.client.get("/api/v1/needs?region=451028&category=daily_necessities&q=冬被").json
    assert [row["id"] for row in listed["items"]] == [need_id]


def test_nothing_public_names_the_household(door: Door) -> None:
    need_id = make_published(door.people, door.household)
    for path in (f"/api/v1/needs/{need_id}", "/api/v1/needs"):
        text = door.client.get(path).get_data(as_text=True)
        for secret in (str(door.household), "韦某某", "13900000000", VILLAGE):
            assert secret not in text


def test_a_key_is_required_and_replays_the_answer(door: Door) -> None:
    who = caller(door.people.author)
    assert door.client.post("/api/v1/needs", json=door.body(), headers=who).status_code in (400, 422)
    first = door.post(door.people.author, door.body(), **{"Idempotency-Key": "one-and-the-same"})
    again = door.post(door.people.author, door.body(), **{"Idempotency-Key": "one-and-the-same"})
    assert (first.status_code, first.json["id"]) == (201, again.json["id"])


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"quantity": "0"}, 422, "quantity"),
        ({"quantity": "2.345"}, 422, "quantity"),
        ({"min_lot": "3"}, 422, "min_lot"),
        ({"category": "luxury"}, 422, "category"),
        ({"title": ""}, 422, "title"),
        ({"subject": {}}, 422, "subject"),
        ({"needed_from": "2026-12-02", "needed_by": "2026-12-01"}, 422, "needed_by"),
        ({"nonsense": 1}, 422, "nonsense"),
    ],
)
def test_a_bad_field_is_named(door: Door, changes: dict[str, Any], status: int, field: str) -> None:
    answer = door.post(door.people.author, door.body(**changes))
    assert answer.status_code == status
    assert field in answer.json["errors"]
    assert answer.content_type == "application/problem+json"


def test_without_a_survey_the_answer_says_so(door: Door) -> None:
    other = make_household(door.people.author)
    answer = door.post(door.people.author, door.body(subject={"household_id": str(other)}))
    assert (answer.status_code, answer.json["type"]) == (409, "urn:jiedui:problem:survey_needed")


def test_a_household_elsewhere_is_not_there(door: Door) -> None:
    stranger = People("451028101200").author
    assert door.post(stranger, door.body()).status_code == 404


def test_who_may_not_write_is_told_so(door: Door) -> None:
    assert door.client.post("/api/v1/needs", json=door.body()).status_code == 401
    assert door.post(door.people.county, door.body()).status_code == 403


def test_a_rule_that_refuses_answers_with_its_code(door: Door) -> None:
    made = door.post(door.people.author, door.body(description="孩子病了，请大家捐款，微信转账"))
    answer = door.step(door.people.author, made.json["id"], "submit")
    assert answer.status_code == 409
    assert {"money_for_person", "payment"} & {finding["code"] for finding in answer.json["findings"]}


def test_a_need_sent_up_says_who_decides(door: Door) -> None:
    made = door.post(door.people.author, door.body(quantity="10", title="木床 10 张", unit="张", unit_price="600"))
    need_id = made.json["id"]
    door.step(door.people.author, need_id, "submit")
    door.step(door.people.verifier, need_id, "verify", visited_on=today_text(), evidence="2026-1")
    answer = door.step(door.people.approver, need_id, "approve")
    assert (answer.status_code, answer.json["needs_level"]) == (409, "county")
    assert door.step(door.people.county, need_id, "approve").status_code == 200


def test_a_foreign_cursor_is_refused(door: Door) -> None:
    assert door.client.get("/api/v1/needs?cursor=xyz").status_code == 422
    assert door.client.get("/api/v1/needs?region=451").status_code == 422
