"""The door of every request: one transaction, one language, one set of headers, one shape of errors."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Blueprint, Flask
from sqlalchemy import text
from sqlalchemy.orm.exc import StaleDataError

import web.app
from core.db import db, unit_of_work
from core.errors import Refused, map_constraint
from core.i18n import _
from core.policy import SYSTEM, public
from tests.factories.people import make_account
from tests.plugins.web import make_app

FOLLOWED_BY_EVERY_ANSWER = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Vary",
    "Cache-Control",
)


def probes() -> Blueprint:
    """Views that do at the door what real ones do, and go wrong in every way."""
    blueprint = Blueprint("probe", __name__)

    @blueprint.post("/probe/<int:status>")
    @public
    def answer(status: int) -> tuple[str, int]:
        write()
        return f"answer {uuid4()}", status

    @blueprint.post("/api/v1/probe/<string:what>")
    @public
    def fail(what: str) -> str:
        write()
        FAILURES[what]()
        return "done"

    @blueprint.get("/probe/words")
    @public
    def words() -> str:
        return _("Please sign in first.")

    return blueprint


def write() -> None:
    db.session.execute(
        text("INSERT INTO idempotency_key (owner, key, request_hash) VALUES ('probe', :key, '')"), {"key": uuid4().hex}
    )


def refuse() -> None:
    raise Refused("Not now.", code="not_now", remaining="2")


def stale() -> None:
    raise StaleDataError


def crash() -> None:
    raise RuntimeError("a secret: 13987654321")


def break_at_commit() -> None:
    """A recorded table changed behind the record's back fails when the transaction ends."""
    db.session.execute(text("UPDATE account SET language = 'en'"))


def break_a_check() -> None:
    db.session.execute(text("INSERT INTO idempotency_key (owner, key, request_hash) VALUES ('twice', 'twice', '')"))
    db.session.execute(text("INSERT INTO idempotency_key (owner, key, request_hash) VALUES ('twice', 'twice', '')"))


FAILURES = {
    "refused": refuse,
    "stale": stale,
    "crash": crash,
    "commit": break_at_commit,
    "check": break_a_check,
    "nothing": lambda: None,
}


@pytest.fixture
def probed(database: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    original = web.app.blueprints
    monkeypatch.setattr(web.app, "blueprints", lambda kind: [*original(kind), *([probes()] if kind == "views" else [])])
    yield make_app()
    db.dispose()


def written() -> int:
    with unit_of_work(SYSTEM) as session:
        return int(session.scalar(text("SELECT count(*) FROM idempotency_key WHERE owner = 'probe'")) or 0)


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (201, 1), (204, 1), (303, 1), (400, 0), (422, 0), (500, 0)])
def test_an_answer_below_400_commits_and_any_other_rolls_back(probed: Flask, status: int, kept: int) -> None:
    assert probed.test_client().post(f"/probe/{status}").status_code == status
    assert written() == kept


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ("refused", 409, "not_now"),
        ("stale", 409, "changed_meanwhile"),
        ("check", 409, "conflict"),
        ("commit", 409, "conflict"),
        ("crash", 500, "unexpected"),
    ],
)
def test_what_goes_wrong_becomes_a_problem_and_writes_nothing(
    probed: Flask, what: str, status: int, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    make_account()
    found = probed.test_client().post(f"/api/v1/probe/{what}")
    assert (found.status_code, found.content_type) == (status, "application/problem+json")
    assert found.json["type"] == f"urn:jiedui:problem:{code}"
    assert {"title", "status", "detail"} <= set(found.json)
    assert found.json["status"] == status
    assert written() == 0
    assert "13987654321" not in found.get_data(as_text=True) + "".join(capfd.readouterr())


def test_a_refusal_tells_machines_its_facts(probed: Flask) -> None:
    assert probed.test_client().post("/api/v1/probe/refused").json["remaining"] == "2"


def test_a_constraint_that_has_words_says_them(probed: Flask) -> None:
    map_constraint("pk_idempotency_key", "said_twice", "This was said twice.")
    found = probed.test_client().post("/api/v1/probe/check").json
    assert (found["type"], found["detail"]) == ("urn:jiedui:problem:said_twice", "This was said twice.")


def post_twice(client: Any, key: str, first: str, second: str) -> tuple[Any, Any]:
    headers = {"Idempotency-Key": key}
    return client.post("/probe/201", data=first, headers=headers), client.post(
        "/probe/201", data=second, headers=headers
    )


def test_the_same_key_twenty_times_writes_once_and_answers_alike(probed: Flask) -> None:
    client, headers = probed.test_client(), {"Idempotency-Key": uuid4().hex}
    answers = [client.post("/probe/201", data="a=1", headers=headers) for _number in range(20)]
    assert {(found.status_code, found.get_data()) for found in answers} == {(201, answers[0].get_data())}
    assert [found.headers.get("Idempotent-Replay") for found in answers[:2]] == [None, "true"]
    assert written() == 1


def test_the_same_key_with_another_body_is_refused(probed: Flask) -> None:
    first, second = post_twice(probed.test_client(), uuid4().hex, "a=1", "a=2")
    assert (first.status_code, second.status_code) == (201, 422)
    assert written() == 1


def test_a_refused_request_leaves_its_key_free(probed: Flask) -> None:
    client, headers = probed.test_client(), {"Idempotency-Key": uuid4().hex}
    assert client.post("/probe/422", headers=headers).status_code == 422
    assert client.post("/probe/422", headers=headers).headers.get("Idempotent-Replay") is None


@pytest.mark.parametrize("key", ["short", "x" * 201])
def test_a_key_of_the_wrong_length_is_refused(probed: Flask, key: str) -> None:
    assert probed.test_client().post("/probe/201", headers={"Idempotency-Key": key}).status_code == 422


def test_every_answer_carries_the_headers(client: Any) -> None:
    pages = ["/", "/login", "/healthz", "/no-such-page", "/account", "/api/v1/needs", "/api/v1/no", "/roles"]
    for path in pages:
        found = client.get(path)
        assert [name for name in FOLLOWED_BY_EVERY_ANSWER if name not in found.headers] == [], path
        assert "frame-ancestors 'none'" in found.headers["Content-Security-Policy"]
        assert found.headers["X-Content-Type-Options"] == "nosniff"


def test_errors_carry_them_as_well(probed: Flask) -> None:
    client = probed.test_client()
    for what in FAILURES:
        found = client.post(f"/api/v1/probe/{what}")
        assert [name for name in FOLLOWED_BY_EVERY_ANSWER if name not in found.headers] == [], what
        assert found.headers["Cache-Control"] == "no-store"


def test_pages_of_a_person_are_never_stored(client: Any) -> None:
    for path in ("/account", "/desk", "/login", "/api/v1/pledges"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "query", "words"),
    [
        ({}, "", "请先登录"),
        ({"Accept-Language": "en-GB,en"}, "", "Please sign in"),
        ({"Accept-Language": "zh-CN,zh"}, "", "请先登录"),
        ({"Accept-Language": "fr"}, "", "请先登录"),
        ({"Accept-Language": "zh-CN"}, "?lang=en", "Please sign in"),
        ({"Accept-Language": "en"}, "?lang=zh", "请先登录"),
        ({"Accept-Language": "en"}, "?lang=xx", "Please sign in"),
    ],
)
def test_the_reader_chooses_the_language(probed: Flask, headers: dict[str, str], query: str, words: str) -> None:
    client = probed.test_client()
    assert words in client.get(f"/probe/words{query}", headers=headers).get_data(as_text=True)
    problem = client.get(f"/api/v1/pledges{query}", headers=headers)
    assert problem.status_code == 401
    assert problem.json["detail"].startswith(words)


def test_the_choice_stays_in_a_cookie(client: Any) -> None:
    client.get("/login?lang=en")
    cookie = client.get_cookie("lang")
    assert (cookie.value, cookie.http_only, cookie.same_site) == ("en", True, "Lax")
    assert '<html lang="en"' in client.get("/login").get_data(as_text=True)
    client.get("/login?lang=zh")
    assert '<html lang="zh-Hans"' in client.get("/login").get_data(as_text=True)
