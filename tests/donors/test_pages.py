"""Pages of donors: register, own page, the county's queue, the public page."""

from io import BytesIO
from itertools import count

import pytest

from accounts.queries import find_account_by_username
from core.db import db, unit_of_work
from core.policy import SYSTEM
from donors import figures
from donors.figures import DonorFigures
from donors.models import Donor, DonorKind, DonorStage
from donors.specimens import make_uscc
from tests.factories.donors import county_officer, donor_of, make_donor, picture
from tests.factories.people import PASSWORD, acting, sign_in

_numbers = count(5000)


def answers(**overrides):
    number = next(_numbers)
    return {
        "kind": "foundation",
        "name": "River Foundation",
        "uscc": make_uscc(DonorKind.FOUNDATION, number),
        "id_number": "",
        "city_code": "",
        "region": "451028000000",
        "contact_name": "Contact Person",
        "contact_phone": "13800001234",
        "contact_email": "",
        "named_publicly": "y",
        "username": f"river{number}",
        "password": PASSWORD,
        "consent": "y",
    } | overrides


def test_registering_signs_in_and_shows_what_is_missing(client):
    county_officer()
    response = client.post("/register", data=answers())
    assert (response.status_code, response.location) == (303, "/desk/donor")
    page = client.get("/desk/donor?lang=en").text
    assert "Registration certificate" in page
    assert "Authorisation of the contact" in page


@pytest.mark.parametrize(
    "wrong", [{"consent": None}, {"uscc": "1"}, {"username": "x"}, {"password": "short"}, {"kind": "overseas_ngo"}]
)
def test_a_form_with_a_mistake_is_shown_again_and_nothing_is_kept(client, wrong):
    county_officer()
    data = {name: value for name, value in answers(**wrong).items() if value is not None}
    assert client.post("/register", data=data).status_code == 422
    with unit_of_work(SYSTEM):
        assert db.session.query(Donor).count() == 0
        assert find_account_by_username(data["username"]) is None


def test_the_form_repeats_no_password(client):
    county_officer()
    assert PASSWORD not in client.post("/register", data=answers(uscc="1")).text


def test_papers_come_in_and_the_donor_hands_in(client):
    county_officer()
    donor_id, head = make_donor(stage=DonorStage.REGISTERED)
    sign_in(client, head)
    assert client.post("/desk/donor/submit").status_code == 409
    for kind in ("registration_certificate", "authorisation_letter"):
        data = {"kind": kind, "file": (BytesIO(picture()), "paper.png")}
        assert client.post("/desk/donor/evidence", data=data).status_code == 303
    assert client.post("/desk/donor/submit").status_code == 303
    assert donor_of(donor_id).stage is DonorStage.SUBMITTED


@pytest.mark.parametrize("content", [b"", b"MZ program", b"<svg onload='x'/>"])
def test_a_paper_that_is_none_is_refused(client, content):
    _donor_id, head = make_donor(stage=DonorStage.REGISTERED)
    data = {"kind": "other", "file": (BytesIO(content), "paper.png")}
    assert sign_in(client, head).post("/desk/donor/evidence", data=data).status_code == 422


def test_papers_are_seen_by_the_donor_and_its_county_only(app):
    officer = county_officer()
    donor_id, head = make_donor(stage=DonorStage.SUBMITTED, officer=officer)
    _other, stranger = make_donor(officer=officer)
    with unit_of_work(SYSTEM):
        from donors.queries import evidence_of

        paper = evidence_of(db.session.get_one(Donor, donor_id))[0].id
    codes = {
        name: sign_in(app.test_client(), account).get(f"/desk/donor-papers/{paper}").status_code
        for name, account in {
            "head": head,
            "county": officer,
            "stranger": stranger,
            "other county": county_officer("451027"),
        }.items()
    }
    assert codes == {"head": 200, "county": 200, "stranger": 404, "other county": 404}
    assert app.test_client().get(f"/desk/donor-papers/{paper}").status_code == 401


def test_the_county_finds_verifies_and_the_public_sees(app):
    officer = county_officer()
    donor_id, _head = make_donor(stage=DonorStage.SUBMITTED, officer=officer, name="River Foundation")
    county, anybody = sign_in(app.test_client(), officer), app.test_client()
    assert anybody.get(f"/donors/{donor_id}").status_code == 404
    assert "River Foundation" in county.get("/desk/donors").text
    missing = county.post(f"/desk/donors/{donor_id}/verify", data={"level": "2"})
    assert missing.status_code == 422
    data = {"level": "2", "evidence_seen": ["registration_certificate", "authorisation_letter"]}
    assert county.post(f"/desk/donors/{donor_id}/verify", data=data).status_code == 303
    page = anybody.get(f"/donors/{donor_id}?lang=en").text
    assert "River Foundation" in page
    assert page.count("<h1>") == 1
    assert "The county verified the donor" in page


def test_another_county_sees_neither_queue_nor_donor(client):
    donor_id, _head = make_donor(stage=DonorStage.SUBMITTED, name="River Foundation")
    sign_in(client, county_officer("451027"))
    assert "River Foundation" not in client.get("/desk/donors").text
    assert client.get(f"/desk/donors/{donor_id}").status_code == 404
    assert client.post(f"/desk/donors/{donor_id}/reject", data={"reason": "x"}).status_code == 404


def test_a_person_has_no_public_page(client):
    donor_id, _head = make_donor(DonorKind.INDIVIDUAL)
    assert client.get(f"/donors/{donor_id}").status_code == 404
    assert client.get(f"/api/v1/donors/{donor_id}").status_code == 404


def test_an_organisation_that_does_not_want_it_has_no_public_page(client):
    donor_id, _head = make_donor(named_publicly=False)
    assert client.get(f"/donors/{donor_id}").status_code == 404


def test_the_public_page_shows_the_bad_figures_with_the_good_ones(client, monkeypatch):
    monkeypatch.setattr(figures, "_providers", [lambda _donor_id: DonorFigures(41, 32, 23, 14, 5)])
    donor_id, _head = make_donor()
    page = client.get(f"/donors/{donor_id}?lang=en").text
    for figure in ("41", "32", "23", "14"):
        assert f'class="num">{figure}</td>' in page
    answer = client.get(f"/api/v1/donors/{donor_id}").json
    assert answer["figures"]["withdrawn"] == 5


def test_no_contact_or_number_reaches_a_public_page(client):
    donor_id, _head = make_donor(
        contact_name="Canary Person", contact_phone="13900007777", contact_email="canary@example.org"
    )
    for path in (f"/donors/{donor_id}", f"/api/v1/donors/{donor_id}"):
        text = client.get(path).text
        assert not any(canary in text for canary in ("Canary Person", "13900007777", "canary@example.org"))


def test_reject_appeal_and_decision_over_the_pages(app):
    officer = county_officer()
    donor_id, head = make_donor(stage=DonorStage.SUBMITTED, officer=officer)
    county, own = sign_in(app.test_client(), officer), sign_in(app.test_client(), head)
    assert county.post(f"/desk/donors/{donor_id}/reject", data={"reason": ""}).status_code == 422
    county.post(f"/desk/donors/{donor_id}/reject", data={"reason": "The letter is not signed."})
    assert "The letter is not signed." in own.get("/desk/donor").text
    assert own.post("/desk/donor/appeal", data={"reason": "It is signed on the back."}).status_code == 303
    other = sign_in(app.test_client(), county_officer())
    assert str(donor_id) in other.get("/desk/donors?tab=appeals").text
    decided = other.post(f"/desk/donors/{donor_id}/appeal", data={"decision": "accept", "reason": "It is."})
    assert decided.status_code == 303
    assert donor_of(donor_id).stage is DonorStage.SUBMITTED


def test_barring_over_the_pages_needs_the_second_officer(app):
    donor_id, _head = make_donor()
    first, second = (sign_in(app.test_client(), county_officer()) for _person in range(2))
    assert first.post(f"/desk/donors/{donor_id}/blacklist", data={"reason": "False papers."}).status_code == 303
    assert first.post(f"/desk/donors/{donor_id}/blacklist", data={"reason": "False papers."}).status_code == 409
    assert second.post(f"/desk/donors/{donor_id}/blacklist", data={"reason": "Agreed."}).status_code == 303
    assert donor_of(donor_id).stage is DonorStage.BLACKLISTED


def test_a_member_reads_but_changes_nothing(client):
    from accounts.models import Account, Role
    from accounts.services import grant_role
    from tests.factories.people import make_account

    donor_id, head = make_donor()
    member = make_account()
    with acting(head) as actor:
        grant_role(db.session.get_one(Account, member), Role.DONOR_MEMBER, actor=actor, donor_id=donor_id)
    sign_in(client, member)
    assert client.get("/desk/donor").status_code == 200
    assert (
        client.post("/desk/donor/contact", data={"contact_name": "X Y", "contact_phone": "13800001111"}).status_code
        == 403
    )


def test_a_wrong_phone_code_is_counted_even_though_the_page_is_refused(client):
    _donor_id, head = make_donor(DonorKind.INDIVIDUAL, stage=DonorStage.REGISTERED)
    sign_in(client, head)
    client.post("/desk/donor/phone-codes")
    codes = [client.post("/desk/donor/phone-proofs", data={"code": "000000"}).status_code for _guess in range(6)]
    assert codes == [422] * 5 + [429]
