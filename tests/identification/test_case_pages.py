"""Cases are entered, listed and found at the desk, and asked after by the household (domain.md 3.2, 3.7)."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from core.db import unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseOrigin
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.objection_choices import ObjectionKind
from identification.services.cases import Applicant, Entry, enter_clue
from identification.services.own_reports import Telling, file_own_report
from tests.factories.case_steps import case_of
from tests.factories.casework import (
    PHONE,
    TOLD,
    Desk,
    make_clue,
    make_verifying,
)
from tests.factories.needs import make_household
from tests.factories.notices import lines_of, make_notice, object_to, post
from tests.factories.people import VILLAGE, acting, make_person, sign_in
from tests.factories.rounds import make_round
from tests.identification.conftest import Village
from tests.identification.reading import text_of
from tests.plugins.web import make_app

ENTRY = Entry(VILLAGE, MONITORING_2021, CaseOrigin.SELF_REPORT, Applicant("韦大山", PHONE), told=TOLD)


@pytest.fixture
def app(village: Village) -> Flask:
    """The application on the village's database."""
    return make_app()


def test_the_household_reads_with_receipt_and_phone_how_far_it_is_and_why_not(desk: Desk, client: FlaskClient) -> None:
    """Domain.md 3.7.4: "where is my case", also for what an officer wrote down."""
    with acting(desk.officer) as actor:
        case = enter_clue(ENTRY, actor=actor)
    asks = {"receipt_no": case.receipt_no, "key": f"+86{PHONE}"}
    page = client.post("/my-case?lang=en", data=asks)
    assert page.status_code == 200
    assert "Clue" in page.text
    assert "the village office" in page.text
    assert TOLD not in page.text
    assert client.post("/my-case", data=asks | {"key": "13911112222"}).status_code == 422


CLUE = {
    "village": VILLAGE,
    "what": f"{MONITORING_2021}/clue",
    "origin": "self_report",
    "household": "",
    "name": "韦大山",
    "told": TOLD,
    "phone": PHONE,
}


def test_an_officer_enters_a_clue_and_gets_its_receipt(desk: Desk, client: FlaskClient) -> None:
    sign_in(client, desk.officer)
    assert client.get("/desk/cases/new").status_code == 200
    form = client.get("/desk/cases/new", query_string={"village": VILLAGE, "what": CLUE["what"]})
    assert form.status_code == 200
    assert "Register of 2014" not in text_of(client.get("/desk/cases/new?lang=en"))
    sent = client.post("/desk/cases", data=CLUE)
    assert sent.status_code == 303
    page = client.get(sent.headers["Location"] + "?lang=en")
    assert TOLD in page.text
    number = re.findall(r'jd-receipt-number">([^<]+)<', page.text)[0]
    assert number.startswith("Q ")
    printed = client.post(f"{sent.headers['Location']}/receipt")
    assert (printed.status_code, printed.mimetype) == (200, "application/pdf")


def test_what_is_missing_is_said_with_everything_typed_kept(desk: Desk, client: FlaskClient) -> None:
    sign_in(client, desk.officer)
    sent = client.post("/desk/cases?lang=en", data=CLUE | {"phone": "12"})
    assert sent.status_code == 422
    assert "Write a phone number, or the code of a paper from the village office." in sent.text
    assert "韦大山" in sent.text
    assert TOLD in sent.text
    assert client.post("/desk/cases", data={"told": TOLD}).status_code == 422


def test_an_application_by_the_rules_of_2014_is_offered_while_their_round_runs(desk: Desk, client: FlaskClient) -> None:
    make_round(desk.officer)
    sign_in(client, desk.officer)
    assert "Register of 2014: an application" in text_of(client.get("/desk/cases/new?lang=en"))
    assert "Register of 2014: an application" not in text_of(
        sign_in(client, desk.township).get("/desk/cases/new?lang=en")
    )
    sign_in(client, desk.officer)
    asked = CLUE | {"what": f"{REGISTER_2014}/application", "assisted": "yes", "witness": "陆某"}
    draft = client.post("/desk/cases", data=asked)
    assert "Application being written" in text_of(client.get(draft.headers["Location"] + "?lang=en"))
    handed_in = client.post("/desk/cases", data=asked | {"hand_in": "1"})
    page = text_of(client.get(handed_in.headers["Location"] + "?lang=en"))
    assert "Applied" in page
    assert "陆某" in page


def test_the_list_is_filtered_masked_and_paged(desk: Desk, client: FlaskClient) -> None:
    sign_in(client, desk.township)
    assert "There is no such case in your places." in text_of(client.get("/desk/cases?stage=announced&lang=en"))
    clue, verifying = make_clue(desk.officer), make_verifying(desk)
    page = client.get("/desk/cases?stage=clue&lang=en")
    assert str(clue) in page.text
    assert str(verifying) not in page.text
    assert "韦某某" not in page.text
    assert str(clue) not in client.get("/desk/cases?village=451028100201").text
    assert str(clue) in client.get(f"/desk/cases?village={VILLAGE}&pack={MONITORING_2021}").text
    clues = {str(clue), *(str(make_clue(desk.officer)) for _number in range(20))}
    first = client.get("/desk/cases?stage=clue&lang=en")
    more = html.unescape(re.findall(r'href="(/desk/cases\?[^"]*cursor=[^"]+)"', first.text)[0])
    assert "stage=clue" in more
    pages = [set(re.findall(r'href="/desk/cases/([0-9a-f-]{36})"', page.text)) for page in (first, client.get(more))]
    assert [len(page) for page in pages] == [20, 1]
    assert pages[0] | pages[1] == clues


def test_what_waits_for_an_office_is_its_own_list(desk: Desk, client: FlaskClient) -> None:
    clue = make_clue(desk.officer)
    assert str(clue) in sign_in(client, desk.officer).get("/desk/cases?waiting=1").text
    assert str(clue) not in sign_in(client, desk.county).get("/desk/cases?waiting=1").text


def test_a_case_is_found_by_the_number_of_its_receipt_or_household(desk: Desk, client: FlaskClient) -> None:
    home = make_household(desk.officer, household_no="2026-007")
    case_id = make_clue(desk.officer, home)
    number = case_of(case_id).receipt_no
    sign_in(client, desk.officer)
    for typed in (f"{number}", f"q {str(number)[1:]}", "2026-007"):
        found = client.post("/desk/cases/find", data={"number": typed})
        assert found.headers["Location"] == f"/desk/cases/{case_id}"
    missing = client.post("/desk/cases/find?lang=en", data={"number": "9999"})
    assert missing.status_code == 422
    assert "No case of your places has this number." in missing.text
    neighbour = make_person(Role.VILLAGE_OFFICER, "451028100201")
    assert sign_in(client, neighbour).post("/desk/cases/find", data={"number": "2026-007"}).status_code == 422


def test_what_people_told_and_objected_lead_to_their_case(desk: Desk, client: FlaskClient) -> None:
    with unit_of_work(SYSTEM):
        report = file_own_report(Telling("韦一民", TOLD, PHONE), region_code=VILLAGE)
        case_id, number = report.case_id, report.receipt_no
    sign_in(client, desk.officer)
    assert f"/desk/cases/{case_id}" in client.get(f"/desk/own-reports/{report.id}").text
    found = client.post("/desk/cases/find", data={"number": number})
    assert found.headers["Location"] == f"/desk/cases/{case_id}"
    (notice_id,) = make_notice(desk.officer)
    post(notice_id, desk.officer)
    objected = object_to(notice_id, ObjectionKind.DATA_ERROR, line=0).objection.id
    listed = lines_of(notice_id)[0].case_id
    assert f"/desk/cases/{listed}" in client.get(f"/desk/objections/{objected}").text
    page = client.get(f"/desk/cases/{listed}").text
    assert f"/desk/objections/{objected}" in page
    assert f"/desk/notices/{notice_id}" in page


def test_the_desk_leads_to_the_cases(desk: Desk, client: FlaskClient) -> None:
    assert 'href="/desk/cases"' in sign_in(client, desk.officer).get("/desk").text


def test_a_round_leads_straight_to_the_form_with_its_household_chosen(desk: Desk, client: FlaskClient) -> None:
    home = make_household(desk.officer)
    sign_in(client, desk.officer)
    asked = {"village": VILLAGE, "pack": MONITORING_2021, "household": str(home)}
    page = client.get("/desk/cases/new", query_string=asked)
    assert f'selected value="{home}"' in page.text
    make_round(desk.officer)
    page = client.get("/desk/cases/new", query_string=asked | {"pack": REGISTER_2014, "lang": "en"})
    assert "Register of 2014: an application" in text_of(page)
    assert "A clue: a household may be in difficulty" not in text_of(page)
    assert str(home) in page.text
