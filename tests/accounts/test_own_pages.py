"""The sign-in page and one's own account."""

import re
import time
from html import unescape

import pyotp
from sqlalchemy import text

from accounts.models import Account, Credential, Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from tests.factories.people import PASSWORD, actor_of, make_account, make_person, sign_in


def post_login(client, username, password=PASSWORD, **more):
    return client.post("/login", data={"username": username, "password": password, **more})


def session_of(response):
    found = [value for name, value in response.headers if name == "Set-Cookie" and value.startswith("sign_in=")]
    return found[0] if found else ""


def test_signing_in_gives_a_closed_cookie_and_leads_to_the_desk(client):
    make_person(Role.VILLAGE_OFFICER, username="officer")
    response = post_login(client, "officer")
    assert (response.status_code, response.location) == (303, "/desk")
    assert "HttpOnly" in session_of(response)
    assert "SameSite=Lax" in session_of(response)


def test_a_wrong_password_shows_the_form_again_without_a_session(client):
    make_account("officer")
    response = post_login(client, "officer", "wrong password")
    assert response.status_code == 422
    assert session_of(response) == ""
    assert "wrong password" not in response.text


def test_known_and_unknown_names_get_the_same_page(client):
    make_account("officer1")
    known, unknown = post_login(client, "officer1", "wrong one"), post_login(client, "officer2", "wrong one")
    assert known.text.replace("officer1", "") == unknown.text.replace("officer2", "")


def test_a_session_that_was_planted_before_does_not_survive_signing_in(client):
    make_account("officer")
    client.set_cookie("sign_in", "planted-by-somebody-else")
    response = post_login(client, "officer")
    assert session_of(response)
    assert "planted-by-somebody-else" not in session_of(response)


def test_after_five_wrong_passwords_the_page_says_how_long_to_wait(client):
    make_account("officer")
    for _guess in range(5):
        assert post_login(client, "officer", "wrong password").status_code == 422
    response = post_login(client, "officer")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0


BAD_TARGETS = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "///evil.example",
    "%2f%2fevil.example",
    "evil.example",
    "@evil.example",
    "//user@evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "https:/evil.example",
    "https:evil.example",
    "data:text/html,x",
    "////evil.example",
] + ["/\t/evil.example", "/ /evil.example", "/\n/evil.example", "/\r\nLocation: //evil.example", "", " //evil.example"]


def test_signing_in_never_leads_to_another_site(client):
    make_person(Role.VILLAGE_OFFICER, username="officer")
    for target in BAD_TARGETS:
        response = post_login(client, "officer", next=target)
        assert (response.status_code, response.location) == (303, "/desk"), target


def test_signing_in_leads_back_to_the_page_that_asked(client):
    make_account("officer")
    response = post_login(client, "officer", next="/needs?category=housing&region=451028")
    assert response.location == "/needs?category=housing&region=451028"


def test_signing_out_ends_the_session_for_good(client):
    account_id = make_account()
    sign_in(client, account_id)
    token = client.get_cookie("sign_in").value
    assert client.get("/account").status_code == 200
    assert client.post("/logout").status_code == 303
    client.set_cookie("sign_in", token)
    assert client.get("/account").status_code == 401


def test_the_account_page_needs_an_account(client):
    assert client.get("/account").status_code == 401


def test_the_account_page_shows_roles_sessions_and_tokens(client):
    account_id = make_person(Role.VILLAGE_OFFICER, username="zhuping")
    page = sign_in(client, account_id).get("/account?lang=en").text
    assert "Village officer" in page
    assert "451028100200" in page
    assert "This one" in page
    assert page.count("<h1>") == 1


def test_ending_another_session_of_mine_closes_it(app):
    account_id = make_account()
    here, there = sign_in(app.test_client(), account_id), sign_in(app.test_client(), account_id)
    other = actor_of_cookie(there)
    assert here.post(f"/account/sign-ins/{other}/end").status_code == 303
    assert there.get("/account").status_code == 401
    assert here.get("/account").status_code == 200


def actor_of_cookie(client):
    from accounts.queries import actor_for_sign_in

    with unit_of_work(SYSTEM):
        return actor_for_sign_in(client.get_cookie("sign_in").value).sign_in_id


def test_nobody_ends_the_session_of_somebody_else(app):
    mine, theirs = sign_in(app.test_client(), make_account()), sign_in(app.test_client(), make_account())
    assert mine.post(f"/account/sign-ins/{actor_of_cookie(theirs)}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


def test_a_new_password_ends_the_other_sessions(app):
    account_id = make_account("officer")
    here, there = sign_in(app.test_client(), account_id), sign_in(app.test_client(), account_id)
    response = here.post("/account/password", data={"old": PASSWORD, "new": "a new set of words"})
    assert response.status_code == 303
    assert there.get("/account").status_code == 401
    assert here.get("/account").status_code == 200
    assert post_login(app.test_client(), "officer", "a new set of words").status_code == 303
    assert post_login(app.test_client(), "officer").status_code == 422


WRONG_CHANGES = [("not mine at all", "a new set of words"), (PASSWORD, "short"), (PASSWORD, PASSWORD), ("", "")]


def test_a_password_is_not_changed_wrongly(client):
    sign_in(client, make_account())
    for old, new in WRONG_CHANGES:
        response = client.post("/account/password", data={"old": old, "new": new})
        assert response.status_code == 422, new


def test_a_token_is_shown_once_and_opens_the_json_door(client):
    account_id = make_person(Role.TOWNSHIP_OFFICER)
    page = sign_in(client, account_id).post("/account/tokens", data={"name": "report", "scope": "all"}).text
    token = re.search(r"jd_[\w-]{43}", page)[0]
    assert token not in client.get("/account").text
    with unit_of_work(SYSTEM) as session:
        stored = session.execute(text("SELECT token_hash, scopes FROM api_token")).one()
    assert token.encode() not in bytes(stored.token_hash)
    assert stored.scopes == ["all"]


def test_a_token_that_was_ended_no_longer_works(client):
    account_id = make_account()
    page = sign_in(client, account_id).post("/account/tokens", data={"name": "report", "scope": "read"}).text
    token = re.search(r"jd_[\w-]{43}", page)[0]
    with unit_of_work(SYSTEM) as session:
        token_id = session.execute(text("SELECT id FROM api_token")).scalar_one()
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/regions", headers=headers).status_code == 200
    assert client.post(f"/account/tokens/{token_id}/revoke").status_code == 303
    assert client.get("/api/v1/regions", headers=headers).status_code == 401


def test_the_second_factor_is_set_up_and_taken_off(client):
    account_id = make_account("officer")
    sign_in(client, account_id)
    assert "<svg" not in client.get("/account/second-factor").text.split("<main")[1].split("jd-qr")[0]
    client.post("/account/second-factor/begin")
    page = client.get("/account/second-factor").text
    assert "jd-qr" in page
    with unit_of_work(SYSTEM):
        secret = db.session.get_one(Credential, account_id).totp_secret
    assert " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) in unescape(page)
    assert client.post("/account/second-factor", data={"code": "000000"}).status_code == 422
    done = client.post("/account/second-factor", data={"code": pyotp.TOTP(secret).now()})
    assert len(re.findall(r"<code>[a-z0-9]{5}-[a-z0-9]{5}</code>", done.text)) == 8
    assert secret not in client.get("/account/second-factor").text
    assert client.post("/account/second-factor/remove", data={"password": "wrong one"}).status_code == 422
    assert client.post("/account/second-factor/remove", data={"password": PASSWORD}).status_code == 303
    assert post_login(client, "officer").status_code == 303


def test_signing_in_with_the_second_factor_asks_for_its_code(app):
    account_id = make_account("officer")
    client = sign_in(app.test_client(), account_id)
    client.post("/account/second-factor/begin")
    with unit_of_work(SYSTEM):
        totp = pyotp.TOTP(db.session.get_one(Credential, account_id).totp_secret)
    client.post("/account/second-factor", data={"code": totp.now()})
    assert post_login(app.test_client(), "officer").status_code == 422
    assert post_login(app.test_client(), "officer", code=totp.at(int(time.time()) + 30)).status_code == 303


def test_the_language_is_kept_for_pages_and_messages(client):
    account_id = make_account()
    response = sign_in(client, account_id).post("/account/language", data={"language": "en"})
    assert "lang=en" in " ".join(response.headers.getlist("Set-Cookie"))
    with unit_of_work(SYSTEM):
        assert db.session.get_one(Account, account_id).language == "en"


def test_a_revoked_role_closes_the_page_at_the_next_request(client):
    from accounts.models import RoleGrant
    from accounts.services import revoke_grant
    from tests.factories.people import grants_in

    township = make_person(Role.TOWNSHIP_OFFICER)
    sign_in(client, township)
    assert client.get("/accounts").status_code == 200
    with unit_of_work(SYSTEM):
        grant = db.session.get_one(RoleGrant, grants_in(township)[0].id)
        revoke_grant(grant, actor=SYSTEM, reason="moved")
    assert client.get("/accounts").status_code == 403
    assert actor_of(township).grants == ()
