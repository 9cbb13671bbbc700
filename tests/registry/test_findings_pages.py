"""Findings on the desk: listed for my places, filtered, let stand with a reason; made when a survey is put on file."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import local_day
from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.choices import FindingStage
from registry.models import Finding
from tests.factories.needs import VILLAGE, People, make_household
from tests.factories.people import make_person, sign_in

TODAY = local_day(datetime.now(UTC))


@pytest.fixture
def found(app: Any, people: People) -> UUID:
    """A survey that says of a house what cannot be; its page is opened by the rules at once."""
    household_id = make_household(people.author, region=VILLAGE, household_no="F11", size=4)
    client, root = sign_in(app.test_client(), people.author), f"/desk/households/{household_id}/register"
    client.post(root)
    client.post(f"{root}/living", data={"base": "", "revision": "0", "house_structure": "no_house", "house_m2": "90"})
    assert client.post(f"{root}/check", data={"as_of": TODAY.isoformat()}).status_code == 303
    with unit_of_work(SYSTEM):
        rows = db.session.query(Finding).filter_by(household_id=household_id).order_by(Finding.id).all()
        assert rows
        return rows[0].id


def state(finding_id: UUID) -> FindingStage:
    with unit_of_work(SYSTEM):
        return db.session.get_one(Finding, finding_id).state


def test_a_finding_is_listed_with_its_household_and_settled_with_a_reason(
    app: Any, people: People, found: UUID
) -> None:
    client = sign_in(app.test_client(), people.author)
    page = f"/desk/findings/{found}"
    assert page in client.get("/desk/findings").get_data(as_text=True)
    assert "F11" in client.get("/desk/findings").get_data(as_text=True)
    assert page not in client.get("/desk/findings?village=451028100201").get_data(as_text=True)
    assert page not in client.get("/desk/findings?stage=accepted").get_data(as_text=True)
    wrong = client.post(f"{page}/accept", data={"note": "问过了"})
    assert wrong.status_code == 422
    assert "问过了" in wrong.get_data(as_text=True)
    assert client.post(f"{page}/accept", data={"reason": "checked_true"}).status_code == 303
    assert state(found) is FindingStage.ACCEPTED
    assert page in client.get("/desk/findings?stage=accepted").get_data(as_text=True)
    assert client.post(f"{page}/accept", data={"reason": "checked_true"}).status_code == 409


def test_the_file_of_a_household_shows_what_was_found(app: Any, people: People, found: UUID) -> None:
    with unit_of_work(SYSTEM):
        household_id = db.session.get_one(Finding, found).household_id
    shown = sign_in(app.test_client(), people.author).get(f"/desk/households/{household_id}/dossier")
    assert f"/desk/findings/{found}" in shown.get_data(as_text=True)


def test_another_village_sees_none_of_it(app: Any, people: People, found: UUID) -> None:
    other = sign_in(app.test_client(), make_person(Role.VILLAGE_OFFICER, "451028100201"))
    assert str(found) not in other.get("/desk/findings").get_data(as_text=True)
    assert other.get(f"/desk/findings/{found}").status_code == 404


def test_a_finding_says_what_stands_against_what_and_names_nobody(app: Any, people: People, found: UUID) -> None:
    with unit_of_work(SYSTEM):
        household_id = db.session.get_one(Finding, found).household_id
        missing = db.session.query(Finding).filter_by(household_id=household_id, rule="members_missing").one().id
    shown = sign_in(app.test_client(), people.author).get(f"/desk/findings/{missing}").get_data(as_text=True)
    assert re.search(r"家庭人口数</dt>\s*<dd[^>]*>4", shown)
    assert re.search(r"在册家庭成员数</dt>\s*<dd[^>]*>1", shown)
    assert "韦某某" not in shown
