"""A meeting on a phone in the village hall: attendance, two votes, a photograph of the minutes, two signatures."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.case_packs import REGISTER_2014
from identification.models import IdentificationCase
from registry.choices import Source
from registry.models import Household
from registry.services import save_profile
from tests.factories import meetings as make
from tests.factories.needs import make_household
from tests.factories.notices import board_photo, make_case
from tests.factories.people import VILLAGE, make_person
from tests.factories.places import lay_places
from tests.plugins.browser import Visit, Visitor
from tests.plugins.web import Live

NAMES = "韦大山 H001\n黄小河\n覃秋菊\n陆春生\n农玉兰\n韦小雨"
WIDTHS = [("zh", 390, True), ("en", 390, True), ("zh", 1280, False)]


@dataclass
class Hall:
    """Committee and team, and two households before the meeting: one of relatives of a village official."""

    officer: UUID
    team: UUID
    first: UUID
    second: UUID


@pytest.fixture
def hall(live: Live) -> Hall:
    lay_places()
    officer, team = make_person(Role.VILLAGE_OFFICER), make_person(Role.STATIONED_TEAM)
    first, second = (make_household(officer, household_no=number, head_name="韦某某") for number in ("H001", "H002"))
    with unit_of_work(SYSTEM):
        home, day = db.session.get_one(Household, second), today()
        said = {"is_relative_of_official": True}
        save_profile(home, said, actor=SYSTEM, valid_from=day, as_of=day, source=Source.FORM)
    earlier = make.make_meeting(officer, days=-30)
    make.enter_members(earlier, officer, NAMES.split("\n"))
    cases = [make_case(home, stage=CaseStage.REVIEWED, pack=REGISTER_2014) for home in (first, second)]
    return Hall(officer, team, *cases)


def stages(hall: Hall) -> list[CaseStage]:
    with unit_of_work(SYSTEM):
        return [db.session.get_one(IdentificationCase, case).stage for case in (hall.first, hall.second)]


def fits(visitor: Visitor) -> None:
    """Nothing is wider than the screen."""
    wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, visitor.page.url


def prepared(officer: Visitor) -> None:
    """Write the meeting down, with the last list after looking at it."""
    officer.opens("/desk/meetings").presses("Write a meeting down")
    fits(officer)
    officer.chooses(region_code=VILLAGE, pack=REGISTER_2014, kind="representatives")
    officer.fills(place="村部会议室", chair="韦主任").presses("Save and go on to who may vote", 422)
    officer.reads("Write who takes the minutes.")
    officer.fills(recorder="黄文书").presses("Save and go on to who may vote")
    assert officer.page.locator("[name=names]").input_value() == ""
    officer.presses("Put this list into the form")
    fits(officer)
    assert officer.page.locator("[name=names]").input_value().replace("\r\n", "\n") == NAMES
    officer.presses("Save and go on to who came")


def ticked(officer: Visitor, names: tuple[str, ...]) -> None:
    """Tick who came."""
    for name in names:
        officer.page.get_by_label(name).check()
    fits(officer)
    officer.presses("Save who came")


def voted(officer: Visitor, votes_for: str, against: str, *, close: str = "") -> None:
    """Fill in the card of a household and save it."""
    if close:
        officer.page.get_by_label(close).check()
    else:
        officer.page.locator("[name=no_relatives]").check()
    officer.fills(votes_for=votes_for, votes_against=against, abstained="0")
    fits(officer)
    officer.presses("Save this vote")


def hears_too_many(officer: Visitor) -> None:
    """While numbers are typed, the server says that they cannot be."""
    officer.fills(votes_for="4", votes_against="4")
    officer.page.locator("#tally.has-error").wait_for()
    officer.fills(votes_against="1")
    officer.page.locator("#tally:not(.has-error)").get_by_text(officer.word("Voted onto the list")).wait_for()


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width", "script"), WIDTHS)
def test_a_meeting_and_its_list(
    hall: Hall, visit: Visit, tmp_path: Path, language: str, width: int, *, script: bool
) -> None:
    officer = visit(language, width=width, script=script).signed_in(hall.officer)
    prepared(officer)
    ticked(officer, ("韦大山", "黄小河", "覃秋菊", "陆春生", "农玉兰"))
    officer.presses("Next household").reads("Of the same family name or household; a hint, no more:")
    if script:
        hears_too_many(officer)
    voted(officer, "3", "1", close="韦大山")
    officer.reads("On file as relatives of a village official. Say so in the meeting.")
    voted(officer, "2", "3")
    fits(officer)
    photo = tmp_path / "minutes.jpg"
    photo.write_bytes(board_photo())
    officer.page.locator("[name=minutes]").set_input_files(photo)
    officer.presses("Close the meeting").reads("What the meeting decided")
    fits(officer)
    assert stages(hall) == [CaseStage.PRELIMINARY, CaseStage.NOT_ADMITTED]

    officer.presses("The list to be signed")
    fits(officer)
    officer.chooses(cases=str(hall.first)).presses("Sign the ticked households").reads("team has not signed")
    team = officer.beside(hall.team).opens("/desk/lists")
    fits(team)
    team.opens(f"/desk/lists/{VILLAGE}").chooses(cases=str(hall.first)).presses("Sign the ticked households")
    team.reads("Signed by both, waiting for the first notice")
    fits(team)
    assert stages(hall)[0] is CaseStage.VILLAGE_VERIFIED
