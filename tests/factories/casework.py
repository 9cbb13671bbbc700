"""Cases on their way through the village, taken there by the services that users call; and those of the small world."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import (
    CaseOrigin,
    Department,
    MatchResult,
    Seen,
    VetoCode,
)
from identification.case_packs import MONITORING_2021
from identification.models import IdentificationCase, VetoFlag
from identification.services.cases import (
    Applicant,
    Entry,
    VisitSeen,
    authorise_case,
    clear_flag,
    enter_clue,
    enter_match,
    enter_visit,
    propose_case,
    raise_flag,
)
from registry.models import Household
from tests.factories.case_steps import add_case_steps, take
from tests.factories.needs import make_household
from tests.factories.people import VILLAGE, acting

VIEWS = {
    "food": Seen.SOUND,
    "housing": Seen.AT_RISK,
    "labour": Seen.SOUND,
    "schooling": Seen.DOES_NOT_APPLY,
    "water": Seen.SOUND,
}
PHONE = "13900004444"
TOLD = "丈夫摔断了腿，去不了工地。"


@dataclass(frozen=True)
class Desk:
    """Who works on the cases of one village."""

    officer: UUID
    team: UUID
    township: UUID
    county: UUID


def day(*, off: int = 0) -> date:
    """Return the database's day, or one so many days off."""
    with unit_of_work(SYSTEM):
        return today() + timedelta(days=off)


def make_clue(
    officer: UUID, household_id: UUID | None = None, *, region: str = VILLAGE, pack: str = MONITORING_2021, **said: Any
) -> UUID:
    """Enter a clue of a cadre survey; without a household it is still unknown which one. Return the case's id."""
    values = {"name": "" if household_id else "韦某某", "phone": PHONE} | said
    with acting(officer) as actor:
        household = db.session.get_one(Household, household_id) if household_id else None
        entry = Entry(region, pack, CaseOrigin.CADRE_SURVEY, Applicant(**values), household, TOLD)
        return enter_clue(entry, actor=actor).id


def make_verifying(desk: Desk, household_id: UUID | None = None, **said: Any) -> UUID:
    """Enter a clue and take it up; return the case's id."""
    case_id = make_clue(desk.officer, household_id, **said)
    take(case_id, "take_up", desk.officer)
    return case_id


def sign_letter(officer: UUID, case_id: UUID) -> None:
    """Enter the household's letter, with a witness of its thumbprint."""
    with acting(officer) as actor:
        case = db.session.get_one(IdentificationCase, case_id)
        authorise_case(case, actor=actor, signed_on=today(), witness="陆某某")


def visit(desk: Desk, case_id: UUID, **seen: Any) -> UUID:
    """Let officer and team visit; the income cannot be measured where nothing else is said. Return the visit's id."""
    with acting(desk.officer) as actor:
        values = {"visited_on": today(), "first": desk.officer, "second": desk.team, "views": VIEWS}
        values |= {"no_income_reason": "账本没了，打零工，说不清。"} | seen
        return enter_visit(db.session.get_one(IdentificationCase, case_id), VisitSeen(**values), actor=actor).id


def answer_all(county: UUID, case_id: UUID, *found: Department) -> None:
    """Let every department answer; those that are named found something."""
    for department in Department:
        with acting(county) as actor:
            result = MatchResult.FOUND if department in found else MatchResult.NOTHING_FOUND
            case = db.session.get_one(IdentificationCase, case_id)
            words = "名下有一辆小货车。" if department in found else ""
            enter_match(case, actor=actor, department=department, result=result, as_of=today(), words=words)


def flag(account: UUID, case_id: UUID, code: VetoCode = VetoCode.LUXURY) -> UUID:
    """Raise a flag; return its id."""
    with acting(account) as actor:
        case = db.session.get_one(IdentificationCase, case_id)
        return raise_flag(case, actor=actor, code=code, words="堂屋新装修，看着花了不少。").id


def make_ready(desk: Desk, household_id: UUID, **said: Any) -> UUID:
    """Take a case so far that it may go before the meeting; return its id."""
    case_id = make_verifying(desk, household_id, **said)
    sign_letter(desk.officer, case_id)
    visit(desk, case_id)
    answer_all(desk.county, case_id)
    return case_id


def propose(officer: UUID, case_id: UUID, *, flags_told: bool = False) -> None:
    """Bring a case before the meeting."""
    with acting(officer) as actor:
        propose_case(db.session.get_one(IdentificationCase, case_id), actor=actor, flags_told=flags_told)


def make_reviewed(desk: Desk, household_id: UUID, **said: Any) -> UUID:
    """Bring a case before the meeting; return its id."""
    case_id = make_ready(desk, household_id, **said)
    propose(desk.officer, case_id)
    return case_id


def add_casework(world: Any, village: str, **personal: Any) -> None:
    """Put cases of the village into the small world, one for each thing that is done with them.

    `case` is being verified, visited, with an open flag; `case_clue`; `case_unknown` (household not named);
    `case_unsigned` (no letter yet); `case_signed` (waits for departments); `case_ready`; `case_reviewed`.
    """
    roles = (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM, Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER)
    desk = Desk(*(world.account(role) for role in roles))
    homes = [make_household(desk.officer, region=village, **personal) for _number in range(6)]
    world.ids |= {
        "case_clue": make_clue(desk.officer, homes[0]),
        "case_unknown": make_clue(desk.officer),
        "case_unsigned": make_verifying(desk, homes[1]),
        "case_signed": make_verifying(desk, homes[2]),
        "case": make_verifying(desk, homes[3]),
        "case_ready": make_ready(desk, homes[4]),
        "case_reviewed": make_reviewed(desk, homes[5]),
    }
    for name in ("case", "case_signed"):
        sign_letter(desk.officer, world.ids[name])
    world.ids["case_visit"] = visit(desk, world.ids["case"])
    world.ids["flag"] = flag(desk.team, world.ids["case"])
    answer_all(desk.county, world.ids["case"])
    decided = flag(desk.officer, world.ids["case"], VetoCode.VILLAGE_CADRE)
    with acting(desk.team) as actor:
        clear_flag(db.session.get_one(VetoFlag, decided), actor=actor, evidence="问过村委，不在任。")
    add_case_steps(world, village, **personal)
