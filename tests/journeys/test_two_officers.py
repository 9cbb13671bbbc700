"""The county gives a household its first helper and a successor; two officers replace a card, two officials erase."""

import pytest

from accounts.models import Role
from core.db import unit_of_work
from core.policy import SYSTEM
from pairing.queries import find_pairing_by_id, links_of
from registry.models import Household
from registry.queries import find_card
from tests.factories.needs import make_household
from tests.factories.people import COUNTY, make_account, make_grant, make_person
from tests.factories.pledges import Scene, day, row
from tests.plugins.browser import Visit, Visitor

WIDTHS = [("zh", 390, True), ("en", 390, True), ("zh", 1280, False)]


def cadre(name: str) -> str:
    """Return the choice of a new cadre."""
    account = make_account(display_name=name, unit_name="县林业局")
    make_grant(account, Role.PAIRING_CADRE, COUNTY)
    return f"cadre:{account}"


def fits(visitor: Visitor) -> None:
    """Nothing is wider than the screen."""
    wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, visitor.page.url


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width", "script"), WIDTHS)
def test_the_county_assigns_and_hands_over(
    scene: Scene, visit: Visit, language: str, width: int, *, script: bool
) -> None:
    make_household(scene.people.author)
    first, after = cadre("陆建国"), cadre("韦秀英")
    county = visit(language, width=width, script=script).signed_in(scene.people.county)
    county.opens("/desk").presses("Households without a first helper")
    fits(county)
    county.presses("Assign").presses("Assign", 422, within="main form[method=post]")
    county.reads("Choose one person or unit.")
    county.page.locator("main input[type=search]").fill("林业")
    county.does(lambda: county.page.keyboard.press("Enter"))
    fits(county)
    county.chooses(person=first).fills(starts_on=day(4).isoformat())
    county.presses("Assign", 422, within="main form[method=post]")
    county.reads("Until that day nobody would be responsible. Let it begin today or earlier, and hand over later.")
    county.fills(starts_on=day(-1).isoformat()).presses("Assign", within="main form[method=post]")
    county.reads("Assigned. The pairing stands from that day on.")
    fits(county)
    county.presses("Hand over to a successor").chooses(person=after).fills(starts_on=day(2).isoformat())
    county.presses("Hand over", 422, within="main form[method=post]").reads("Write the reason.")
    county.fills(reason="调到别的岗位").presses("Hand over", within="main form[method=post]")
    county.reads("Helping until the hand-over").reads("Takes over later")
    county.presses("Add a further unit")
    fits(county)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width", "script"), WIDTHS)
def test_two_officers_replace_a_card(scene: Scene, visit: Visit, language: str, width: int, *, script: bool) -> None:
    path = f"/desk/households/{scene.household_id}/card"
    team = visit(language, width=width, script=script).signed_in(scene.people.verifier)
    team.opens(path).presses("Ask the other officer", 422).reads("Choose the second officer.")
    fits(team)
    team.chooses(reason="lost", second_officer=str(scene.people.approver)).presses("Ask the other officer")
    township = visit(language, width=width, script=script).signed_in(scene.people.approver)
    township.opens("/desk").does(township.page.locator(f"main a[href='{path}']").first.click)
    fits(township)
    township.presses("Agree to a new card")
    team.opens("/desk").does(team.page.locator(f"main a[href='{path}']").first.click)
    team.presses("Give the new card")
    team.reads("The old card is void, the new one on file. Print it, fold it, seal it, and hand it over.")
    with unit_of_work(SYSTEM):
        card = find_card(scene.household_id)
    assert card is not None
    assert (card.given_by, card.second_officer) == (scene.people.verifier, scene.people.approver)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width", "script"), WIDTHS)
def test_two_officials_erase_a_household(
    scene: Scene, visit: Visit, language: str, width: int, *, script: bool
) -> None:
    path = f"/desk/households/{scene.household_id}"
    first = visit(language, width=width, script=script).signed_in(scene.people.county)
    first.opens(path).presses("Erase what is written about this household")
    fits(first)
    first.presses("Ask for it", 422).reads("Choose why it is erased.")
    first.chooses(reason="asked_by_household").presses("Ask for it")
    first.reads("You asked for it, so somebody else must agree.")
    second = visit(language, width=width, script=script).signed_in(make_person(Role.COUNTY_OFFICER))
    second.opens("/desk").does(second.page.locator(f"main a[href='{path}/erasure']").first.click)
    fits(second)
    second.presses("Agree and erase for good")
    second.reads("Erased. The records still link up; nobody can read the sealed part again.")
    second.opens(path)
    fits(second)
    assert row(Household, scene.household_id).head_name == ""
    visit(language).opens(f"/needs/{scene.need_id}", 410)
    with unit_of_work(SYSTEM):
        pairing = find_pairing_by_id(scene.pairing_id)
        assert pairing is not None
        assert [link.rank for link in links_of(pairing.id)] == [1]
