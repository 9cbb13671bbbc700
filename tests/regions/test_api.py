"""`GET /regions`: contracts.md, the first call."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_smorest import Api

from core.errors import NotFound
from regions.api import blueprint


@pytest.fixture
def door(baise: object) -> FlaskClient:
    """The blueprint alone, inside the open unit of work; errors come out as they are raised."""
    app = Flask("door")
    app.config.update(API_TITLE="places", API_VERSION="v1", OPENAPI_VERSION="3.1.0", TESTING=True)
    Api(app).register_blueprint(blueprint, url_prefix="/regions")
    return app.test_client()


def test_the_children_of_a_county_are_its_townships(door: FlaskClient) -> None:
    body = door.get("/regions?parent=451028").json
    assert body is not None
    assert body["next"] is None
    assert len(body["items"]) == 8
    assert body["items"][0] == {
        "code": "451028100000",
        "name": "同乐镇",
        "level": "township",
        "kind": "town",
        "parent": "451028000000",
        "path": "广西壮族自治区 百色市 乐业县 同乐镇",
    }


def test_pages_follow_each_other_without_gap_or_repetition(door: FlaskClient) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"parent": "451028100000", "limit": "6"} | ({"cursor": cursor} if cursor else {})
        body = door.get("/regions", query_string=query).json
        assert body is not None
        seen += [item["code"] for item in body["items"]]
        cursor = body["next"]
    assert len(seen) == len(set(seen)) == 20
    assert seen == sorted(seen)


def test_without_a_parent_the_provinces_are_listed(door: FlaskClient) -> None:
    body = door.get("/regions").json
    assert body is not None
    assert [item["code"] for item in body["items"]] == ["450000000000"]


@pytest.mark.parametrize("query", ["parent=4510281", "parent=x", "limit=0", "limit=101"])
def test_what_is_not_understood_is_422(door: FlaskClient, query: str) -> None:
    assert door.get(f"/regions?{query}").status_code == 422


def test_an_unknown_parent_is_not_found(door: FlaskClient) -> None:
    with pytest.raises(NotFound):
        door.get("/regions?parent=451028999")
