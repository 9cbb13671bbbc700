"""Names that can be taken for another's (security.md, row 46): asked about once, and shown to who verifies."""

import pytest
from sqlalchemy import text

from accounts.models import Account, Role
from accounts.services import create_account
from core.db import db, unit_of_work
from core.errors import NotValid
from core.policy import SYSTEM
from donors.models import DonorKind, DonorStage
from donors.services import register_donor
from donors.specimens import make_uscc
from tests.factories.donors import county_officer, donor_of, make_donor, registration
from tests.factories.people import make_account, make_person, sign_in

pytestmark = pytest.mark.usefixtures("database")
REAL = "天坑公益基金会"
LIKE_IT = ["天坑公益墓金会", "天坑公益基金會", "天坑·公益基金会", "天坑公益基金会乐业办事处", "甜坑公益基金会", REAL]


def register(name, kind=DonorKind.FOUNDATION, **overrides):
    with unit_of_work(SYSTEM):
        account = db.session.get_one(Account, make_account())
        return register_donor(registration(kind, name=name, **overrides), actor=SYSTEM, account=account).id


@pytest.mark.parametrize("name", LIKE_IT)
def test_a_name_like_a_verified_one_is_asked_about_and_kept_once_confirmed(name):
    make_donor(name=REAL)
    with pytest.raises(NotValid) as refusal:
        register(name)
    assert refusal.value.facts == {"name_like": ["name_like_verified"]}
    donor_id = register(name, name_is_right=True)
    assert donor_of(donor_id).warnings == ["name_like_verified"]


@pytest.mark.parametrize("stage", [DonorStage.REGISTERED, DonorStage.SUBMITTED])
def test_a_name_that_nobody_verified_belongs_to_nobody(stage):
    make_donor(stage=stage, name=REAL)
    assert donor_of(register(REAL)).warnings == []


def test_persons_may_be_called_alike():
    make_donor(DonorKind.INDIVIDUAL, name="韦示甲乙")
    assert donor_of(register("韦示甲乙", DonorKind.INDIVIDUAL)).warnings == []


OFFICE = "乐业县人民政府采购部"


@pytest.mark.parametrize("kind", [DonorKind.ENTERPRISE, DonorKind.VOLUNTEER_GROUP, DonorKind.ASSOCIATION])
def test_a_name_like_an_office_is_asked_about(kind):
    county_officer()
    with pytest.raises(NotValid) as refusal:
        register(OFFICE, kind)
    assert refusal.value.facts == {"name_like": ["name_like_office"]}
    assert donor_of(register(OFFICE, kind, name_is_right=True)).warnings == ["name_like_office"]


def test_a_public_body_may_be_called_like_one():
    county_officer()
    assert donor_of(register("乐业县民政局", DonorKind.GOVERNMENT_ORGAN)).warnings == []


def test_confirming_does_not_let_the_invisible_pass():
    county_officer()
    for name in ("天坑\u200b公益基金会", "Rivеr Foundation"):
        with pytest.raises(NotValid):
            register(name, name_is_right=True)


FORM = {
    "kind": "foundation",
    "uscc": make_uscc(DonorKind.FOUNDATION, 77_001),
    "contact_name": "韦示乙",
    "contact_phone": "13800001234",
    "username": "pretender",
    "password": "green hills and rice",
    "consent": "y",
    "region": "451028000000",
    "city_code": "",
}


def test_the_form_says_what_to_do_and_lets_the_confirmed_name_through(client):
    make_donor(name=REAL)
    assert 'name="name_is_right"' not in client.get("/register").text
    again = client.post("/register?lang=en", data=FORM | {"name": "天坑公益墓金会"})
    assert again.status_code == 422
    assert 'name="name_is_right"' in again.text
    assert "Type the name as it stands on your certificate" in again.text
    done = client.post("/register", data=FORM | {"name": "天坑公益墓金会", "name_is_right": "y"})
    assert done.status_code == 303


def test_the_json_door_says_what_to_do_as_well(client):
    make_donor(name=REAL)
    body = {name: FORM[name] for name in ("kind", "uscc", "contact_name", "contact_phone", "region")}
    first = client.post("/api/v1/donors", json=body | {"name": REAL}, headers={"Idempotency-Key": "names-0001"})
    assert (first.status_code, first.json["name_like"]) == (422, ["name_like_verified"])
    again = body | {"name": REAL, "name_is_right": True}
    done = client.post("/api/v1/donors", json=again, headers={"Idempotency-Key": "names-0002"})
    assert (done.status_code, done.json["warnings"]) == (201, ["name_like_verified"])


def test_the_county_sees_the_flag_and_whom_the_name_resembles(client):
    officer = county_officer()
    real, _head = make_donor(name=REAL, officer=officer)
    hidden, _other = make_donor(name="天坑公益基金会分会", officer=officer, named_publicly=False, name_is_right=True)
    donor_id = register("天坑公益基金会分会驻点", name_is_right=True)
    page = sign_in(client, officer).get(f"/desk/donors/{donor_id}?lang=en").text
    assert "can be taken for that of a verified organisation" in page
    assert f"/donors/{real}" in page
    assert f"/donors/{hidden}" not in page


@pytest.mark.parametrize("name", [REAL, "天坑公益墓金会", "乐业县人民政府", "结对平台客服"])
@pytest.mark.parametrize("field", ["contact_name", "display_name"])
def test_nobody_calls_an_account_like_an_organisation_or_an_office(client, name, field):
    make_donor(name=REAL)
    if field == "contact_name":
        answer = client.post("/register?lang=en", data=FORM | {"name": "山泉饮水基金会", field: name})
    else:
        sign_in(client, make_person(Role.TOWNSHIP_OFFICER))
        new = {"username": "pretender", "role": "village_officer", "region_code": "451028100200", field: name}
        answer = client.post("/accounts/new?lang=en", data=new)
    assert answer.status_code == 422
    assert "Write the person&#39;s own name." in answer.text


def test_invisible_characters_in_the_name_of_an_account_are_refused():
    for wrong in ({"display_name": "韦\u202e示甲"}, {"unit_name": "民政\u200b局"}):
        with pytest.raises(NotValid) as refusal, unit_of_work(SYSTEM):
            create_account("pretender", actor=SYSTEM, **wrong)
        assert set(refusal.value.errors) == set(wrong)


def test_looking_for_likenesses_uses_the_indexes():
    question = text("EXPLAIN SELECT donor_id FROM donor_name WHERE look = ANY(:looks) OR sound = :sound")
    with unit_of_work(SYSTEM) as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(session.execute(question, {"looks": ["a", "b"], "sound": "c"}).scalars())
    assert "ix_donor_name_look" in plan
    assert "ix_donor_name_sound" in plan
