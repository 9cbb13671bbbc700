"""A whole round of one village by the rules of 2014: three apply, two come onto the register (domain.md 3.2).

One is not voted onto the list. Somebody objects to another one, which holds up that household alone.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.settings import Settings
from identification.case_choices import CaseStage, RoundStage
from identification.case_packs import REGISTER_2014
from identification.models import IdentificationRound
from identification.queries.households import profile_on
from registry.choices import PovertyStatus
from tests.factories.casework import Desk, answer_all
from tests.factories.casework import visit as visit_at_home
from tests.factories.needs import make_household
from tests.factories.places import TOWNSHIP, VILLAGE, lay_places
from tests.journeys.offices import Clock, Offices, cases, kept_clock, moment, night, sends, sheets, stage_of
from tests.plugins.browser import Visit, Visitor
from tests.plugins.web import make_app

HOMES = {"H001": "韦一民", "H002": "黄二妹", "H003": "覃三妹", "H004": "陆大山"}
NAMES = "罗小雨\n岑大山\n农玉兰\n杨春花\n班小山"
TOLD = "这一户去年盖了新房，不该在名单上。"
OPENED, SEEN, VOTED = moment(2014, 5, 20), moment(2014, 6, 11), moment(2014, 6, 27)
FIRST_SEEN, FIRST_OVER = moment(2014, 7, 4, 16), moment(2014, 7, 5, 8)
SECOND, SECOND_SEEN, SECOND_OVER = moment(2014, 7, 7), moment(2014, 7, 14, 16), moment(2014, 7, 15, 8)
ANNOUNCED_OVER = moment(2014, 7, 23, 8)


@pytest.fixture
def app(demo_database: Settings) -> Flask:
    """The application on a database whose clock can be moved."""
    return make_app()


@pytest.fixture
def clock(app: Flask) -> Iterator[Clock]:
    with kept_clock(moment(2014, 3, 3)) as clock:
        yield clock


def begun(offices: Offices, homes: dict[str, UUID]) -> None:
    """Open the round, let one household say no before a witness, and three apply."""
    officer = offices.village.opens("/desk/rounds/new")
    officer.chooses(region_code=VILLAGE, pack=REGISTER_2014).fills(year="2014")
    sends(officer, "/desk/rounds", exactly=True)
    officer.opens(f"{officer.page.url}/households/{homes['H004']}")
    officer.chooses(state="declined_in_writing").fills(words="见证人：罗小雨")
    sends(officer, f"/households/{homes['H004']}")
    for number in ("H001", "H002", "H003"):
        officer.opens(f"/desk/cases/new?village={VILLAGE}&what={REGISTER_2014}/application")
        officer.chooses(household=str(homes[number]), assisted="no").fills(phone="13900002222")
        officer.does(officer.page.locator("main button[name=hand_in]").click)


def seen(offices: Offices, case_ids: list[UUID]) -> None:
    """Accept, visit, compare and propose; the first one in the browser, the others by the same services."""
    desk = Desk(*(offices.people[role] for role in list(offices.people)))
    first, *others = case_ids
    for case_id in case_ids:
        offices.takes(offices.village, case_id, "accept")
    offices.sign_letter(first)
    offices.visits(first, housing="not_sound")
    offices.answer_for(first)
    for case_id in others:
        visit_at_home(desk, case_id)
        answer_all(desk.county, case_id)
    for case_id in case_ids:
        sends(offices.village.opens(f"/desk/cases/{case_id}/propose"), "/propose")


def signed(offices: Offices) -> None:
    """Let committee and team sign the list."""
    for officer in (offices.village, offices.team):
        officer.opens(f"/desk/lists/{VILLAGE}")
        for box in officer.page.locator("main [name=cases]").all():
            box.check()
        sends(officer, f"/desk/lists/{VILLAGE}")


def objects(citizen: Visitor, notice_id: UUID, line: int) -> None:
    """Object to a household of the list, without a name."""
    citizen.opens(f"/notices/{notice_id}/object").chooses(kind="wrong_inclusion").fills(told=TOLD)
    citizen.page.locator("main select[name=entry]").select_option(index=line)
    citizen.presses("Send the objection").reads("Your objection is received")


def answered(officer: Visitor) -> None:
    """Look into the objection and answer it: it is not right."""
    officer.opens("/desk")
    officer.does(officer.page.locator("main a[href^='/desk/objections/']").first.click)
    page = officer.page.url
    sends(officer, "/accept")
    sends(officer.opens(page), "/investigate")
    sends(officer.opens(page).chooses(finding="dismissed").fills(words="到户看过，新房是哥哥家的。"), "/decide")
    sends(officer.opens(page).fills(words="新房是别家的，这一户仍住老屋。"), "/reply")


@pytest.mark.browser
def test_a_village_goes_through_a_whole_round_of_the_register(clock: Clock, visit: Visit, tmp_path: Path) -> None:
    lay_places()
    offices = Offices(visit, clock, tmp_path)
    officer = offices.people[Role.VILLAGE_OFFICER]
    homes = {number: make_household(officer, household_no=number, head_name=name) for number, name in HOMES.items()}
    offices.come_on(OPENED)
    begun(offices, homes)
    offices.come_on(SEEN)
    first, refused, doubted = (cases()[homes[number]] for number in ("H001", "H002", "H003"))
    seen(offices, [first, refused, doubted])
    offices.come_on(VOTED)
    offices.meets(REGISTER_2014, NAMES, lambda line: (1, 4) if "H002" in line else (4, 1))
    assert stage_of(refused) is CaseStage.NOT_ADMITTED
    signed(offices)
    offices.makes_notice(offices.village, VILLAGE, REGISTER_2014, "first")
    offices.hangs(sheets("first")[0], offices.village)
    objects(visit("zh", width=390), sheets("first")[0], 2)

    offices.come_on(FIRST_SEEN)
    offices.looks(sheets("first")[0], offices.team)
    offices.come_on(FIRST_OVER)
    night()
    assert (stage_of(first), stage_of(doubted)) == (CaseStage.TOWNSHIP_REVIEW, CaseStage.NOTICE_FIRST)
    answered(offices.township)
    night()
    for case_id in (first, doubted):
        offices.takes(offices.township, case_id, "township_approve")
    offices.come_on(SECOND)
    offices.makes_notice(offices.township, f"{TOWNSHIP}000", REGISTER_2014, "second")
    for sheet in sheets("second"):
        offices.hangs(sheet, offices.township)
    offices.come_on(SECOND_SEEN)
    for sheet in sheets("second"):
        offices.looks(sheet, offices.township)
    offices.come_on(SECOND_OVER)
    night()
    for case_id in (first, doubted):
        offices.takes(offices.county, case_id, "county_approve")
    offices.makes_notice(offices.county, VILLAGE, REGISTER_2014, "announcement")
    offices.hangs(sheets("announcement")[0], offices.village)
    offices.come_on(ANNOUNCED_OVER)
    night()
    for case_id in (first, doubted):
        offices.takes(offices.county, case_id, "register")
    closes(offices.village)
    with unit_of_work(SYSTEM):
        found = {number: profile_on(home, ANNOUNCED_OVER.date()) for number, home in homes.items()}
    on_register = {number for number, row in found.items() if row and row.poverty_status is PovertyStatus.NOT_OUT}
    assert on_register == {"H001", "H003"}


def closes(officer: Visitor) -> None:
    """Close the round."""
    with unit_of_work(SYSTEM):
        running = db.session.query(IdentificationRound).one().id
    sends(officer.opens(f"/desk/rounds/{running}"), "/close")
    with unit_of_work(SYSTEM):
        assert db.session.get_one(IdentificationRound, running).stage is RoundStage.CLOSED
