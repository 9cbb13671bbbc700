"""An officer fills in a survey on a phone; the signal goes and comes back; somebody else wrote meanwhile."""

from urllib.parse import parse_qsl, quote
from uuid import UUID

import pytest

from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.models import Household, SurveyDraft
from registry.queries.dossiers import living_on
from registry.services import save_living_conditions
from tests.factories.people import acting
from tests.factories.pledges import Scene
from tests.plugins.browser import Visit, Visitor

MOVED = (
    "While you were filling this in, somebody put something else on file. Nothing was written over."
    " Choose for each field what is right."
)
WAITS = "1 step lies in this browser and is not sent yet."


def typed(household_id: UUID, step: str) -> str:
    """Return what the server keeps of a step, as it was typed."""
    with unit_of_work(SYSTEM):
        row = db.session.query(SurveyDraft).filter_by(household_id=household_id, step=step).one_or_none()
        return row.typed if row else ""


def arrives(officer: Visitor, household_id: UUID, step: str, words: str) -> None:
    """Wait until the server has what was typed."""
    for _ in range(60):
        if words in typed(household_id, step):
            return
        officer.page.wait_for_timeout(100)
    raise AssertionError(f"{words} never came: {typed(household_id, step)!r}")


def begin(officer: Visitor, root: str) -> Visitor:
    """Begin a survey, and wait until the browser keeps its pages."""
    officer.opens(root).presses("Begin the survey")
    officer.page.locator("[data-survey-ready]:visible").wait_for(timeout=20_000)
    return officer


def root_of(scene: Scene) -> str:
    return f"/desk/households/{scene.household_id}/register"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_survey_goes_on_without_signal(scene: Scene, visit: Visit, language: str) -> None:
    root = root_of(scene)
    officer = begin(visit(language, width=390).signed_in(scene.people.author), root)
    officer.opens(f"{root}/production").fills(farmland_mu="3.5")
    arrives(officer, scene.household_id, "production", "3.5")

    with officer.without_signal():
        officer.page.goto(f"{officer.url}{root}/living")
        officer.fills(house_m2="86").chooses(water_safe="yes")
        officer.page.locator("main .jd-survey-actions [name=go]").click()
        officer.page.wait_for_url(f"**{root}/causes")
        officer.reads(WAITS)
        officer.page.goto(f"{officer.url}{root}/living")
        assert officer.page.locator("[name=house_m2]").input_value() == "86"
        assert "86" not in typed(scene.household_id, "living")
    officer.page.evaluate("window.dispatchEvent(new Event('online'))")
    arrives(officer, scene.household_id, "living", "house_m2=86")
    officer.page.locator("[data-survey-waiting]").wait_for(state="hidden")


@pytest.mark.browser
def test_what_a_colleague_put_on_file_is_shown_and_chosen_from(scene: Scene, visit: Visit) -> None:
    root = root_of(scene)
    officer = begin(visit("zh", width=390).signed_in(scene.people.author), root)
    with officer.without_signal():
        officer.page.goto(f"{officer.url}{root}/living")
        officer.fills(house_m2="86", house_year="1999")
        with acting(scene.people.verifier) as actor:
            household = db.session.get_one(Household, scene.household_id)
            save_living_conditions(household, {"house_m2": 120, "house_year": 1999}, actor=actor, valid_from=today())
    officer.page.evaluate("window.dispatchEvent(new Event('online'))")
    officer.page.locator("[data-survey-conflict]:visible").first.wait_for()
    officer.presses("Keep and go on", 409).reads(MOVED)
    assert officer.page.locator("[name=pick-house_year]").count() == 0
    assert typed(scene.household_id, "living") == ""
    officer.chooses(**{"pick-house_m2": "mine"}).presses("Keep what I chose")
    assert "house_m2=86" in typed(scene.household_id, "living")
    officer.opens(root)
    assert officer.page.locator("[data-survey-waiting]").is_hidden()
    officer.opens(f"{root}/check").presses("Confirm and put on file").reads("The survey is on file.")
    with unit_of_work(SYSTEM):
        living = living_on(scene.household_id, today())
        assert living is not None
        assert living.house_m2 == 86
    left = officer.page.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('jiedui-survey'))")
    assert left == []


@pytest.mark.browser
def test_signing_out_leaves_nothing_behind(scene: Scene, visit: Visit) -> None:
    root = root_of(scene)
    officer = begin(visit("zh").signed_in(scene.people.author), root)
    officer.opens(f"{root}/living").fills(house_m2="86")
    arrives(officer, scene.household_id, "living", "86")
    officer.page.locator("form[action='/logout'] button:visible").click()
    officer.page.wait_for_url(f"{officer.url}/")
    left = officer.page.evaluate("async () => [localStorage.length, (await caches.keys()).length]")
    assert left == [0, 0]


@pytest.mark.browser
def test_somebody_else_neither_sends_nor_finds_it(scene: Scene, visit: Visit) -> None:
    root = root_of(scene)
    officer = begin(visit("zh").signed_in(scene.people.author), root)
    with officer.without_signal():
        officer.page.goto(f"{officer.url}{root}/living")
        officer.fills(house_m2="86")
        officer.signed_in(scene.people.verifier)
    officer.page.locator("[data-kind=signedOut]").wait_for()
    officer.opens("/desk")
    kept = officer.page.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('jiedui-survey'))")
    assert kept == []
    assert officer.page.evaluate("async () => (await caches.keys()).length") == 0
    assert typed(scene.household_id, "living") == ""


@pytest.mark.browser
def test_two_new_people_are_written_down_without_signal(scene: Scene, visit: Visit) -> None:
    """Each gets a page of his own; who is not added after all leaves nothing behind."""
    root = root_of(scene)
    officer = begin(visit("en", width=390).signed_in(scene.people.author), root)
    with officer.without_signal():
        officer.page.goto(f"{officer.url}{root}/members")
        for name in ("韦小妹", "韦小弟"):
            officer.page.locator("[data-survey-new]").click()
            officer.page.wait_for_url("**/person-new-*")
            officer.page.locator("main [name=name]").wait_for()
            assert officer.page.locator("main [name=name]").input_value() == ""
            officer.fills(name=name)
            officer.page.locator("main .jd-survey-actions [name=go]").click()
            officer.page.wait_for_url(f"**{root}/members")
        listed = officer.page.locator("[data-survey-people] a").all_inner_texts()
        assert listed[-2:] == ["韦小妹", "韦小弟"]
        officer.page.get_by_text("韦小弟").click()
        officer.page.wait_for_url("**/person-new-2")
        officer.page.locator("main form[data-survey-settles] button").last.click()
        officer.page.wait_for_url(f"**{root}/members")
    officer.page.evaluate("window.dispatchEvent(new Event('online'))")
    arrives(officer, scene.household_id, "person-new-1", quote("韦小妹"))
    assert typed(scene.household_id, "person-new-2") == ""


@pytest.mark.browser
def test_a_step_is_filled_in_by_keys_alone(scene: Scene, visit: Visit) -> None:
    """Enter goes on from field to field, past what is folded, and at the end keeps the step (issue 3, section 1)."""
    root = root_of(scene)
    officer = begin(visit("zh").signed_in(scene.people.author), root)
    officer.opens(f"{root}/basics")
    officer.page.locator("[name=natural_village]").focus()
    keys = officer.page.keyboard
    keys.type("上屯")
    keys.press("Enter")
    keys.type("3")
    for _field in range(9):  # house, phone, bank, account, standard, kind, two years, and the circles
        keys.press("Enter")
    keys.press("Space")  # the first of three circles: yes
    assert officer.page.locator("[name=is_relative_of_official][value=yes]").is_checked()
    officer.does(lambda: keys.press("Enter"))
    assert officer.page.url.endswith("/members")
    assert dict(parse_qsl(typed(scene.household_id, "basics"))) == {
        "natural_village": "上屯",
        "group_no": "3",
        "is_relative_of_official": "yes",
    }
