"""The pages of cases as officers and the household meet them (domain.md 3.2, 3.7, 3.9)."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from identification.case_choices import CaseOrigin
from identification.case_packs import MONITORING_2021
from identification.services.cases import Applicant, Entry, enter_clue
from tests.factories.casework import PHONE, TOLD, Desk
from tests.factories.people import VILLAGE, acting
from tests.identification.conftest import Village
from tests.plugins.web import make_app

ENTRY = Entry(VILLAGE, MONITORING_2021, CaseOrigin.SELF_REPORT, Applicant("韦大山", PHONE), told=TOLD)


@pytest.fixture
def desk(village: Village) -> Desk:
    return Desk(village.officer, village.team, village.township, village.county)


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
    assert "the village" in page.text
    assert TOLD not in page.text
    assert client.post("/my-case", data=asks | {"key": "13911112222"}).status_code == 422
