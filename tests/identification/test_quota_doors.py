"""Doors of quotas: the steps of one number with their chart, and settling what a village used (domain.md 4.2, 4.4)."""

import json
import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import NotPermitted
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.models import IdentificationCase
from identification.queries.cases.quota import recognised_by_cases
from identification.queries.quotas import published_quota, uses_of
from identification.services.quotas import settle
from tests.factories.needs import make_household
from tests.factories.notices import make_case
from tests.factories.people import VILLAGE, acting, make_person, sign_in
from tests.factories.places import lay_places
from tests.factories.quotas import YEAR, make_officers, make_published_run

ONE, TWO = VILLAGE, "451028100201"
Scene = tuple[UUID, UUID, UUID]


@pytest.fixture
def scene(database: object) -> Scene:
    """Two officers and a published run."""
    lay_places()
    first, second = make_officers()
    return first, second, make_published_run(first, second)


@pytest.fixture
def client(app: Any) -> FlaskClient:
    return app.test_client()  # type: ignore[no-any-return]


def quota(code: str) -> int:
    with unit_of_work(SYSTEM):
        return published_quota(code, YEAR) or 0


def send(client: FlaskClient, run_id: UUID, **words: Any) -> Any:
    sent = {"village": ONE, "recognised": "1", "last_household": "3"} | {name: str(v) for name, v in words.items()}
    return client.post(f"/desk/quotas/{run_id}/settlements?lang=zh", data=sent)


def test_a_village_is_settled_at_the_desk_and_its_township_has_the_rest(scene: Scene, client: FlaskClient) -> None:
    first, _second, run_id = scene
    sign_in(client, first)
    assert send(client, run_id, recognised=quota(ONE) - 4).status_code == 303
    assert send(client, run_id, village=TWO, recognised=quota(TWO) + 2).status_code == 303
    with unit_of_work(SYSTEM):
        found = [(use.code, use.unused, use.over) for use in uses_of(run_id)]
    assert found == [(ONE, 4, 0), (TWO, 0, 2)]
    page = client.get(f"/desk/quotas/{run_id}?lang=zh").get_data(as_text=True)
    cells = re.findall(r'data-label="(?:交回|因整户占用|乡镇余额)" class="num">(-?\d+)<', page)
    assert cells == ["4", "2", "2"]
    public = client.get(f"/quotas/runs/{run_id}/places/{ONE}?lang=zh").get_data(as_text=True)
    assert "交回 4 人，因整户多占 2 人，余 2 人" in public


def test_more_than_a_whole_household_beyond_the_number_is_refused_beside_the_field(
    scene: Scene, client: FlaskClient
) -> None:
    first, _second, run_id = scene
    sign_in(client, first)
    answer = send(client, run_id, recognised=quota(ONE) + 3)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'value="{quota(ONE) + 3}"' in text, "what was typed is kept"
    assert "最多" in text
    assert send(client, run_id, village="", recognised="").status_code == 422


def test_who_only_reads_cannot_settle(scene: Scene, client: FlaskClient) -> None:
    sign_in(client, make_person(Role.PROVINCE_OFFICER, "45"))
    assert "settlements" not in client.get(f"/desk/quotas/{scene[2]}").get_data(as_text=True)
    assert send(client, scene[2]).status_code == 403
    with acting(make_person(Role.PROVINCE_OFFICER, "45")) as actor, pytest.raises(NotPermitted):
        settle(ONE, YEAR, actor=actor, recognised=1, last_household=1)


def test_the_desk_says_how_many_persons_the_cases_count(scene: Scene, client: FlaskClient) -> None:
    """Only cases of a pack that is held to the number count against it."""
    first, _second, run_id = scene
    household = make_household(make_person(Role.VILLAGE_OFFICER, ONE), size=4)
    with unit_of_work(SYSTEM):
        for pack in ("A_register_2014", "B_monitoring_2021"):
            case = db.session.get_one(IdentificationCase, make_case(household))
            case.pack, case.stage, case.entered_on = pack, CaseStage.ANNOUNCED, case.entered_on.replace(year=YEAR)
    with unit_of_work(SYSTEM):
        assert recognised_by_cases("451028", YEAR) == {ONE: 4}
        assert recognised_by_cases("451029", YEAR) == {}
    page = sign_in(client, first).get(f"/desk/quotas/{run_id}?lang=zh").get_data(as_text=True)
    assert "个案已认定 4 人" in page


def test_the_steps_of_a_number_come_with_a_chart_and_its_table(scene: Scene, client: FlaskClient) -> None:
    page = client.get(f"/quotas/runs/{scene[2]}/places/{ONE}?lang=zh").get_data(as_text=True)
    drawn = json.loads(unescape(re.findall(r'data-chart="([^"]+)"', page)[0]))
    assert len(drawn["names"]) == len(drawn["values"]) == 2
    assert drawn["values"] == sorted(drawn["values"])
    assert drawn["label"] in unescape(page).split("data-chart")[0], "the finding stands as words"
    assert all(f">{name}</th>" in page for name in drawn["names"]), "the table says the same without JavaScript"
