"""What every door says the same way: the reader's language, query fields, quantities of a refusal."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from accounts.models import Account
from accounts.services import make_token
from core.db import db, unit_of_work
from core.policy import SYSTEM
from tests.factories.pledges import Scene, day
from tests.factories.world import lay_places
from tests.plugins.web import make_app


@pytest.fixture
def strict(database: object) -> Iterator[Flask]:
    """The application as it is served: CSRF on."""
    app = make_app()
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    db.dispose()


@pytest.mark.parametrize(("language", "words"), [("zh", "请返回再试一次。"), ("en", "Please go back and try again.")])
def test_a_form_of_a_stranger_is_refused_in_the_readers_language(strict: Flask, language: str, words: str) -> None:
    """The check of the token runs before the door knows who asks; it speaks his language all the same."""
    other = "en" if language == "zh" else "zh"
    for asked in (f"/login?lang={other}", f"/login?lang={language}"):
        found = strict.test_client().post(asked, data={})
        assert found.status_code == 400
    assert words in found.get_data(as_text=True)
    assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in found.get_data(as_text=True)


def reads(app: Flask) -> Iterator[str]:
    """Every address of the JSON door that is read, with an id that nothing has."""
    for path, operations in app.test_client().get("/api/v1/openapi.json").get_json()["paths"].items():
        if "get" in operations:
            yield "/".join(str(UUID(int=0)) if part.startswith("{") else part for part in path.split("/"))


def test_no_read_of_the_json_door_takes_a_field_that_it_does_not_name(app: Flask) -> None:
    client, paths = app.test_client(), list(reads(app))
    assert len(paths) > 10
    open_to_all = 0
    for path in paths:
        for query in ("regoin=451028", "lang=en&regoin=451028", "limit=1&&regoin"):
            found = client.get(f"{path}?{query}")
            if found.status_code != 401:
                open_to_all += 1
                assert (found.status_code, list(found.get_json()["errors"])[-1]) == (422, "regoin"), path
    assert open_to_all >= 15


def test_the_language_is_understood_in_every_query(app: Flask) -> None:
    lay_places()
    found = app.test_client().get("/api/v1/regions?lang=en&parent=45")
    assert found.status_code == 200
    assert app.test_client().get("/api/v1/regions?lang=en&parent=4").status_code == 422


def test_a_refusal_writes_quantities_as_the_need_does(app: Flask) -> None:
    lay_places()
    scene = Scene(quantity="6")
    client = app.test_client()
    token = api_token(scene.head)
    body = {"need_id": str(scene.need_id), "kind": "goods", "due_on": day(9).isoformat(), "term": "one_time"}

    def pledge(quantity: str, key: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        found: dict[str, Any] = client.post("/api/v1/pledges", json=body | {"quantity": quantity}, headers=headers).json
        return found

    for taken, left in (("1.5", "4.5"), ("4.5", "0")):
        pledge(taken, f"taken-{taken}")
        shown = client.get(f"/api/v1/needs/{scene.need_id}").json["remaining"]
        assert (pledge("6", f"refused-{left}")["remaining"], shown) == (left, left)


def api_token(account_id: Any) -> str:
    with unit_of_work(SYSTEM) as session:
        return make_token(session.get_one(Account, account_id), name="test")[1]
