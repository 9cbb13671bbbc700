"""Cookies and forms as they are served over HTTPS (security.md, rows 41 and 42)."""

import re

import pytest
from sqlalchemy import text

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.settings import configure, current
from tests.factories.people import PASSWORD, make_account, make_person
from tests.plugins.web import make_app, web_settings

HTTPS = "https://localhost"


@pytest.fixture
def secure(database):
    """The application behind a proxy that speaks HTTPS, its forms guarded."""
    before = current()
    settings = {"secure_cookies": True, "base_url": HTTPS}
    configure(web_settings(**settings))
    app = make_app(**settings)
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    configure(before)
    db.dispose()


def token_of(client):
    page = client.get("/login", base_url=HTTPS).text
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def post_login(client, referer, **more):
    form = {"username": "officer", "password": PASSWORD, "csrf_token": token_of(client)} | more
    return client.post("/login", data=form, base_url=HTTPS, headers={"Referer": referer} if referer else {})


def test_the_cookie_is_bound_to_this_host_and_to_secure_connections(secure):
    make_account("officer")
    answer = post_login(secure.test_client(), f"{HTTPS}/login")
    assert answer.status_code == 303
    (cookie,) = [value for value in answer.headers.getlist("Set-Cookie") if "sign_in" in value]
    assert cookie.startswith("__Host-sign_in=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize(
    "referer", ["", "https://evil.example/login", "http://localhost/login", "https://localhost.evil.example/"]
)
def test_a_form_that_another_site_sent_is_refused_even_with_a_token(secure, referer):
    make_account("officer")
    assert post_login(secure.test_client(), referer).status_code == 400


def test_a_cookie_with_the_plain_name_opens_nothing(secure):
    make_account("officer")
    client = secure.test_client()
    answer = post_login(client, f"{HTTPS}/login")
    token = re.search(r"__Host-sign_in=([^;]+)", str(answer.headers))[1]
    other = secure.test_client()
    other.set_cookie("sign_in", token)
    assert other.get("/account", base_url=HTTPS).status_code == 401
    assert client.get("/account", base_url=HTTPS).status_code == 200


def test_sessions_of_officials_end_after_twelve_hours_however_busy(client):
    make_person(Role.VILLAGE_OFFICER, username="officer")
    client.post("/login", data={"username": "officer", "password": PASSWORD})
    with unit_of_work(SYSTEM) as session:
        hours = session.execute(text("SELECT extract(epoch FROM expires_at - created_at) / 3600 FROM sign_in"))
        assert round(float(hours.scalar_one()), 2) == 12
        session.execute(
            text(
                "UPDATE sign_in SET expires_at = records.clock() + interval '1 minute',"
                " last_seen_at = records.clock() - interval '5 minutes'"
            )
        )
    assert client.get("/account").status_code == 200
    with unit_of_work(SYSTEM) as session:
        kept = session.execute(text("SELECT idle_until <= expires_at FROM sign_in")).scalar_one()
    assert kept
