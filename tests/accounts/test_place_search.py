"""Choosing a place in a form (design.md 7.9): by its name, by pinyin or by its code."""

import re

import pytest
from flask.testing import FlaskClient

from accounts.models import Account, Role, RoleGrant
from core.db import db, unit_of_work
from core.policy import SYSTEM
from tests.factories.needs import make_places
from tests.factories.people import COUNTY, TOWNSHIP, make_person, sign_in

NEW = {"username": "new.officer", "display_name": "New Officer", "role": "village_officer"}


@pytest.fixture
def county(client: FlaskClient) -> FlaskClient:
    make_places()
    sign_in(client, make_person(Role.COUNTY_OFFICER, COUNTY))
    return client


def offered(page: str) -> list[str]:
    return re.findall(r'name="region_choice" value="(\d{12})"', page)


def searched(client: FlaskClient, typed: str) -> str:
    answer = client.get("/accounts/places", query_string={"region_code": typed}, headers={"HX-Request": "true"})
    assert "<h1" not in answer.text
    return answer.text


def given() -> list[str]:
    with unit_of_work(SYSTEM):
        query = db.session.query(RoleGrant.region_code).join(Account, Account.id == RoleGrant.account_id)
        return [code for (code,) in query.filter(Account.username == NEW["username"])]


@pytest.mark.parametrize("typed", ["九利", "jiuli", "451028100200"])
def test_a_place_is_found_by_name_by_pinyin_and_by_code(county: FlaskClient, typed: str) -> None:
    assert offered(searched(county, typed)) == ["451028100200"]


def test_nothing_is_offered_that_one_does_not_answer_for(client: FlaskClient) -> None:
    make_places()
    sign_in(client, make_person(Role.TOWNSHIP_OFFICER, TOWNSHIP))
    assert offered(searched(client, "451028101")) == []
    assert offered(searched(client, "451028100")) != []


def test_a_name_that_fits_one_place_is_enough(county: FlaskClient) -> None:
    assert county.post("/accounts/new", data=NEW | {"region_code": "夏福"}).status_code == 200
    assert given() == ["451028101200"]


def test_where_several_places_fit_one_is_chosen_from_those_that_are_offered(county: FlaskClient) -> None:
    unclear = county.post("/accounts/new", data=NEW | {"region_code": "l"})
    choices = offered(unclear.text)
    assert unclear.status_code == 422
    assert len(choices) > 1
    chosen = {"region_code": "l", "region_choice": "451028100201"}
    assert "451028100201" in choices
    assert county.post("/accounts/new", data=NEW | chosen).status_code == 200
    assert given() == ["451028100201"]


def test_a_place_that_does_not_exist_is_refused_beside_the_field(county: FlaskClient) -> None:
    answer = county.post("/accounts/new?lang=en", data=NEW | {"region_code": "没有这个地方"})
    assert answer.status_code == 422
    assert "There is no such place" in answer.text
