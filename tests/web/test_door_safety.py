"""What the door keeps out: other sites, forged hosts, forms of strangers, curious addresses."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from accounts.models import Account
from accounts.services import open_sign_in
from core.clock import now
from core.db import db, unit_of_work
from core.http import actor, safe_next
from core.policy import SYSTEM
from tests.factories.people import PASSWORD, make_account
from tests.plugins.web import make_app

ELSEWHERE = [
    *("//evil.example", "///evil.example", "////evil.example/%2f..", "/\\evil.example", "/\\/evil.example"),
    *("\\\\evil.example", "\\/evil.example", "/\t/evil.example", "/\r\n/evil.example", "/ /evil.example"),
    *("\x00/desk", "/\x1f//evil.example", "\u2028//evil.example", "／／evil.example", "〱evil.example"),
    *("https://evil.example", "https:/evil.example", "http:evil.example", "ftp://evil.example", "HTTPS://evil.example"),
    *("https://localhost.evil.example", "//user:pass@evil.example", "//[::1]/", "//0x7f.1/", "mailto:a@b.example"),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "evil.example", "@evil.example"),
    *("", " ", "#x", "?next=/a", "./desk", "../desk", "desk", "\t/desk", "/desk\n", "/desk\r\nSet-Cookie: a=b"),
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(target: str) -> None:
    assert safe_next(target, "/desk") == "/desk"


@pytest.mark.parametrize("target", ["/", "/needs", "/needs?q=%E5%86%AC&page=2", "/desk#today", "/a//b", "/%2e%2e/x"])
def test_paths_of_this_site_are_kept(target: str) -> None:
    assert safe_next(target, "/desk") == target


def test_signing_in_does_not_lead_elsewhere(client: Any) -> None:
    make_account("somebody")
    for target in ("//evil.example/desk", "https://evil.example", "/\\evil.example"):
        form = {"username": "somebody", "password": PASSWORD, "next": target}
        found = client.post("/login", data=form)
        assert found.status_code == 303
        assert "evil" not in found.headers["Location"]
        client.delete_cookie("sign_in")


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}]
)
def test_a_forged_host_reaches_no_address(client: Any, headers: dict[str, str]) -> None:
    for path in ("/login", "/feeds/needs.atom", "/robots.txt", "/no-such-page", "/account"):
        found = client.get(path, headers=headers)
        assert "evil.example" not in found.get_data(as_text=True) + str(found.headers), path


def test_a_forged_address_does_not_reset_a_limit(client: Any) -> None:
    """Guesses count by the address that really connects."""
    statuses = [
        client.post(
            "/login",
            data={"username": "nobody", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"},
        ).status_code
        for number in range(40)
    ]
    assert 429 in statuses


@pytest.fixture
def strict(database: object) -> Iterator[Flask]:
    """The application as it is served: CSRF on."""
    app = make_app()
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    db.dispose()


WORDS = {"step": "accept", "token": "a-token"}


def test_every_form_needs_the_token_of_its_own_site(strict: Flask) -> None:
    make_account("somebody")
    client = strict.test_client()
    with unit_of_work(SYSTEM) as session:
        client.set_cookie("sign_in", open_sign_in(session.query(Account).one(), agent="test"))
    tried = list(unsafe_pages_of(strict))
    assert len(tried) > 40
    for data in ({}, {"csrf_token": "foreign"}):
        answers = {path: client.open(path, method=method, data=data).status_code for method, path in tried}
        assert {path: status for path, status in answers.items() if status != 400} == {}


def unsafe_pages_of(app: Flask) -> Iterator[tuple[str, str]]:
    """Addresses whose step is one of a list take the first of that list."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") or not (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}:
            continue
        values: dict[str, Any] = {name: uuid4() for name in rule.arguments if name.endswith("_id")}
        for name in set(rule.arguments) - set(values):
            items = getattr(rule._converters[name], "items", ())
            values[name] = sorted(items)[0] if items else WORDS.get(name, "451028100200")
        yield "POST", app.url_map.bind("localhost").build(rule.endpoint, values, method="POST")


def test_the_json_door_takes_no_cookie(client: Any) -> None:
    make_account("somebody")
    with unit_of_work(SYSTEM) as session:
        client.set_cookie("sign_in", open_sign_in(session.query(Account).one(), agent="test"))
    assert client.get("/account").status_code == 200
    assert client.get("/api/v1/pledges").status_code == 401


PROBED = (
    *("/.git/config", "/.env", "/metrics", "/debug", "/console", "/wsgi.py", "/server-status", "/phpinfo.php"),
    *("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/var/secrets.json", "/admin", "/actuator"),
    *("/var/demo-accounts.json", "/setup.cfg", "/.ci/run", "/api/v1/", "/backup.sql", "/robots.txt/.."),
)


def test_nothing_of_the_inside_is_served(client: Any) -> None:
    assert {path: status for path in PROBED if (status := client.get(path).status_code) != 404} == {}


def test_a_method_that_a_page_does_not_know_is_refused_in_words(client: Any) -> None:
    found = client.delete("/api/v1/needs")
    assert (found.status_code, found.content_type) == (405, "application/problem+json")
    assert "GET" in found.headers["Allow"]


def test_time_and_actor_are_at_hand_in_a_view(app: Flask) -> None:
    with app.test_request_context():
        assert actor().kind == "anonymous"
    with unit_of_work(SYSTEM):
        assert now().tzinfo is not None
