"""Further sheets of the village register: team, plans, results; position and bands on the sheet (domain.md 2.3)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import local_day, today
from core.db import db, unit_of_work
from core.errors import NotValid, Refused
from core.policy import SYSTEM
from registry.models import Village, VillagePlan
from registry.queries import find_village
from registry.queries.village_register import (
    plans_and_results,
    result_of,
    stationed_team_on,
    village_profile,
)
from registry.services import ensure_village, save_stationed_team, save_village_plan, save_village_result
from registry.services.village_register import end_stationed_team
from tests.factories.needs import VILLAGE, People
from tests.factories.people import acting, make_person, sign_in

DAY = local_day(datetime.now(UTC))
CAME = date(2024, 3, 1)
TEAM = {"unit": "县教育局", "unit_level": "county", "first_secretary": "黄书记"}
PLAN = {"project": "屯级路硬化", "budget": {"special_fiscal": "980000"}}


@pytest.fixture
def village_id(people: People) -> UUID:
    with acting(people.author) as actor:
        return ensure_village(VILLAGE, actor=actor).id


@pytest.fixture
def browse(app: Any, people: People, village_id: UUID) -> Callable[..., str]:
    """An officer's browser at the village's register: the page, or where a form led to."""
    client, root = sign_in(app.test_client(), people.author), f"/desk/villages/{VILLAGE}"

    def go(path: str, status: int = 200, **form: Any) -> str:
        answer = client.post(f"{root}/{path}", data=form) if form else client.get(f"{root}/{path}")
        text = unescape(answer.get_data(as_text=True))
        assert answer.status_code == status, re.findall(r"jd-error.*|<h1>.*?</h1>", text)
        return text

    return go


def plan_on_file(people: People, village_id: UUID) -> UUID:
    with acting(people.author) as actor:
        village = db.session.get_one(Village, village_id)
        return save_village_plan(village, DAY.year, PLAN, actor=actor, as_of=today()).id


def test_a_team_has_its_days(people: People, village_id: UUID) -> None:
    with acting(people.author) as actor:
        village = db.session.get_one(Village, village_id)
        save_stationed_team(village, TEAM, actor=actor, valid_from=CAME)
        with pytest.raises(NotValid):
            end_stationed_team(village, actor=actor, ended_on=CAME)
        end_stationed_team(village, actor=actor, ended_on=CAME + timedelta(days=365))
        with pytest.raises(Refused) as refusal:
            end_stationed_team(village, actor=actor, ended_on=today())
        assert refusal.value.code == "no_team"
        assert stationed_team_on(village_id, CAME) is not None
        assert stationed_team_on(village_id, CAME + timedelta(days=365)) is None


def test_a_newer_plan_keeps_the_older_one_and_what_became_of_it(people: People, village_id: UUID) -> None:
    first = plan_on_file(people, village_id)
    with acting(people.author) as actor:
        village, old = db.session.get_one(Village, village_id), db.session.get_one(VillagePlan, first)
        save_village_result(village, DAY.year, {"project": "屯级路硬化"}, actor=actor, as_of=today(), plan=old)
        new = save_village_plan(village, DAY.year, PLAN | {"scale": "3.2"}, actor=actor, as_of=today(), replaces=old)
        db.session.flush()
        assert old.superseded_by == new.id
        ((plan, result),) = plans_and_results(village_id)
        assert plan is new
        assert result is not None
        assert result.plan_id == new.id
        with pytest.raises(Refused) as refusal:
            save_village_plan(village, DAY.year, PLAN, actor=actor, as_of=today(), replaces=old)
        assert refusal.value.code == "stale_revision"


def test_the_team_is_written_down_changed_and_leaves(browse: Callable[..., str], app: Any, village_id: UUID) -> None:
    wrong = browse("team", 422, unit=" ", valid_from="2024-03-01", revision="0")
    assert 'id="unit-error"' in wrong
    browse("team", 303, **TEAM, valid_from="2024-03-01", revision="0")
    late = browse("team", 409, **(TEAM | {"unit": "县水利局"}), valid_from="2024-03-01", revision="0")
    assert "县水利局" in late
    shown = browse("team")
    assert 'value="县教育局"' in shown
    assert 'value="2024-03-01"' in shown
    assert 'id="ended_on-error"' in browse("team/end", 422, ended_on="2024-03-01")
    browse("register")
    browse("team/end", 303, ended_on=DAY.isoformat())
    assert "没有" in browse("register")


def test_everybody_sees_the_unit_the_plan_and_the_money_but_no_name(
    browse: Callable[..., str], app: Any, village_id: UUID
) -> None:
    browse("team", 303, **TEAM, valid_from="2024-03-01", revision="0")
    plan = {"year": str(DAY.year), "project": "屯级路硬化", "budget_special_fiscal": "980,000", "budget_social": "4万"}
    assert 'id="budget_social-error"' in browse("plans/new", 422, **plan)
    browse("plans/new", 303, **(plan | {"budget_social": "40000", "beneficiary_households": "86"}))
    browse(f"register/{DAY.year}", 303, households="320", population="1280", revision="0")
    shown = app.test_client().get(f"/villages/{VILLAGE}/register").get_data(as_text=True)
    for words in ("县教育局", "屯级路硬化", "财政专项资金 980,000 元", "社会帮扶 40,000 元", "86 户"):
        assert words in unescape(shown).replace("\u00a0", " ")
    assert "黄书记" not in shown


def test_what_became_of_a_plan_is_kept_with_it(browse: Callable[..., str], people: People, village_id: UUID) -> None:
    plan_id = plan_on_file(people, village_id)
    assert "980000" in browse(f"plans/{plan_id}")
    wrong = browse(f"plans/{plan_id}/result", 422, year="2099", revision="0")
    assert 'id="year-error"' in wrong
    told = {"year": str(DAY.year), "spent": "712000", "progress": "完工"}
    browse(f"plans/{plan_id}/result", 303, **told, revision="0")
    browse(f"plans/{plan_id}/result", 409, **told, revision="0")
    browse(f"plans/{plan_id}/result", 303, **(told | {"progress": "验收"}), revision="1")
    with unit_of_work(SYSTEM):
        result = result_of(plan_id)
        assert result is not None
        assert (result.progress, result.revision, result.project) == ("验收", 2, "屯级路硬化")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"beneficiary_households": "5", "beneficiary_people": "4"}, "beneficiary_people"),
        ({"starts_on": "2024-05-01", "ends_on": "2024-04-01"}, "ends_on"),
        ({"project": ""}, "project"),
        ({"year": "1949"}, "year"),
    ],
)
def test_what_is_wrong_in_a_plan_stands_beside_its_field(
    browse: Callable[..., str], form: dict[str, str], field: str
) -> None:
    assert f'id="{field}-error"' in browse("plans/new", 422, **({"year": "2024", "project": "路灯"} | form))


def test_a_plan_of_another_village_is_not_there(
    app: Any, browse: Callable[..., str], people: People, village_id: UUID
) -> None:
    plan_id = plan_on_file(people, village_id)
    far = sign_in(app.test_client(), make_person(Role.TOWNSHIP_OFFICER, "451028100"))
    assert far.get(f"/desk/villages/{VILLAGE}/plans/{plan_id}").status_code == 200
    assert far.get(f"/desk/villages/451028100201/plans/{plan_id}").status_code == 404


def test_position_and_bands_are_on_the_sheet(browse: Callable[..., str]) -> None:
    bands = dict(zip(("under_5", "from_5", "from_10", "from_20", "from_50"), "12000", strict=True))
    sheet = {"lon": "106.559", "lat": "24.783120", "revision": "0"} | {
        f"roadless_{band}": count for band, count in bands.items()
    }
    assert 'id="roadless_from_100-error"' in browse(f"register/{DAY.year}", 422, **sheet)
    browse(f"register/{DAY.year}", 303, **sheet, roadless_from_100="0")
    with unit_of_work(SYSTEM):
        village = find_village(VILLAGE)
        assert village is not None
        profile = village_profile(village.id, DAY.year)
        assert profile is not None
        assert (str(profile.lon), str(profile.lat)) == ("106.559000", "24.783120")
        assert profile.roadless_villages == [1, 2, 0, 0, 0, 0]
    shown = browse(f"register/{DAY.year}")
    assert 'value="106.559"' in shown
    assert re.search(r'name="roadless_from_5"[^>]*value="2"', shown)
