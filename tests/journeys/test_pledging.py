"""An organisation finds a verified need, pledges, delivers; the cadre agrees; all of it in a browser."""

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from core.db import db, unit_of_work
from core.policy import SYSTEM
from needs.models import NeedBalance
from pairing.choices import LinkStage
from pledges.choices import PledgeStage
from pledges.models import Pledge
from tests.factories.people import PASSWORD, account_name
from tests.factories.pledges import Scene, day, row
from tests.plugins.browser import Visit, Visitor

PROMISE = (
    "A pledge is a public promise. If you cannot deliver, say so early; you can withdraw it, and the record stays."
)
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize(
    ("language", "script"), [("zh", True), ("en", True), ("zh", False)], ids=["zh", "en", "zh-no-script"]
)


def newest_pledge() -> Pledge:
    """Return the pledge that was made last."""
    with unit_of_work(SYSTEM):
        return db.session.scalars(select(Pledge).order_by(Pledge.offered_at.desc())).one()


def find_need(helper: Visitor, scene: Scene) -> None:
    """Come to the need as everybody does: by the catalogue."""
    helper.opens("/needs").presses("冬被 6 床").reads("How it was checked")
    assert helper.page.url.endswith(f"/needs/{scene.need_id}")


def pledge_after_asking_too_much(helper: Visitor, scene: Scene) -> None:
    """Fill in the form of the need's page, sign in, ask for more than there is, mend it, pledge."""
    helper.fills(quantity="9", due_on=day(14).isoformat()).presses("Pledge for this need", within="main form")
    helper.fills(username=account_name(scene.head), password=PASSWORD).presses("Sign in")
    promise = helper.page.locator("main form[method=post] button[type=submit]")
    helper.does(promise.click, 409)
    six, two = helper.amount(6, "床"), helper.amount(2, "床")
    helper.reads("Only %(amount)s is still needed; someone has just pledged. You can pledge %(amount)s.", amount=six)
    helper.fills(quantity="2").presses("Continue to check").reads(PROMISE)
    helper.does(promise.click)
    helper.reads("You pledged %(amount)s. The paired officer will contact you within 3 working days.", amount=two)


def deliver(helper: Visitor, scene: Scene) -> None:
    """Let the cadre agree from his desk, and record the delivery."""
    made = newest_pledge()
    cadre = helper.beside(scene.cadre)
    cadre.opens("/desk").does(cadre.page.locator(f"main a[href*='{made.id}']").first.click)
    cadre.presses("Agree").reads("Agreed. The helper brings it to the village office.")
    helper.opens(f"/desk/pledges/{made.id}")
    helper.does(helper.page.locator("main a[href$='/deliveries/new']").click)
    helper.does(helper.page.locator("main form[method=post] button").last.click)
    helper.reads("The delivery is on file.")


def check_sums(scene: Scene) -> None:
    """Two are delivered, none confirmed; the helper stands on the second place."""
    made = row(Pledge, newest_pledge().id)
    sums: NeedBalance = row(NeedBalance, scene.need_id)
    assert (made.stage, made.delivered) == (PledgeStage.AGREED, 2)
    assert (sums.held, sums.delivered, sums.confirmed) == (2, 2, 0)
    link = scene.link(made.link_id)
    assert (link.rank, link.stage) == (2, LinkStage.ACTIVE)


@pytest.mark.browser
@WITH_AND_WITHOUT_SCRIPT
def test_an_organisation_pledges_and_delivers(scene: Scene, visit: Visit, language: str, script: bool) -> None:
    helper = visit(language, script=script)
    find_need(helper, scene)
    pledge_after_asking_too_much(helper, scene)
    assert scene.link(newest_pledge().link_id).stage is LinkStage.HOUSEHOLD_CONSENTED
    deliver(helper, scene)
    check_sums(scene)


def reach(visitor: Visitor, target: Locator) -> None:
    """Press Tab until the target has the focus, which must be seen."""
    for _press in range(80):
        visitor.page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            assert target.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
            return
    raise AssertionError(f"the keyboard does not reach {target}")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_helper_pledges_with_the_keyboard_alone(scene: Scene, visit: Visit, language: str) -> None:
    helper = visit(language).signed_in(scene.head)
    helper.opens(f"/needs/{scene.need_id}")
    page, form = helper.page, helper.page.locator("#pledge form")
    reach(helper, form.locator("[name=quantity]"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3")
    reach(helper, form.locator("[name=due_on]"))
    due = day(14)
    page.keyboard.type(due.strftime("%m%d%Y"))
    reach(helper, form.locator("button[type=submit]"))
    helper.does(lambda: page.keyboard.press("Enter")).reads(PROMISE)
    reach(helper, page.locator("main form[method=post] button[type=submit]"))
    helper.does(lambda: page.keyboard.press("Enter"))
    assert newest_pledge().quantity == 3
    assert newest_pledge().due_on == due
