"""The three kinds of monitoring: whom each is for, and the risks that clearing is measured against (domain.md 5.4)."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from core.db import db
from core.errors import NotValid, WrongState
from core.records import published_records
from identification.case_choices import CaseStage
from identification.models import IdentificationCase
from identification.services.cases.kinds import choose_kind
from registry.choices import MonitoringKind, RiskType
from registry.models import Household
from registry.services import save_profile
from tests.factories.case_steps import A, B, case_of, put_case, take
from tests.factories.casework import day
from tests.factories.people import acting, make_person, sign_in
from tests.factories.places import OTHER_VILLAGE
from tests.identification.conftest import Village
from tests.plugins.web import make_app

KIND = MonitoringKind
RISKS = [RiskType.ILLNESS, RiskType.SCHOOLING]


@pytest.fixture
def app(village: Village) -> Flask:
    """The application on the village's database."""
    return make_app()


@pytest.fixture
def home(village: Village) -> UUID:
    found = case_of(village.cases[0]).household_id
    assert found is not None
    return found


def has_left_poverty(home: UUID, officer: UUID) -> None:
    with acting(officer) as actor:
        values = {"poverty_status": "exited", "exit_year": 2019}
        save_profile(db.session.get_one(Household, home), values, actor=actor, valid_from=day())


def choose(case_id: UUID, officer: UUID, kind: MonitoringKind, risks: list[RiskType]) -> None:
    with acting(officer) as actor:
        choose_kind(db.session.get_one(IdentificationCase, case_id), kind, risks, actor=actor)


@pytest.mark.parametrize(
    ("exited", "kind", "fits"),
    [
        (True, KIND.UNSTABLE_EXITED, True),
        (True, KIND.MARGINAL_AT_RISK, False),
        (True, KIND.SUDDEN_SEVERE_DIFFICULTY, True),
        (False, KIND.UNSTABLE_EXITED, False),
        (False, KIND.MARGINAL_AT_RISK, True),
        (False, KIND.SUDDEN_SEVERE_DIFFICULTY, True),
    ],
)
def test_each_kind_is_for_its_households(
    village: Village,
    home: UUID,
    exited: bool,
    kind: MonitoringKind,
    fits: bool,
) -> None:
    if exited:
        has_left_poverty(home, village.officer)
    case_id = put_case(home, CaseStage.VERIFYING)
    if not fits:
        with pytest.raises(NotValid) as refusal:
            choose(case_id, village.officer, kind, RISKS)
        assert "monitored_kind" in refusal.value.errors
        return
    choose(case_id, village.officer, kind, RISKS)
    assert (case_of(case_id).monitored_kind, case_of(case_id).risk_types) == (kind, ["illness", "schooling"])


@pytest.mark.parametrize("risks", [[], list(RiskType)[:6], [RiskType.WATER, RiskType.WATER]])
def test_there_are_one_to_five_different_risks(village: Village, home: UUID, risks: list[RiskType]) -> None:
    with pytest.raises(NotValid) as refusal:
        choose(put_case(home, CaseStage.VERIFYING), village.officer, KIND.SUDDEN_SEVERE_DIFFICULTY, risks)
    assert "risk_types" in refusal.value.errors


@pytest.mark.parametrize(
    ("pack", "stage"), [(B, CaseStage.CLUE), (B, CaseStage.MONITORED), (B, CaseStage.CLEARED), (A, CaseStage.VERIFYING)]
)
def test_a_kind_is_chosen_between_visit_and_decision_of_monitoring_only(
    village: Village, home: UUID, pack: str, stage: CaseStage
) -> None:
    own = {"county_by": village.county} if stage is CaseStage.MONITORED else {}
    with pytest.raises(WrongState):
        choose(put_case(home, stage, pack, **own), village.officer, KIND.SUDDEN_SEVERE_DIFFICULTY, RISKS)


def test_a_kind_that_no_longer_fits_stops_the_county(village: Village, home: UUID) -> None:
    case_id = put_case(home, CaseStage.COUNTY_REVIEW)
    choose(case_id, village.township, KIND.MARGINAL_AT_RISK, RISKS)
    has_left_poverty(home, village.officer)
    with pytest.raises(Exception, match="kind_wrong"):
        take(case_id, "county_approve", village.county)


def test_the_page_shows_the_kinds_and_keeps_what_was_typed(village: Village, home: UUID, client: FlaskClient) -> None:
    case_id = put_case(home, CaseStage.VERIFYING)
    url = f"/desk/cases/{case_id}/kind?lang=en"
    page = sign_in(client, village.officer).get(url)
    assert page.status_code == 200
    assert "The register does not say so of this one." in page.text
    body = {"monitored_kind": "unstable_exited", "risk_1": "water", "risk_2": "illness"}
    page = client.post(url, data=body)
    assert page.status_code == 422
    assert 'selected value="water"' in page.text
    assert client.post(url, data={"monitored_kind": "marginal_at_risk"}).status_code == 422
    page = client.post(url, data=body | {"monitored_kind": "marginal_at_risk", "risk_3": "water"})
    assert (page.status_code, "Name each risk once." in page.text) == (422, True)
    answer = client.post(url, data=body | {"monitored_kind": "marginal_at_risk"})
    assert (answer.status_code, answer.location) == (303, f"/desk/cases/{case_id}")
    assert case_of(case_id).risk_types == ["water", "illness"]


def test_choosing_is_recorded(village: Village, home: UUID) -> None:
    case_id = put_case(home, CaseStage.VERIFYING)
    choose(case_id, village.team, KIND.MARGINAL_AT_RISK, RISKS)
    with acting(village.team):
        (record,) = published_records(f"identification_case/{case_id}", limit=1)
    assert (record.kind, record.role) == ("case.kind_chosen", "stationed_team")


def test_the_next_village_neither_sees_nor_chooses(village: Village, home: UUID, client: FlaskClient) -> None:
    case_id = put_case(home, CaseStage.VERIFYING)
    sign_in(client, make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE))
    assert client.get(f"/desk/cases/{case_id}/kind").status_code == 404
    assert client.post(f"/desk/cases/{case_id}/kind").status_code == 404
