"""A village works through its full list: a round is opened, households are reached, lists become clues."""

import os
from pathlib import Path
from uuid import UUID

import pytest

from identification.case_choices import Contact
from tests.factories.needs import People, make_household
from tests.factories.places import VILLAGE, lay_places
from tests.factories.rounds import apply_for, make_round, put_on_lists, reach
from tests.plugins.browser import Visit, Visitor
from tests.plugins.web import Live

SHOTS = os.environ.get("SHOTS")
HOMES = 12


def shoot(visitor: Visitor, name: str) -> None:
    if SHOTS:
        for width in (1280, 390):
            visitor.page.set_viewport_size({"width": width, "height": 900})
            visitor.page.wait_for_timeout(200)
            visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}-{visitor.language}-{width}.png"), full_page=True)
        visitor.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def people(live: Live) -> People:
    lay_places()
    return People()


def homes_of(people: People, count: int) -> list[UUID]:
    names = ("韦一民", "黄二妹", "覃三妹", "陆大山")
    return [
        make_household(
            people.author, household_no=f"H{number:03d}", head_name=names[number % 4], group_no=str(number % 5 + 1)
        )
        for number in range(1, count + 1)
    ]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_village_goes_through_its_full_list(people: People, visit: Visit, language: str) -> None:
    homes = homes_of(people, HOMES)
    put_on_lists(people.author, homes[0])
    put_on_lists(people.author, homes[1], house_grade="d", disaster_hit=True)
    officer = visit(language).signed_in(people.author).opens("/desk/rounds").presses("Open a round")
    shoot(officer, "round-new")
    officer.chooses(region_code=VILLAGE, pack="A_register_2014").fills(year="2026").presses("Open the round")
    officer.presses("List to take along").presses("Back to the round")
    officer.does(officer.page.locator("main a[href$='/households']").first.click).presses("Choose all on this page")
    officer.page.locator("main [name=households]").last.uncheck()
    officer.chooses(state="absent_contacted").fills(happened_on=_day(officer))
    officer.presses("Enter for the chosen households", 422).reads("Write how they were reached, or what was tried.")
    officer.chooses(state="visited").presses("Enter for the chosen households")
    assert officer.page.locator("main [name=households]").count() == 1
    shoot(officer, "round-households")
    officer.page.locator("main td, main th").locator("a").last.click()
    officer.page.wait_for_load_state()
    officer.chooses(state="declined_in_writing").fills(words="Witness: 黄某").presses("Enter it").reads("Entered.")
    shoot(officer, "round-household")
    officer.opens("/desk/sentinels").presses("Look through the lists now")
    assert officer.page.locator("main .jd-aside a[href^='/desk/cases/']").count() == 2
    shoot(officer, "round-sentinels")


def _day(officer: Visitor) -> str:
    return officer.page.locator("main [name=happened_on]").first.input_value()


@pytest.mark.browser
def test_a_round_is_read_on_a_phone(people: People, visit: Visit) -> None:
    homes = homes_of(people, HOMES)
    running = make_round(people.author)
    reach(people.author, running, *homes[:5])
    reach(people.author, running, homes[5], state=Contact.ABSENT_CONTACTED, words="By phone.")
    reach(people.author, running, homes[6], state=Contact.ABSENT_UNREACHABLE, words="Locked.")
    reach(people.author, running, homes[7], state=Contact.DECLINED_IN_WRITING, words="Witness: 黄某")
    apply_for(people.author, running, homes[8])
    for language in ("zh", "en"):
        officer = visit(language, width=390).signed_in(people.author).opens(f"/desk/rounds/{running}")
        assert officer.page.evaluate("document.documentElement.scrollWidth") <= 390
        shoot(officer, "round")
        officer.page.set_viewport_size({"width": 390, "height": 844})
        officer.opens(f"/desk/rounds/{running}/households?show=all")
        assert officer.page.evaluate("document.documentElement.scrollWidth") <= 390
        shoot(officer, "round-all")
        officer.opens(f"/desk/rounds/{running}/visiting-list")
        shoot(officer, "round-take-along")
        officer.opens("/desk/rounds")
        shoot(officer, "rounds")
