"""The main job over the JSON door (contracts.md)."""

from typing import Any
from uuid import UUID, uuid4

from accounts.models import Account
from accounts.services import make_token
from core.db import db, unit_of_work
from core.policy import SYSTEM
from tests.factories.pledges import Scene, day


class Caller:
    """Somebody with an API token."""

    def __init__(self, client: Any, account_id: UUID) -> None:
        self.client = client
        with unit_of_work(SYSTEM):
            self.token = make_token(db.session.get_one(Account, account_id), name="test")[1]

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid4())}

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.client.post(f"/api/v1{path}", json=body, headers=self.headers())

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers())


def promise(scene: Scene, **overrides: Any) -> dict[str, Any]:
    body = {"need_id": str(scene.need_id), "quantity": "2", "kind": "goods", "due_on": day(14).isoformat()}
    return body | overrides


def test_from_the_pledge_to_the_confirmed_delivery(scene: Scene, client: Any) -> None:
    donor, cadre, village = (Caller(client, who) for who in (scene.head, scene.cadre, scene.people.author))
    made = donor.post("/pledges", promise(scene))
    assert made.status_code == 201, made.text
    pledge = made.json
    assert (pledge["state"], pledge["link"]["rank"], pledge["link"]["state"]) == ("offered", 2, "household_consented")
    assert {o["name"] for o in cadre.get(f"/pledges/{pledge['id']}/transitions").json["items"]} == {"agree", "release"}
    assert cadre.post(f"/pledges/{pledge['id']}/transitions", {"name": "agree"}).json["state"] == "agreed"
    body = {"quantity": "2", "delivered_on": day(0).isoformat(), "fund_source": "social"}
    delivery = donor.post(f"/pledges/{pledge['id']}/deliveries", body)
    assert delivery.status_code == 201, delivery.text
    code = village.post(f"/deliveries/{delivery.json['id']}/confirmation-codes")
    assert code.status_code == 201, code.text
    assert "code" not in code.json
    slip = scene.slip(UUID(delivery.json["id"]))
    said = client.post(f"/api/v1/confirmations/{slip.link}", json={"pin": scene.pin, "outcome": "received"})
    assert said.status_code == 200, said.text
    assert (said.json["channel"], said.json["delivery"]["state"]) == ("card", "confirmed")
    assert [p["confirmed"] for p in donor.get("/pledges").json["items"]] == ["2"]


def test_too_much_is_a_409_with_what_remains(scene: Scene, client: Any) -> None:
    answer = Caller(client, scene.head).post("/pledges", promise(scene, quantity="7"))
    assert answer.status_code == 409
    assert answer.json["remaining"] in ("6", "6.00")
    assert answer.content_type == "application/problem+json"


def test_a_key_is_required_and_replays_its_answer(scene: Scene, client: Any) -> None:
    caller = Caller(client, scene.head)
    bare = {"Authorization": f"Bearer {caller.token}"}
    assert client.post("/api/v1/pledges", json=promise(scene), headers=bare).status_code in (400, 422)
    headers = caller.headers()
    first, again = (client.post("/api/v1/pledges", json=promise(scene), headers=headers) for _ in range(2))
    assert first.data == again.data
    other = client.post("/api/v1/pledges", json=promise(scene, quantity="1"), headers=headers)
    assert other.status_code == 422
    assert scene.sums() == (2, 0, 0)


def test_an_officer_may_not_pledge_and_a_stranger_sees_nothing(scene: Scene, client: Any) -> None:
    assert Caller(client, scene.people.author).post("/pledges", promise(scene)).status_code == 403
    assert client.get("/api/v1/pledges").status_code == 401
    assert Caller(client, scene.head).get(f"/pledges/{uuid4()}/transitions").status_code == 404


def test_pairings_links_and_invitations_have_their_doors(scene: Scene, client: Any) -> None:
    cadre, donor, village = (Caller(client, who) for who in (scene.cadre, scene.head, scene.people.author))
    shown = cadre.get(f"/pairings/{scene.pairing_id}").json
    assert [link["rank"] for link in shown["links"]] == [1]
    assert "card_pin" not in shown["subject"]
    assert [row["id"] for row in cadre.get("/pairings?region=451028").json["items"]] == [str(scene.pairing_id)]
    body = {"donor_id": str(scene.donor_id), "need_ids": [str(scene.need_id)]}
    invitation = cadre.post(f"/pairings/{scene.pairing_id}/invitations", body)
    assert invitation.status_code == 201, invitation.text
    path = f"/invitations/{invitation.json['id']}/transitions"
    assert donor.post(path, {"name": "accept"}).json["state"] == "accepted"
    link_id = donor.get("/invitations").json["items"][0]["link_id"]
    assert cadre.post(f"/links/{link_id}/transitions", {"name": "comment", "comment": "fine"}).status_code == 200
    assert village.post(f"/links/{link_id}/transitions", {"name": "confirm"}).json["state"] == "active"
    assert donor.post(f"/pairings/{scene.pairing_id}/links", {}).status_code == 409
