"""The page of a case, and the pages on which it is worked on (domain.md 3.2, 3.5, 3.7.1)."""

from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.queries.cases.file import flags_of
from registry.choices import IncomeCode
from registry.incomes import Item
from registry.models import Household
from registry.services import save_income, save_profile
from tests.factories.case_steps import case_of, take
from tests.factories.casework import (
    PHONE,
    TOLD,
    VIEWS,
    Desk,
    day,
    flag,
    make_ready,
    make_reviewed,
    make_verifying,
    sign_letter,
)
from tests.factories.needs import make_household
from tests.factories.notices import board_photo
from tests.factories.people import acting, make_person, sign_in
from tests.identification.conftest import Village
from tests.identification.reading import shown, text_of
from tests.plugins.web import make_app


@pytest.fixture
def app(village: Village) -> Flask:
    """The application on the village's database."""
    return make_app()


def test_the_page_says_whose_turn_it_is_and_what_blocks_the_next_step(desk: Desk, client: FlaskClient) -> None:
    case_id = make_verifying(desk)
    page = shown(client, case_id, desk.officer)
    assert "Being verified at home" in page
    assert "Now with: the village office" in page
    assert "days left" in page
    assert "Enter the commitment letter" in page
    assert "Bring it before the meeting Say first which household of the register it is." in page
    county = shown(client, case_id, desk.county)
    assert "Enter a visit" not in county
    assert "Enter a department" in county


def test_the_house_of_a_case_is_chosen_from_the_villages_list(desk: Desk, client: FlaskClient) -> None:
    home, case_id = make_household(desk.officer, household_no="2026-008"), make_verifying(desk)
    sign_in(client, desk.officer)
    assert "2026-008" in client.get(f"/desk/cases/{case_id}/household").text
    assert client.post(f"/desk/cases/{case_id}/household").status_code == 422
    assert client.post(f"/desk/cases/{case_id}/household", data={"household": str(home)}).status_code == 303
    assert case_of(case_id).household_id == home
    other = make_verifying(desk)
    again = client.post(f"/desk/cases/{other}/household?lang=en", data={"household": str(home)})
    assert again.status_code == 422
    assert "A case of this household is running already." in again.text


def test_the_letter_is_entered_with_its_scan_and_read_by_offices_only(desk: Desk, client: FlaskClient) -> None:
    case_id = make_verifying(desk)
    sign_in(client, desk.officer)
    address = f"/desk/cases/{case_id}/letter"
    assert client.get(address).status_code == 200
    signed = {"signed_on": day().isoformat()}
    missing = client.post(f"{address}?lang=en", data=signed)
    assert missing.status_code == 422
    assert "Add the signed letter, or name who saw the thumbprint." in missing.text
    assert client.post(address, data=signed | {"scan": (BytesIO(board_photo()), "letter.jpg")}).status_code == 303
    assert client.get(address).status_code == 409
    paper = f"/desk/cases/{case_id}/papers/{case_of(case_id).authorised_file}"
    read = client.get(paper)
    assert (read.mimetype, read.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert client.get(f"/desk/cases/{case_id}/papers/{uuid4()}").status_code == 404
    assert sign_in(client, make_person(Role.AUDITOR, "451028")).get(paper).status_code == 403


def test_a_visit_is_written_down_with_the_income_of_the_register(desk: Desk, client: FlaskClient) -> None:
    home = make_household(desk.officer)
    case_id, year = make_verifying(desk, home), day().year - 1
    with acting(desk.officer) as actor:
        wages = [Item(IncomeCode.WAGE_MIGRANT, Decimal(20000))]
        save_income(db.session.get_one(Household, home), year, wages, actor=actor, as_of=today())
    sign_in(client, desk.officer)
    form = client.get(f"/desk/cases/{case_id}/visits/new?lang=en")
    assert f"{year}: 5,000 yuan, net income per person" in text_of(form)
    assert "Net income of the year" in text_of(form)
    views = {name: seen.value for name, seen in VIEWS.items()}
    values = {"visited_on": day().isoformat(), "first": str(desk.officer), "income": str(year)} | views
    alone = client.post(f"/desk/cases/{case_id}/visits?lang=en", data=values | {"second": str(desk.officer)})
    assert alone.status_code == 422
    assert "Two different visitors are needed." in alone.text
    photo = {"photo": (BytesIO(board_photo()), "house.jpg"), "words": "房梁开裂。"}
    sent = client.post(f"/desk/cases/{case_id}/visits", data=values | photo | {"second": str(desk.team)})
    assert sent.status_code == 303
    page = shown(client, case_id, desk.officer)
    assert f"5,000 yuan, net income per person of {year}" in page
    assert "房梁开裂。" in page
    assert "At risk" in page


def test_the_county_enters_an_answer_whose_flag_another_person_decides(desk: Desk, client: FlaskClient) -> None:
    case_id = make_verifying(desk, make_household(desk.officer))
    address = f"/desk/cases/{case_id}/matches"
    sign_in(client, desk.county)
    assert client.get(f"{address}/new").status_code == 409
    sign_letter(desk.officer, case_id)
    assert client.get(f"{address}/new").status_code == 200
    found = {"department": "vehicles", "result": "found", "as_of": day().isoformat()}
    assert client.post(address, data=found).status_code == 422
    assert client.post(address, data=found | {"words": "一辆小货车。"}).status_code == 303
    with unit_of_work(SYSTEM):
        flag_id = flags_of(case_id)[0].id
    decide = f"/desk/cases/{case_id}/flags/{flag_id}"
    assert client.get(decide).status_code == 409
    sign_in(client, desk.officer)
    assert client.get(decide).status_code == 200
    outweighed = {"decision": "hardship", "evidence": "拉货用的，看过行驶证。"}
    asked = client.post(f"{decide}?lang=en", data=outweighed)
    assert asked.status_code == 422
    assert "Choose which hardship." in asked.text
    assert client.post(decide, data=outweighed | {"hardship": "tool_for_work"}).status_code == 303
    assert "A tool for work" in shown(client, case_id, desk.officer)
    assert client.get(decide).status_code == 409


def test_an_officer_raises_a_flag_in_the_pages(desk: Desk, client: FlaskClient) -> None:
    case_id = make_verifying(desk)
    sign_in(client, desk.team)
    assert client.get(f"/desk/cases/{case_id}/flags/new").status_code == 200
    assert client.post(f"/desk/cases/{case_id}/flags", data={"code": "luxury"}).status_code == 422
    sent = client.post(f"/desk/cases/{case_id}/flags", data={"code": "luxury", "words": "新装修。"})
    assert sent.status_code == 303
    assert "You raised it, so somebody else decides." in shown(client, case_id, desk.team)
    assert "Look at it and decide" in shown(client, case_id, desk.officer)


def test_an_open_flag_is_told_to_the_meeting_in_the_pages(desk: Desk, client: FlaskClient) -> None:
    case_id = make_ready(desk, make_household(desk.officer))
    flag(desk.team, case_id)
    sign_in(client, desk.officer)
    address = f"/desk/cases/{case_id}/propose"
    assert "Flags that stand" in text_of(client.get(f"{address}?lang=en"))
    assert client.post(address).status_code == 422
    assert client.post(address, data={"told": "y"}).status_code == 303
    page = shown(client, case_id, desk.officer)
    assert "Open; the meeting was told of it." in page
    assert "Monitoring reference of 2021: 6,000 yuan, net income per person" in page
    assert client.get(address).status_code == 409


def test_watchers_see_how_far_it_is_and_nothing_of_the_house(desk: Desk, client: FlaskClient) -> None:
    case_id = make_ready(desk, make_household(desk.officer, head_name="韦大海"))
    page = shown(client, case_id, make_person(Role.EVALUATOR))
    assert "Being verified at home" in page
    for word in ("韦大海", PHONE, TOLD, "陆某某", "账本没了"):
        assert word not in page


def test_the_old_register_stays_hidden_on_the_page_until_the_vote(desk: Desk, client: FlaskClient) -> None:
    """Domain.md 3.7.1."""
    home = make_household(desk.officer)
    with acting(desk.officer) as actor:
        values = {"previously_registered": True}
        save_profile(db.session.get_one(Household, home), values, actor=actor, valid_from=today())
    case_id = make_reviewed(desk, home)
    assert "On the old register hidden until the meeting has voted" in shown(client, case_id, desk.officer)
    take(case_id, "vote_for", desk.officer, vote=object())
    assert "On the old register yes" in shown(client, case_id, desk.officer)


def test_a_case_of_another_village_is_not_there(desk: Desk, client: FlaskClient) -> None:
    case_id = make_verifying(desk)
    sign_in(client, make_person(Role.VILLAGE_OFFICER, "451028100201"))
    for page in ("", "/letter", "/visits/new", "/propose", "/household", "/flags/new"):
        assert client.get(f"/desk/cases/{case_id}{page}").status_code == 404, page
