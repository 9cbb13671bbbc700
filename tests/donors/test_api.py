"""The JSON door of donors: register, hand in, verify, prove a phone."""

from itertools import count

import pytest

from core.db import db, unit_of_work
from core.policy import SYSTEM
from donors import services
from donors.models import Donor, DonorKind, DonorStage
from donors.specimens import make_resident_id, make_uscc
from tests.factories.donors import county_officer, make_donor, picture
from tests.factories.people import acting, actor_of

_numbers = count(7000)


def machine(client, account_id):
    from accounts.models import Account
    from accounts.services import make_token

    with unit_of_work(SYSTEM):
        token = make_token(db.session.get_one(Account, account_id), name="test")[1]
    return {"Authorization": f"Bearer {token}"}


def body(**overrides):
    number = next(_numbers)
    return {
        "kind": "foundation",
        "name": "River Foundation",
        "uscc": make_uscc(DonorKind.FOUNDATION, number),
        "contact_name": "Contact Person",
        "contact_phone": "13800001234",
    } | overrides


def test_a_machine_registers_hands_in_and_is_verified(client):
    from base64 import b64encode

    officer = county_officer()
    made = client.post("/api/v1/donors", json=body(), headers={"Idempotency-Key": "register-0001"})
    assert made.status_code == 201, made.text
    own = {"Authorization": f"Bearer {made.json['account']['token']}"}
    path = f"/api/v1/donors/{made.json['id']}/transitions"
    assert made.json["missing"] == ["registration_certificate", "authorisation_letter"]
    blocked = client.post(path, json={"name": "submit"}, headers=own)
    assert (blocked.status_code, blocked.json["missing"]) == (409, made.json["missing"])
    content = b64encode(picture()).decode()
    papers = [{"kind": kind, "content": content} for kind in made.json["missing"]]
    assert client.post(path, json={"name": "submit", "evidence": papers}, headers=own).json["state"] == "submitted"
    step = {"name": "verify", "level": 2, "evidence_seen": made.json["missing"]}
    assert client.post(path, json=step, headers=own).status_code == 403
    verified = client.post(path, json=step, headers=machine(client, officer))
    assert (verified.json["state"], verified.json["level"]) == ("verified", 2)


def test_the_same_key_registers_once(client):
    county_officer()
    wanted = body()
    first, again = (
        client.post("/api/v1/donors", json=wanted, headers={"Idempotency-Key": "register-0002"}) for _time in range(2)
    )
    assert (first.status_code, first.json) == (again.status_code, again.json)
    other = client.post("/api/v1/donors", json=wanted | {"name": "X Y"}, headers={"Idempotency-Key": "register-0002"})
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("changes", "headers", "status"),
    [
        ({}, {}, 400),
        ({"stage": "verified"}, {"Idempotency-Key": "register-0003"}, 422),
        ({"level": 3}, {"Idempotency-Key": "register-0003"}, 422),
        ({"uscc": "1"}, {"Idempotency-Key": "register-0003"}, 422),
        ({"kind": "individual", "id_number": "1"}, {"Idempotency-Key": "register-0003"}, 422),
        ({"username": "only.a.name"}, {"Idempotency-Key": "register-0003"}, 422),
    ],
)
def test_a_wrong_registration_is_refused(client, changes, headers, status):
    county_officer()
    answer = client.post("/api/v1/donors", json=body(**changes), headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"


def test_a_machine_proves_the_phone_of_a_person(client):
    from donors.services.phone import _digits

    county_officer()
    wanted = body(kind="individual", name="Some Body", id_number=make_resident_id(77), uscc="")
    made = client.post("/api/v1/donors", json=wanted, headers={"Idempotency-Key": "register-0004"})
    own = {"Authorization": f"Bearer {made.json['account']['token']}"}
    path = f"/api/v1/donors/{made.json['id']}"
    assert client.post(f"{path}/phone-codes", headers=own).status_code == 204
    with unit_of_work(SYSTEM):
        from donors.models import PhoneCode

        code = _digits(db.session.query(PhoneCode).one().id)
    assert client.post(f"{path}/phone-proofs", json={"code": code}, headers=own).json["missing"] == []
    assert client.post(f"{path}/transitions", json={"name": "submit"}, headers=own).json["state"] == "submitted"


def test_the_steps_that_are_offered_are_the_ones_that_work(client):
    officer = county_officer()
    donor_id, head = make_donor(stage=DonorStage.SUBMITTED, officer=officer)
    path = f"/api/v1/donors/{donor_id}/transitions"
    for_county = client.get(path, headers=machine(client, officer)).json["items"]
    assert {row["name"] for row in for_county if row["allowed"]} == {"verify", "reject", "propose_blacklist"}
    assert client.get(path, headers=machine(client, head)).json["items"] == []
    assert client.get(path).status_code == 401


def test_withdrawn_consent_to_be_named_works_at_once(client):
    donor_id, head = make_donor()
    assert client.get(f"/donors/{donor_id}").status_code == 200
    with acting(head) as actor:
        donor = db.session.get_one(Donor, donor_id)
        contact = services.Contact(donor.contact_name, donor.contact_phone, "", named_publicly=False)
        services.change_contact(donor, contact, actor=actor)
    assert client.get(f"/donors/{donor_id}").status_code == 404
    assert actor_of(head).donor_id == donor_id
