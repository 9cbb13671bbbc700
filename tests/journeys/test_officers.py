"""An officer writes a need down, and tries what three persons are there to prevent."""

from uuid import UUID

import pytest
from sqlalchemy import select

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from needs.choices import NeedStage
from needs.models import Need
from tests.factories.needs import make_draft, verify
from tests.factories.people import TOWNSHIP, make_grant, make_person
from tests.factories.pledges import Scene, row
from tests.plugins.browser import Visit, Visitor


def newest_need() -> UUID:
    """Return the need that was written down last."""
    with unit_of_work(SYSTEM):
        return db.session.scalars(select(Need.id).order_by(Need.created_at.desc())).first() or UUID(int=0)


def begin(officer: Visitor, scene: Scene, title: str, unit: str) -> Visitor:
    """Fill in the first three of the seven steps."""
    officer.opens("/desk/needs/new").chooses(subject=str(scene.household_id)).presses("Next step")
    officer.chooses(category="daily_necessities").presses("Next step")
    return officer.fills(title=title, quantity="2", unit=unit)


def write_down(officer: Visitor, scene: Scene, title: str) -> UUID:
    """Go through the seven steps up to the answers; return the draft."""
    begin(officer, scene, title, "袋").presses("Keep and go on")
    need_id = newest_need()
    officer.fills(description="家里存粮不多，送到村部就行。").presses("Keep and go on")
    officer.presses("Keep and go on").presses("Keep and go on")
    return need_id


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_officer_cannot_verify_or_approve_his_own_need(scene: Scene, visit: Visit, language: str) -> None:
    make_grant(scene.people.author, Role.TOWNSHIP_OFFICER, TOWNSHIP)
    officer = visit(language).signed_in(scene.people.author)
    need_id = write_down(officer, scene, "大米 2 袋（10 公斤）")
    officer.presses("Submit").reads("You entered this need, so somebody else must verify it.")
    officer.opens(f"/desk/needs/{need_id}/verify", 409)
    officer.reads("You entered this need, so somebody else must verify it.")

    verify(scene.people.verifier, need_id)
    officer.opens(f"/desk/needs/{need_id}/approve", 409)
    officer.reads("You entered or verified this need, so a third person must decide.")
    assert officer.page.locator("main form[action$='/approve']").count() == 0
    assert row(Need, need_id).stage is NeedStage.VERIFIED

    township = visit(language).signed_in(scene.people.approver)
    township.opens(f"/desk/needs/{need_id}/approve").presses("Decide", 422).reads("Choose one of the three.")
    township.chooses(decision="approve").presses("Decide").reads("Approved. The need is public now.")
    visit(language).opens(f"/needs/{need_id}").reads("Waiting for a pledge")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_officer_cannot_publish_a_luxury(scene: Scene, visit: Visit, language: str) -> None:
    officer = visit(language).signed_in(scene.people.author)
    begin(officer, scene, "茅台酒 2 瓶", "瓶").presses("Keep and go on", 422)
    officer.reads("The text names something that is not a basic need.")
    need_id = make_draft(scene.people.author, scene.household_id, title="茅台酒 2 瓶", item_code=None)
    officer.opens(f"/desk/needs/{need_id}/check")
    officer.presses("Submit", 422).reads("Nothing was sent. This stands against it:").reads("Failed")
    assert row(Need, need_id).stage is NeedStage.DRAFT


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_officer_does_not_see_another_county(scene: Scene, visit: Visit, language: str) -> None:
    stranger = visit(language).signed_in(make_person(Role.COUNTY_OFFICER, "451029"))
    stranger.opens("/desk")
    assert "冬被" not in stranger.text()
    stranger.opens(f"/desk/needs/{scene.need_id}", 404).reads("This page is not here")
    stranger.opens(f"/desk/needs/{scene.need_id}/approve", 404)
    stranger.opens(f"/desk/households/{scene.household_id}", 404)
