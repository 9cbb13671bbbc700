"""The household answers from its slip and its card, and takes its publication back."""

import pytest
from sqlalchemy import select

from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.tokens import derived_digits, derived_token
from needs.models import NeedBalance
from pledges.choices import DeliveryStage
from pledges.models import ConfirmationCode
from pledges.queries.codes import DIGITS, SLIP_DIGITS
from registry.queries import CARD_LINK
from tests.factories.pledges import Scene, row
from tests.plugins.browser import Visit, Visitor

WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize(
    ("language", "script"), [("zh", True), ("en", True), ("zh", False)], ids=["zh", "en", "zh-no-script"]
)


def print_slip(officer: Visitor, delivery_id: object) -> str:
    """Make the slip on the desk and print it; return the ten digits that stand on the paper and nowhere else."""
    officer.opens(f"/desk/deliveries/{delivery_id}")
    officer.does(officer.page.locator("main form[action$='/slips'] button").click)
    with unit_of_work(SYSTEM):
        code = db.session.scalars(select(ConfirmationCode)).one()
    digits = derived_digits(SLIP_DIGITS, code.id, DIGITS)
    assert digits not in officer.page.content()
    link = officer.page.locator("main a[href$='slip.pdf']").first.get_attribute("href")
    paper = officer.page.request.get(f"{officer.url}{link}")
    assert paper.body().startswith(b"%PDF")
    return digits


def answer_in_part(household: Visitor, scene: Scene, digits: str) -> None:
    """Mistype the PIN, then say that one of two came."""
    wrong = f"{(int(scene.pin) + 1) % 10000:04d}"
    household.opens("/c").fills(code=digits, pin=wrong).presses("Continue", 422)
    household.reads("This PIN does not belong to the card.")
    household.fills(code=f"{digits[:3]} {digits[3:6]} {digits[6:]}", pin=scene.pin).presses("Continue")
    assert household.page.locator("main input[type=radio]:checked").count() == 0
    household.presses("Confirm", 422).reads("Choose one answer.")
    household.chooses(outcome="partly_received").presses("Confirm").reads("How many came?")
    household.fills(quantity="1").presses("Confirm")
    household.reads(
        "Recorded: you received %(what)s. The rest is to be put right within 7 days.", what=household.amount(1, "床")
    )


@pytest.mark.browser
@WITH_AND_WITHOUT_SCRIPT
def test_a_household_answers_from_its_slip(scene: Scene, visit: Visit, language: str, script: bool) -> None:
    delivery_id = scene.deliver(scene.agreed("2"), "2")
    digits = print_slip(visit(language).signed_in(scene.people.author), delivery_id)
    household = visit(language, width=390, script=script)
    answer_in_part(household, scene, digits)
    assert scene.delivery(delivery_id).stage is DeliveryStage.MENDING
    assert row(NeedBalance, scene.need_id).confirmed == 1

    household.opens("/c").fills(code=digits, pin=scene.pin).presses("Continue").reads("This code was used")


@pytest.mark.browser
@WITH_AND_WITHOUT_SCRIPT
def test_a_household_takes_its_publication_back_in_one_step(
    scene: Scene, visit: Visit, language: str, script: bool
) -> None:
    public = visit(language)
    public.opens(f"/needs/{scene.need_id}")
    household = visit(language, width=390, script=script)
    household.opens(f"/c?card={derived_token(CARD_LINK, scene.card_id)}").fills(pin=scene.pin).presses("Continue")
    household.reads("What the web shows of your household").presses("Do not show it any more")
    household.reads("The web shows nothing of your household now.")
    public.opens(f"/needs/{scene.need_id}", 410)
    assert "冬被" not in public.page.content()
