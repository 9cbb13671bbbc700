"""In the browser: a citizen objects without a name and is answered; a villager tells of his household on a phone."""

import re

import pytest
from flask import Flask

from tests.factories.notices import make_notice, post
from tests.identification.conftest import Village
from tests.plugins.browser import Visit, Visitor
from tests.plugins.web import make_app

WIDTHS = [("zh", 1280, True), ("en", 390, False)]
TOLD = "村东头那家去年建了新房，名单上还写着住房没有保障。"


@pytest.fixture
def app(village: Village) -> Flask:
    """The application on the village's database."""
    return make_app()


def fits(visitor: Visitor) -> Visitor:
    """Nothing is wider than the screen."""
    wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, visitor.page.url
    return visitor


def receipt(visitor: Visitor) -> list[str]:
    """Return the numbers that the page shows large."""
    return [found.strip() for found in visitor.page.locator(".jd-receipt-number").all_inner_texts()]


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width", "script"), WIDTHS)
def test_a_citizen_objects_without_a_name_and_is_answered(
    village: Village, visit: Visit, language: str, width: int, *, script: bool
) -> None:
    (notice_id,) = make_notice(village.officer)
    post(notice_id, village.officer)
    citizen = fits(visit(language, width=width, script=script).opens("/notices"))
    fits(citizen.does(lambda: citizen.page.locator("main .jd-row-title a").first.click()))
    assert "韦*" in citizen.text()
    assert "韦一民" not in citizen.text()
    fits(citizen.presses("Object here")).presses("Send the objection", 422).reads("Choose what it is about.")
    citizen.chooses(kind="wrong_inclusion").fills(told=TOLD).presses("Send the objection", 422)
    citizen.reads("Choose which household on the list it is about.")
    assert citizen.page.locator("[name=told]").input_value() == TOLD
    citizen.page.locator("main select[name=entry]").select_option(index=1)
    fits(citizen.presses("Send the objection")).reads("Your objection is received")
    number, code = receipt(citizen)

    officer = visit(language, width=width, script=script).signed_in(village.township)
    officer.opens("/desk")
    fits(officer.does(lambda: officer.page.locator("main a[href^='/desk/objections/']").first.click()))
    assert TOLD in officer.text()
    fits(officer.presses("Take it up", within="main form[action$=accept]"))
    officer.does(lambda: officer.page.locator("main .jd-row-title a").first.click())
    fits(officer.presses("I look into it"))
    officer.presses("Decide", 422).reads("Choose what was found.")
    officer.chooses(finding="dismissed").fills(words="上门看过，新房是他哥哥家的。").presses("Decide")
    officer.does(lambda: officer.page.locator("main .jd-row-title a").first.click())
    officer.fills(words="新房是别家的，这一户仍住老屋。").presses("Send the reply")

    fits(citizen.opens("/my-case")).fills(receipt_no=number, key="11111111").presses("Look it up", 422)
    citizen.fills(receipt_no=number, key=code).presses("Look it up").reads("Answered")
    assert "这一户仍住老屋" in citizen.text()
    fits(citizen.presses("Ask for a second look")).reads("A second look was asked for")


@pytest.mark.browser
@pytest.mark.parametrize(("language", "script"), [("zh", True), ("en", False)])
def test_a_villager_tells_of_his_household_on_a_phone_and_asks_how_far_it_is(
    village: Village, visit: Visit, language: str, *, script: bool
) -> None:
    villager = visit(language, width=390, script=script).opens("/")
    villager.presses("My household is in difficulty", within="footer")
    fits(villager).does(lambda: villager.page.locator("main .jd-tree a").first.click())
    fits(villager).does(lambda: villager.page.locator("main .jd-tree a").first.click())
    fits(villager).presses("Send it to the village", 422).reads("Choose who it is about.")
    villager.chooses(for_another="no").fills(name="韦一民", told="房顶漏雨，腿摔断了，干不了活。")
    villager.presses("Send it to the village", 422)
    villager.reads("Write a phone number, or the code of a paper from the village office.")
    fits(villager.fills(phone="13900002222").presses("Send it to the village")).reads("It is received")
    (number,) = receipt(villager)
    assert re.fullmatch(r"S \d{3} \d{3} \d{4}", number)
    fits(villager.presses("How far is my matter")).fills(key="139 0000 2222").presses("Look it up")
    fits(villager).reads("Told on")
    assert "韦一民" not in villager.text()
