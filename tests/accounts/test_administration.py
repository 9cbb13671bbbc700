"""The accounts that one answers for."""

import re
from uuid import uuid4

import pytest

from accounts.models import Account, AccountState, GrantStage, Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from tests.factories.people import (
    COUNTY,
    TOWNSHIP,
    VILLAGE,
    actor_of,
    grants_in,
    make_account,
    make_grant,
    make_person,
    sign_in,
)

NEW = {"username": "new.officer", "display_name": "New Officer", "role": "village_officer", "region_code": VILLAGE}


def officer(client, role=Role.TOWNSHIP_OFFICER, region=None):
    account_id = make_person(role, region)
    sign_in(client, account_id)
    return account_id


def test_a_township_opens_an_account_and_hands_the_password_over(app):
    client = app.test_client()
    officer(client)
    response = client.post("/accounts/new", data=NEW)
    assert response.status_code == 200
    initial = re.search(r"\b[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}\b", response.text)[0]
    newcomer = app.test_client()
    entered = newcomer.post("/login", data={"username": "new.officer", "password": initial})
    assert entered.location == "/account"
    changed = newcomer.post("/account/password", data={"old": initial, "new": "words of my own choice"})
    assert changed.status_code == 303
    assert newcomer.get("/account").status_code == 200


MISTAKES = [{"username": ""}, {"role": ""}, {"role": "county_officer"}, {"region_code": "45"}, {"email": "no address"}]


def test_an_account_with_a_mistake_is_not_opened(client):
    officer(client)
    for wrong in MISTAKES:
        assert client.post("/accounts/new", data=NEW | wrong).status_code == 422, wrong
    with unit_of_work(SYSTEM):
        assert db.session.query(Account).filter_by(username="new.officer").count() == 0


def test_an_account_for_another_township_is_not_opened(client):
    officer(client)
    assert client.post("/accounts/new", data=NEW | {"region_code": "451028101200"}).status_code == 403
    with unit_of_work(SYSTEM):
        assert db.session.query(Account).filter_by(username="new.officer").count() == 0


def test_the_list_shows_my_places_only(client):
    officer(client)
    make_person(Role.VILLAGE_OFFICER, VILLAGE, username="inside.mine")
    make_person(Role.VILLAGE_OFFICER, "451028101200", username="outside.mine")
    page = client.get("/accounts").text
    assert "inside.mine" in page
    assert "outside.mine" not in page


def test_an_account_of_another_place_is_not_there(client):
    officer(client)
    other = make_person(Role.VILLAGE_OFFICER, "451027100200")
    assert client.get(f"/accounts/{other}").status_code == 404
    assert client.post(f"/accounts/{other}/state", data={"reason": "x"}).status_code == 404
    assert client.post(f"/accounts/{other}/password").status_code == 404


@pytest.mark.parametrize(
    "role", [Role.VILLAGE_OFFICER, Role.PAIRING_CADRE, Role.EVALUATOR, Role.AUDITOR, Role.SYSTEM_ADMIN]
)
def test_roles_without_the_permission_see_no_list(client, role):
    officer(client, role)
    assert client.get("/accounts").status_code == 403


def test_the_whole_way_of_a_county_role_with_two_persons(app):
    first, second = app.test_client(), app.test_client()
    officer(first, Role.SECURITY_ADMIN)
    officer(second, Role.SECURITY_ADMIN)
    holder = make_account()
    response = first.post(f"/accounts/{holder}/grants", data={"role": "county_officer", "region_code": COUNTY})
    assert response.status_code == 303
    grant = grants_in(holder)[0]
    assert grant.stage is GrantStage.PENDING
    assert first.post(f"/accounts/grants/{grant.id}/approve").status_code == 409
    assert str(holder) in second.get("/accounts").text
    assert second.post(f"/accounts/grants/{grant.id}/approve").status_code == 303
    assert actor_of(holder).has_role("county_officer")


def test_taking_a_role_back_asks_for_a_reason(client):
    officer(client)
    holder = make_person(Role.VILLAGE_OFFICER)
    grant = grants_in(holder)[0]
    assert client.post(f"/accounts/grants/{grant.id}/revoke", data={"reason": ""}).status_code == 422
    assert client.post(f"/accounts/grants/{grant.id}/revoke", data={"reason": "moved"}).status_code == 303
    assert actor_of(holder).grants == ()


def test_an_account_that_is_switched_off_is_out_at_once(app):
    admin, member = app.test_client(), app.test_client()
    officer(admin)
    holder = make_person(Role.VILLAGE_OFFICER)
    sign_in(member, holder)
    assert member.get("/account").status_code == 200
    assert admin.post(f"/accounts/{holder}/state", data={"reason": "left"}).status_code == 303
    assert member.get("/account").status_code == 401
    with unit_of_work(SYSTEM):
        assert db.session.get_one(Account, holder).state is AccountState.DISABLED


@pytest.mark.parametrize("role", [Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER])
def test_nobody_resets_the_password_of_an_equal_or_a_superior(client, role):
    officer(client)
    above = make_person(role)
    assert client.post(f"/accounts/{above}/password").status_code in {403, 404}
    assert client.post(f"/accounts/{above}/state", data={"reason": "x"}).status_code in {403, 404}


def test_one_security_admin_cannot_take_another_over(client):
    officer(client, Role.SECURITY_ADMIN)
    other = make_person(Role.SECURITY_ADMIN)
    answer = client.post(f"/accounts/{other}/password")
    assert answer.status_code == 409


def test_the_head_of_a_donor_gives_a_member_a_new_initial_password(client):
    """Helpers hold no office, so one person is enough; officials: test_letting_in_again."""
    head, member, donor_id = make_account(), make_account(), uuid4()
    make_grant(head, Role.DONOR_ADMIN, "", donor_id=donor_id)
    make_grant(member, Role.DONOR_MEMBER, "", donor_id=donor_id)
    sign_in(client, head)
    assert f"/accounts/{member}/password" in client.get(f"/accounts/{member}").text
    assert client.post(f"/accounts/{member}/password").status_code == 200
    assert actor_of(member).grants == ()


def test_security_admins_find_accounts_without_any_role(client):
    officer(client, Role.SECURITY_ADMIN)
    alone = make_account("alone")
    assert "alone" in client.get("/accounts?q=alon").text
    assert client.get(f"/accounts/{alone}").status_code == 200


def test_a_percent_sign_in_the_search_is_only_a_percent_sign(client):
    officer(client, Role.SECURITY_ADMIN)
    make_account("someone.else")
    assert "someone.else" not in client.get("/accounts?q=%25").text


def test_the_list_goes_on_page_by_page(client):
    officer(client, Role.SECURITY_ADMIN)
    for number in range(25):
        make_account(f"row{number:02}")
    first = client.get("/accounts?q=row").text
    following = re.search(r'href="(/accounts\?[^"]*cursor=[^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(following).text
    assert ("row00" in first, "row24" in first, "row24" in second) == (True, False, True)


def test_a_head_of_a_donor_gives_members_only_to_its_own(client):
    head, holder, donor_id = make_account(), make_account(), uuid4()
    make_grant(head, Role.DONOR_ADMIN, "", donor_id=donor_id)
    make_grant(holder, Role.DONOR_MEMBER, "", donor_id=donor_id)
    sign_in(client, head)
    assert client.get(f"/accounts/{holder}").status_code == 200
    stranger = make_account()
    make_grant(stranger, Role.DONOR_MEMBER, "", donor_id=uuid4())
    assert client.get(f"/accounts/{stranger}").status_code == 404
    opened = client.post("/accounts/new", data=NEW | {"role": "donor_member", "region_code": ""})
    assert opened.status_code == 200
    with unit_of_work(SYSTEM):
        new = db.session.query(Account).filter_by(username="new.officer").one()
    assert grants_in(new.id)[0].donor_id == donor_id


def test_nobody_reads_a_township_through_the_grant_form(client):
    """The choices are the roles that the giver may give; a role that is not among them is refused."""
    officer(client, Role.TOWNSHIP_OFFICER, TOWNSHIP)
    page = client.get("/accounts/new").text
    assert 'value="village_officer"' in page
    assert 'value="county_officer"' not in page
