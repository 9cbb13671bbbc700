"""Rounds of a village for tests: opened, with households that were reached, made by the services that users call."""

from typing import Any
from uuid import UUID

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseOrigin, Contact
from identification.case_packs import REGISTER_2014
from identification.models import IdentificationCase, IdentificationRound
from identification.queries.rounds import Coverage, coverage_of
from identification.services.cases import Applicant, fire_case, open_case
from identification.services.clues import look_for_clues
from identification.services.freezing import freeze_county
from identification.services.rounds import Contacted, enter_contacts, explain_coverage, open_round
from registry.models import Household
from registry.services import save_living_conditions, save_profile
from tests.factories.needs import make_household
from tests.factories.notices import board_photo
from tests.factories.people import VILLAGE, acting

YEAR = 2026


def make_round(officer: UUID, *, pack: str = REGISTER_2014, year: int = YEAR, region: str = VILLAGE) -> UUID:
    """Open a round of a village; return its id."""
    with acting(officer) as actor:
        return open_round(actor=actor, region_code=region, pack=pack, year=year).id


def round_of(round_id: UUID) -> IdentificationRound:
    """Return the round; call it inside a unit of work to change it."""
    return db.session.get_one(IdentificationRound, round_id)


def coverage_now(round_id: UUID) -> Coverage:
    with unit_of_work(SYSTEM):
        return coverage_of(round_of(round_id))


def reach(officer: UUID, round_id: UUID, *household_ids: UUID, **said: Any) -> None:
    """Enter how households were reached, by default that they were visited today."""
    with acting(officer) as actor:
        values = {"state": Contact.VISITED, "happened_on": today()} | said
        enter_contacts(round_of(round_id), household_ids, Contacted(**values), actor=actor)


def apply_for(officer: UUID, round_id: UUID, household_id: UUID, *, submitted: bool = True) -> UUID:
    """Write an application with a household in a round, and hand it in; return the case."""
    with acting(officer) as actor:
        running = round_of(round_id)
        case = open_case(
            actor=actor,
            region_code=running.region_code,
            pack=running.pack,
            origin=CaseOrigin.APPLICATION,
            household=db.session.get_one(Household, household_id),
            applicant=Applicant("韦某某"),
            running=running,
            draft=True,
        )
        if submitted:
            fire_case(case, "submit", actor=actor)
        return case.id


def put_on_lists(officer: UUID, household_id: UUID, **said: Any) -> None:
    """Say something of a household that puts it on a sentinel list: by default that its water is unsafe."""
    with acting(officer) as actor:
        household = db.session.get_one(Household, household_id)
        save_living_conditions(household, said or {"water_safe": False}, actor=actor, valid_from=today())


def describe(household_id: UUID, **said: Any) -> None:
    """Say something of a household as the platform, from today on."""
    with unit_of_work(SYSTEM):
        household = db.session.get_one(Household, household_id)
        save_profile(household, said, actor=SYSTEM, valid_from=today(), as_of=today())


def cases_about(household_id: UUID) -> list[IdentificationCase]:
    with unit_of_work(SYSTEM):
        found = db.session.query(IdentificationCase).filter_by(household_id=household_id)
        return found.order_by(IdentificationCase.entered_on, IdentificationCase.id).all()


def today_in_china() -> str:
    with unit_of_work(SYSTEM):
        return today().isoformat()


def add_rounds(world: Any, village: str) -> None:
    """Add a running round in which one household was reached and one declined, and one on a list that nobody asked."""
    officer = world.account(Role.VILLAGE_OFFICER)
    world.ids["round"] = make_round(officer, region=village)
    reach(officer, world.ids["round"], world.ids["household"])
    declined = {"state": Contact.DECLINED_IN_WRITING, "words": "韦金丝雀", "paper": board_photo()}
    reach(officer, world.ids["round"], world.ids["household_new"], **declined)
    world.ids["household_listed"] = make_household(officer, region=village, head_name="韦金丝雀", phone="13987654321")
    put_on_lists(officer, world.ids["household_listed"])
    with acting(officer) as actor:
        explain_coverage(round_of(world.ids["round"]), actor=actor, words="韦金丝雀一家去广东，联系不上。")
    with unit_of_work(SYSTEM):
        freeze_county(village)


def look_now(officer: UUID, village: str = VILLAGE) -> int:
    """Press the button that looks through the lists."""
    with acting(officer) as actor:
        return look_for_clues(village, actor=actor)
