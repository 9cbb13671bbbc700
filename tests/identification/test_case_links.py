"""Every step that the page of a case offers leads to a page that takes it, in each state and for each office."""

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.policy_packs import shipped_value
from core.records import note
from identification.case_choices import CaseStage, RejectReason
from identification.case_packs import PACKS
from identification.models import IdentificationCase
from registry.choices import MonitoringKind
from tests.factories.case_steps import put_case, put_matches, put_visit
from tests.factories.casework import Desk
from tests.factories.needs import make_household
from tests.factories.people import make_person, sign_in
from tests.identification.conftest import Village
from tests.plugins.web import make_app

STEPS = re.compile(r'<section class="jd-panel" id="steps">(.*?)</section>', re.DOTALL)
LINK = re.compile(r'<a[^>]* href="([^"]+)"')


@pytest.fixture
def app(village: Village) -> Flask:
    """The application on the village's database."""
    return make_app()


def states(pack: str) -> list[CaseStage]:
    """Return the states from which a pack knows a step."""
    found = {source for row in shipped_value(pack)["transitions"] for source in row["from"] if source}
    return sorted(CaseStage(source) for source in found)


def come_to(case_id: UUID, stage: CaseStage) -> None:
    """Let the case stand there, whole enough for its row."""
    with unit_of_work(SYSTEM):
        case = db.session.get_one(IdentificationCase, case_id)
        case.stage, case.county_by = stage, case.id
        case.reject_reason = RejectReason.MEETING if stage is CaseStage.NOT_ADMITTED else None
        case.monitored_kind = MonitoringKind.SUDDEN_SEVERE_DIFFICULTY
        note(case, "identification_case.changed")


@pytest.mark.parametrize("pack", PACKS)
def test_every_step_that_is_offered_has_its_page(desk: Desk, client: FlaskClient, pack: str) -> None:
    case_id = put_case(make_household(desk.officer), CaseStage.VERIFYING, pack)
    put_visit(case_id, make_person(Role.VILLAGE_OFFICER), make_person(Role.STATIONED_TEAM))
    put_matches(case_id)
    asked: set[str] = set()
    faults = []
    for stage in states(pack):
        come_to(case_id, stage)
        for account in (desk.officer, desk.township, desk.county):
            page = sign_in(client, account).get(f"/desk/cases/{case_id}?lang=en")
            panel = "".join(STEPS.findall(page.text))
            links = {link.replace("&amp;", "&") for link in LINK.findall(panel)} - asked
            asked |= links
            faults += [
                f"{stage}: {link} answers {status}" for link in links if (status := client.get(link).status_code) != 200
            ]
    assert faults == []
    steps = {link.rsplit("/", 1)[1] for link in asked if "/steps/" in link}
    mine = {row["name"] for row in shipped_value(pack)["transitions"] if row["who"] != ["system"]}
    own = {"open", "draft", "authorise", "record_visit", "propose", "vote_for", "vote_against"}
    taken = {name for name in mine - own if not name.startswith(("post_", "unpost_"))}
    assert taken - steps == set()
