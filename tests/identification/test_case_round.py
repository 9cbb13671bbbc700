"""A whole round of one village under the register of 2014, step by step, with the persons whom it needs."""

from accounts.models import Role
from identification.case_choices import CaseOrigin, CaseStage
from identification.case_packs import REGISTER_2014
from identification.queries.cases import get_case
from identification.services.cases import Applicant, fire_case, open_case
from tests.factories.needs import make_household
from tests.factories.people import VILLAGE, acting, make_person
from tests.factories.places import lay_places


def test_begin(database: object) -> None:
    lay_places()
    village = make_person(Role.VILLAGE_OFFICER)
    make_household(village)
    with acting(village) as actor:
        case = open_case(
            actor=actor,
            region_code=VILLAGE,
            pack=REGISTER_2014,
            origin=CaseOrigin.APPLICATION,
            applicant=Applicant("韦某某"),
            draft=True,
        )
        fire_case(case, "submit", actor=actor)
        fire_case(case, "accept", actor=actor)
    with acting(village) as actor:
        assert get_case(actor, case.id).stage is CaseStage.VERIFYING
