"""The page on which committee and team sign the preliminary list: single households, at most 20 at once."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.models import CaseStep
from tests.factories import meetings as make
from tests.factories.needs import make_household
from tests.factories.notices import make_case
from tests.factories.people import VILLAGE, make_person, sign_in
from tests.factories.places import OTHER_VILLAGE, lay_places
from tests.identification.conftest import stage_of
from tests.plugins.web import make_app

LIST = f"/desk/lists/{VILLAGE}"


@pytest.fixture
def app(database: object) -> Flask:
    lay_places()
    return make_app()


@pytest.fixture
def officer(app: Flask) -> UUID:
    return make_person(Role.VILLAGE_OFFICER)


def listed(officer: UUID, count: int, pack: str = REGISTER_2014) -> list[UUID]:
    homes = [make_household(officer, household_no=f"H{number:03}", head_name="韦密名") for number in range(count)]
    return [make_case(home, pack=pack) for home in homes]


def as_person(client: FlaskClient, account_id: UUID) -> FlaskClient:
    client.set_cookie("lang", "en")
    return sign_in(client, account_id)


def test_two_persons_sign_and_the_notice_can_be_made(app: Flask, officer: UUID) -> None:
    first, second = listed(officer, 2)
    head, team = as_person(app.test_client(), officer), as_person(app.test_client(), make_person(Role.STATIONED_TEAM))
    assert head.post(LIST, data={"cases": [str(first), str(second)]}).status_code == 303
    assert [stage_of(case) for case in (first, second)] == [CaseStage.PRELIMINARY] * 2
    assert team.post(LIST, data={"cases": str(first)}).status_code == 303
    assert [stage_of(case) for case in (first, second)] == [CaseStage.VILLAGE_VERIFIED, CaseStage.PRELIMINARY]
    page = team.get(LIST).text
    assert "what=A_register_2014/first" in page
    assert f'value="{second}"' in page
    assert f'value="{first}"' not in page


def test_each_signature_leaves_its_own_record(client: FlaskClient, officer: UUID) -> None:
    cases = listed(officer, 3)
    as_person(client, officer).post(LIST, data={"cases": [str(case) for case in cases]})
    with unit_of_work(SYSTEM):
        kinds = text("SELECT stream, count(*) FROM records.record WHERE kind = 'case.signed' GROUP BY stream")
        signed = dict(db.session.execute(kinds).all())
    assert signed == {f"identification_case/{case}": 1 for case in cases}


def test_no_household_is_ticked_beforehand_and_no_name_is_whole(client: FlaskClient, officer: UUID) -> None:
    listed(officer, 2)
    page = as_person(client, officer).get(LIST).text
    assert " checked>" not in page
    assert "韦**" in page
    assert "韦密名" not in page


def test_twenty_stand_on_the_page_and_more_are_not_signed_at_once(client: FlaskClient, officer: UUID) -> None:
    cases = listed(officer, 21)
    signer = as_person(client, officer)
    page = signer.get(LIST).text
    assert page.count('name="cases"') == 20
    assert "1 more comes after these." in page
    refused = signer.post(LIST, data={"cases": [str(case) for case in cases]})
    assert (refused.status_code, "at most 20 households" in refused.text) == (422, True)
    assert signed_steps() == 0
    assert signer.post(LIST, data={"cases": [str(case) for case in cases[:20]]}).status_code == 303
    assert signed_steps() == 20


def signed_steps() -> int:
    with unit_of_work(SYSTEM):
        return len(db.session.scalars(select(CaseStep).where(CaseStep.name == "sign_list")).all())


def test_signing_nothing_is_said_beside_the_list(client: FlaskClient, officer: UUID) -> None:
    listed(officer, 1)
    refused = as_person(client, officer).post(LIST)
    assert (refused.status_code, 'href="#cases"' in refused.text) == (422, True)


def test_one_household_that_cannot_be_signed_leaves_all_unsigned(client: FlaskClient, officer: UUID) -> None:
    good = listed(officer, 1)
    home = make_household(officer, household_no="H900")
    early = make_case(home, stage=CaseStage.VERIFYING, pack=REGISTER_2014)
    both = as_person(client, officer).post(LIST, data={"cases": [str(case) for case in (*good, early)]})
    assert both.status_code == 409
    assert signed_steps() == 0


def test_a_household_of_another_village_is_not_on_this_list(client: FlaskClient, officer: UUID) -> None:
    other = make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)
    stranger = make_case(make_household(other, region=OTHER_VILLAGE), pack=REGISTER_2014)
    assert as_person(client, officer).post(LIST, data={"cases": str(stranger)}).status_code == 404
    assert client.get(f"/desk/lists/{OTHER_VILLAGE}").status_code == 404


def test_monitoring_has_no_list_to_sign(client: FlaskClient, officer: UUID) -> None:
    listed(officer, 1, pack=MONITORING_2021)
    assert "Nobody stands on the preliminary list" in as_person(client, officer).get(LIST).text
    assert "No list of my places waits" in client.get("/desk/lists").text


def test_the_list_says_how_the_meeting_voted(client: FlaskClient, officer: UUID) -> None:
    home = make_household(officer, household_no="H001")
    case = make_case(home, stage=CaseStage.REVIEWED, pack=REGISTER_2014)
    meeting = make.make_meeting(officer)
    make.enter_members(meeting, officer)
    make.vote(meeting, case, officer, votes_for=4, against=1)
    make.close(meeting, officer)
    page = as_person(client, officer).get(LIST).text
    assert "voted for 4, against 1" in page
    assert "committee has not signed" in page


def test_watchers_see_the_list_and_sign_nothing(client: FlaskClient, officer: UUID) -> None:
    listed(officer, 1)
    auditor = as_person(client, make_person(Role.AUDITOR, "451028"))
    page = auditor.get(LIST).text
    assert "韦**" in page
    assert 'name="cases"' not in page
    assert "1 household" in auditor.get("/desk/lists").text
