"""The file of a household: as of any day, covered until somebody says what for; events with their day and reason."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from accounts.models import Role
from core.clock import local_day, today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from donors.specimens import make_resident_id
from registry.choices import IncomeCode
from registry.incomes import Item
from registry.models import Household, Member, Membership
from registry.queries.dossiers import members_on
from registry.services import add_member, save_living_conditions, save_profile
from registry.services.income_sheets import save_income
from tests.factories.needs import VILLAGE, People, make_household
from tests.factories.people import acting, make_person, sign_in

TODAY = local_day(datetime.now(UTC))
LAST_YEAR = TODAY - timedelta(days=400)
SPOUSE = {"name": "黄阿姐", "id_number": make_resident_id(4711), "relation_to_head": "spouse"}
CHILD = {"name": "韦小妹", "sex": "female", "birth_date": "2015-03-02", "relation_to_head": "daughter"}


class Desk:
    """An officer's browser at the file of a household."""

    def __init__(self, client: Any, household_id: UUID) -> None:
        self.client, self.home = client, f"/desk/households/{household_id}"

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(f"{self.home}/{path}")
        assert answer.status_code == status
        return unescape(answer.get_data(as_text=True))

    def post(self, path: str, status: int, **form: Any) -> str:
        answer = self.client.post(f"{self.home}/{path}", data=form)
        text = unescape(answer.get_data(as_text=True))
        assert answer.status_code == status, re.findall(r"jd-error.*|<h1>.*?</h1>", text)
        return text if status != 303 else answer.headers["Location"]


@pytest.fixture
def family(people: People) -> dict[str, UUID]:
    """A household of three whose house was written down last year and this year."""
    household_id = make_household(people.author, region=VILLAGE, size=3)
    with acting(people.author) as actor:
        household = db.session.get_one(Household, household_id)
        found = {
            name: add_member(household, values, actor=actor, valid_from=today()).id
            for name, values in (("spouse", SPOUSE), ("child", CHILD))
        }
        for day, size in ((LAST_YEAR, 60), (today(), 86)):
            save_living_conditions(household, {"house_m2": size}, actor=actor, valid_from=day)
        save_profile(household, {"main_cause": "illness", "group_no": "三组"}, actor=actor, valid_from=today())
        items = [Item(IncomeCode.WAGE_MIGRANT, Decimal(18000))]
        save_income(household, TODAY.year - 1, items, actor=actor, as_of=today(), members_end=3)
        head = db.session.scalars(
            select(Membership.member_id).where(
                Membership.household_id == household_id, Membership.relation_to_head == "head"
            )
        ).one()
    return {"household": household_id, "head": head, **found}


@pytest.fixture
def desk(app: Any, people: People, family: dict[str, UUID]) -> Desk:
    return Desk(sign_in(app.test_client(), people.author), family["household"])


def test_the_file_covers_who_they_are_and_why(desk: Desk) -> None:
    shown = desk.get("dossier")
    assert "三组" in shown
    assert "86" in shown
    assert "6,000 元" in shown
    for word in ("韦某某", "黄阿姐", "13900000000", "因病"):
        assert word not in shown


def test_who_says_what_for_sees_them_and_no_digit_of_a_number(desk: Desk, family: dict[str, UUID]) -> None:
    assert 'id="purpose-error"' in desk.post("dossier", 422)
    shown = desk.post("dossier", 200, purpose="survey")
    for word in ("韦某某", "黄阿姐", "韦小妹", "因病"):
        assert word in shown
    with unit_of_work(SYSTEM):
        number = db.session.get_one(Member, family["head"]).id_number
    assert number is not None
    assert number[:6] not in shown


def test_a_watcher_reads_the_file_and_uncovers_nothing(app: Any, people: People, family: dict[str, UUID]) -> None:
    watcher = Desk(sign_in(app.test_client(), make_person(Role.EVALUATOR, "451028")), family["household"])
    assert "三组" in watcher.get("dossier")
    watcher.post("dossier", 403, purpose="survey")
    watcher.get("head", 403)


def test_not_collected_is_said_and_is_no_nought(desk: Desk, people: People, family: dict[str, UUID]) -> None:
    """Three-valued facts (domain.md 2): what was not asked is neither a no nor a nought."""
    with acting(people.author) as actor:
        household = db.session.get_one(Household, family["household"])
        save_living_conditions(household, {"water_safe": False, "cattle": 0}, actor=actor, valid_from=today())
    shown = desk.get("dossier")
    missing = re.findall(r"未采集：(.*?)。", shown)
    assert any("饮水困难" in names and "饮水安全" not in names and "牛" not in names.split("、") for names in missing)
    assert re.search(r"饮水安全</dt>\s*<dd[^>]*>否", shown)


def test_the_file_says_where_the_household_stands(desk: Desk, people: People, family: dict[str, UUID]) -> None:
    values = {
        "poverty_status": "relapsed",
        "exit_year": 2018,
        "relapse_year": 2020,
        "relapse_cause": "disaster",
        "policy_enjoying": True,
        "monitoring_status": "monitored",
        "monitoring_kind": "unstable_exited",
        "monitored_since": date(2022, 5, 6),
        "risk_types": ["natural_disaster"],
    }
    with acting(people.author) as actor:
        save_profile(db.session.get_one(Household, family["household"]), values, actor=actor, valid_from=today())
    shown = desk.get("dossier")
    for words in ("返贫", "2020", "因灾", "是否继续享受政策", "脱贫不稳定户", "2022-05-06"):
        assert words in shown
    assert "因自然灾害" not in shown
    assert "因自然灾害" in desk.post("dossier", 200, purpose="survey")


def test_a_year_says_its_period_its_persons_and_what_came_once(
    desk: Desk, people: People, family: dict[str, UUID]
) -> None:
    relief = Item(IncomeCode.TRANSFER_DISASTER_RELIEF, Decimal(900), is_one_off=True)
    start, end = date(TODAY.year - 2, 11, 1), date(TODAY.year - 1, 10, 31)
    with acting(people.author) as actor:
        household = db.session.get_one(Household, family["household"])
        more = {"members_start": 2, "members_end": 3, "period_start": start, "period_end": end}
        save_income(household, end.year, [relief], actor=actor, as_of=today(), **more)
    shown = desk.get("dossier")
    for words in (f"{start} 至 {end}", "期初 2 人", "期末 3 人", "灾害救助（一次性）"):
        assert words in shown


def test_the_file_of_another_day(desk: Desk) -> None:
    shown = desk.get(f"dossier?on={(LAST_YEAR + timedelta(days=1)).isoformat()}")
    assert "60" in shown
    assert "86\u00a0" not in shown
    assert LAST_YEAR.isoformat() in desk.get("dossier")
    assert 'id="on-error"' in desk.get("dossier?on=soon", 422)


def names(household_id: UUID) -> dict[str, str]:
    with unit_of_work(SYSTEM):
        return {row.member.name: row.membership.relation_to_head.value for row in members_on(household_id, today())}


def test_names_are_seen_after_a_recorded_look_only(desk: Desk) -> None:
    assert "黄阿姐" not in desk.get("head")
    desk.post("look", 303, next=f"{desk.home}/head")
    assert "黄阿姐" in desk.get("head")


def test_an_event_is_checked_before_it_is_written(desk: Desk, family: dict[str, UUID]) -> None:
    desk.post("look", 303)
    path = f"members/{family['child']}/events/new"
    wrong = desk.post(path, 422, kind="moved_out", happened_on="tomorrow", reason="进城读书")
    assert 'id="happened_on-error"' in wrong
    assert "进城读书" in wrong
    event = {"kind": "moved_out", "happened_on": TODAY.isoformat(), "reason": "进城读书"}
    assert "进城读书" in desk.post(path, 422, **(event | {"happened_on": "2099-01-01"}))
    assert 'name="confirmed"' in desk.post(path, 200, **event)
    assert "韦小妹" in names(family["household"])


def test_the_head_changes_with_a_reason_and_everybodys_relation(desk: Desk, family: dict[str, UUID]) -> None:
    desk.post("look", 303)
    change = {"new_head": str(family["spouse"]), "happened_on": TODAY.isoformat(), "reason": "户主长期在外"}
    assert 'id="reason-error"' in desk.post("head", 422, **(change | {"reason": ""}))
    assert 'name="confirmed"' in desk.post("head", 200, **change)
    assert names(family["household"])["黄阿姐"] == "spouse"
    chosen = {f"relation-{family['child']}": "daughter"}
    desk.post("head", 422, **(change | {"new_head": str(family["head"])}), confirmed="1")
    assert names(family["household"])["韦某某"] == "head"
    desk.post("head", 303, **change, **chosen, confirmed="1")
    assert names(family["household"]) == {"黄阿姐": "head", "韦某某": "spouse", "韦小妹": "daughter"}


def test_the_form_of_a_split_says_what_is_wrong(desk: Desk, family: dict[str, UUID]) -> None:
    desk.post("look", 303)
    wrong = {"members": [str(family["child"])], "new_head": str(family["spouse"]), "household_no": "N1"}
    shown = desk.post("split", 422, **wrong, happened_on=TODAY.isoformat(), reason="分家")
    assert 'id="new_head-error"' in shown
    assert "checked" in shown


def test_a_merger_asks_what_the_others_are_first(desk: Desk, people: People, family: dict[str, UUID]) -> None:
    desk.post("look", 303)
    change = {"happened_on": TODAY.isoformat(), "reason": "合户"}
    assert 'id="other-error"' in desk.post("merge", 422, **change, other="nobody")
    make_household(people.author, region=VILLAGE, household_no="M77", head_name="覃老五")
    asked = desk.post("merge", 200, **change, other="M77")
    assert "覃老五" in asked
    assert 'name="relation-' in asked


def test_somebody_joins_and_nothing_typed_is_lost(desk: Desk, family: dict[str, UUID]) -> None:
    baby = {
        "name": "韦小弟",
        "sex": "male",
        "relation_to_head": "son",
        "joined_by": "born",
        "joined_on": TODAY.isoformat(),
    }
    wrong = desk.post("members/new", 422, **baby)
    assert 'id="birth_date-error"' in wrong
    assert "韦小弟" in wrong
    desk.post("members/new", 303, **baby, birth_date=TODAY.isoformat())
    assert names(family["household"])["韦小弟"] == "son"


def test_the_village_register_of_a_year(app: Any, people: People, desk: Desk) -> None:
    client, root = desk.client, f"/desk/villages/{VILLAGE}/register"
    year = TODAY.year
    wrong = client.post(f"{root}/{year}", data={"households": "400", "population": "300", "revision": "0"})
    assert wrong.status_code == 422
    assert 'id="households-error"' in wrong.get_data(as_text=True)
    sheet = {"households": "320", "population": "1,280", "tekun_households": "3", "dibao_households": "12"}
    sent = client.post(f"{root}/{year}", data=sheet | {"village_head": "某主任", "revision": "0"})
    assert sent.status_code == 303
    late = client.post(f"{root}/{year}", data=sheet | {"households": "310", "revision": "0"})
    assert late.status_code == 409
    assert 'value="310"' in late.get_data(as_text=True)
    shown = app.test_client().get(f"/villages/{VILLAGE}/register").get_data(as_text=True)
    assert "1,280" in shown
    assert "不足 5" in shown
    assert "某主任" not in shown
    assert app.test_client().get(f"/villages/{VILLAGE}/register?year=1999").status_code == 404
