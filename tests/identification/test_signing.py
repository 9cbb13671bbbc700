"""Two persons sign the preliminary list, household by household (domain.md 3.2, step 6)."""

from uuid import UUID

import pytest

from accounts.models import Role
from core.db import db
from core.errors import NotPermitted, Refused, WrongState
from identification.case_choices import CaseStage
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.models import IdentificationCase
from identification.services.cases import sign_case
from tests.factories.needs import make_household
from tests.factories.notices import make_case
from tests.factories.people import acting, make_grant, make_person
from tests.factories.places import OTHER_VILLAGE, lay_places


@pytest.fixture
def officer(database: object) -> UUID:
    lay_places()
    return make_person(Role.VILLAGE_OFFICER)


@pytest.fixture
def listed(officer: UUID) -> UUID:
    return make_case(make_household(officer), pack=REGISTER_2014)


def sign(case_id: UUID, account_id: UUID) -> CaseStage:
    with acting(account_id) as actor:
        case = db.session.get_one(IdentificationCase, case_id)
        sign_case(case, actor=actor)
        return case.stage


def test_the_list_is_closed_once_committee_and_team_have_both_signed(officer, listed):
    team = make_person(Role.STATIONED_TEAM)
    assert sign(listed, officer) is CaseStage.PRELIMINARY
    assert sign(listed, team) is CaseStage.VILLAGE_VERIFIED


def test_it_does_not_matter_who_signs_first(officer, listed):
    assert sign(listed, make_person(Role.STATIONED_TEAM)) is CaseStage.PRELIMINARY
    assert sign(listed, officer) is CaseStage.VILLAGE_VERIFIED


def test_an_office_signs_once(officer, listed):
    sign(listed, officer)
    with pytest.raises(Refused) as refusal:
        sign(listed, make_person(Role.VILLAGE_OFFICER))
    assert refusal.value.code == "signed"


def test_one_person_with_both_offices_does_not_sign_twice(officer, listed):
    make_grant(officer, Role.STATIONED_TEAM)
    sign(listed, officer)
    with pytest.raises(Refused) as refusal:
        sign(listed, officer)
    assert refusal.value.code == "same_signer"


@pytest.mark.parametrize("role", [Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER])
def test_no_other_office_signs(officer, listed, role):
    with pytest.raises(NotPermitted):
        sign(listed, make_person(role))


def test_the_next_village_does_not_sign(officer, listed):
    with pytest.raises(NotPermitted):
        sign(listed, make_person(Role.STATIONED_TEAM, OTHER_VILLAGE))


def test_a_signed_list_is_not_signed_again(officer, listed):
    sign(listed, officer)
    sign(listed, make_person(Role.STATIONED_TEAM))
    with pytest.raises(WrongState):
        sign(listed, officer)


def test_monitoring_knows_no_signed_list(officer):
    listed = make_case(make_household(officer), pack=MONITORING_2021)
    with pytest.raises(WrongState):
        sign(listed, officer)
