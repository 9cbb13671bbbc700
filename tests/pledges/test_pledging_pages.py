"""Pledging in three pages (design.md 9.4), and the desk of who takes part."""

from typing import Any

import pytest

from core.db import db, unit_of_work
from core.policy import SYSTEM
from pledges.choices import PledgeStage
from pledges.models import Pledge
from tests.factories.people import sign_in
from tests.factories.pledges import Scene, day


def typed(**overrides: Any) -> dict[str, str]:
    return {"quantity": "2", "due_on": day(14).isoformat(), "kind": "goods", "term": "one_time"} | overrides


def pledges() -> list[Pledge]:
    with unit_of_work(SYSTEM):
        return list(db.session.query(Pledge))


def test_a_visitor_is_led_to_the_sign_in(scene: Scene, client: Any) -> None:
    answer = client.get(f"/needs/{scene.need_id}/pledge", query_string=typed())
    assert answer.status_code == 303
    assert "/login?next=" in answer.headers["Location"]


def test_what_was_entered_is_checked_then_pledged_then_explained(scene: Scene, client: Any) -> None:
    sign_in(client, scene.head)
    check = client.get(f"/needs/{scene.need_id}/pledge", query_string=typed())
    assert check.status_code == 200
    assert pledges() == []
    sent = client.post(f"/needs/{scene.need_id}/pledge", data=typed())
    assert sent.status_code == 303
    assert client.get(sent.headers["Location"]).status_code == 200
    assert [(p.quantity, p.stage) for p in pledges()] == [(2, PledgeStage.OFFERED)]


@pytest.mark.parametrize("wrong", [{"quantity": "0"}, {"due_on": ""}, {"kind": "money"}])
def test_what_is_wrong_is_a_422_with_the_form(scene: Scene, client: Any, wrong: dict[str, str]) -> None:
    sign_in(client, scene.head)
    assert client.post(f"/needs/{scene.need_id}/pledge", data=typed(**wrong)).status_code == 422
    assert pledges() == []


def test_too_much_is_refused_with_what_remains(scene: Scene, client: Any) -> None:
    scene.offer("5")
    sign_in(client, scene.head)
    answer = client.post(f"/needs/{scene.need_id}/pledge", data=typed(quantity="2"))
    assert answer.status_code == 409
    assert "1" in answer.text
    assert scene.sums() == (5, 0, 0)


def test_the_same_key_pledges_once(scene: Scene, client: Any) -> None:
    sign_in(client, scene.head)
    data = typed(idempotency_key="0123456789abcdef")
    answers = [client.post(f"/needs/{scene.need_id}/pledge", data=data) for _ in range(2)]
    assert [a.headers["Location"] for a in answers][0] == [a.headers["Location"] for a in answers][1]
    assert len(pledges()) == 1


def test_the_cadre_agrees_on_the_pledges_page(scene: Scene, client: Any) -> None:
    pledge_id = scene.offer("2")
    sign_in(client, scene.cadre)
    assert client.get(f"/desk/pledges/{pledge_id}").status_code == 200
    assert client.post(f"/desk/pledges/{pledge_id}/agree").status_code == 303
    assert scene.pledge(pledge_id).stage is PledgeStage.AGREED


def test_a_helper_records_a_delivery_and_the_village_prints_the_slip(scene: Scene, client: Any) -> None:
    pledge_id = scene.agreed("2")
    sign_in(client, scene.head)
    assert client.get("/desk/pledges").status_code == 200
    assert client.get(f"/desk/pledges/{pledge_id}/deliveries/new").status_code == 200
    data = {"quantity": "2", "delivered_on": day(0).isoformat(), "fund_source": "social"}
    page = client.post(f"/desk/pledges/{pledge_id}/deliveries/new", data=data).headers["Location"]
    assert client.post(f"{page}/slips").status_code == 403
    sign_in(client, scene.people.author)
    assert client.get(page).status_code == 200
    assert client.post(f"{page}/slips").status_code == 303
    shown = client.get(page)
    link = next(part for part in shown.text.split('"') if part.endswith("/slip.pdf"))
    slip = client.get(link)
    assert slip.status_code == 200
    assert slip.data.startswith(b"%PDF")
    sign_in(client, scene.people.approver)
    assert client.get(link).status_code == 404


def test_another_county_sees_no_pledge(scene: Scene, client: Any) -> None:
    from accounts.models import Role
    from tests.factories.people import make_person

    pledge_id = scene.offer("2")
    sign_in(client, make_person(Role.TOWNSHIP_OFFICER, "451027100"))
    assert client.get(f"/desk/pledges/{pledge_id}").status_code == 404
    assert client.post(f"/desk/pledges/{pledge_id}/release", data={"reason": "x"}).status_code == 404
