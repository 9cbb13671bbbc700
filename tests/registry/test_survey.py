"""A survey at the door: begun on record, kept as typed; nothing typed is lost or written over."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import text

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.choices import ErasureReason
from registry.models import ErasureOrder, Household
from registry.queries.drafts import OPENING
from registry.services import agree_erasure, ask_erasure
from tests.factories.needs import VILLAGE, People
from tests.factories.people import acting, make_person
from tests.factories.survey_officer import LIVING, Officer, drafts, kinds

Enter = Callable[..., Officer]


def test_beginning_a_survey_is_a_recorded_look(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id)
    assert "韦某某" not in officer.page()
    assert officer.client.get(f"{officer.root}/basics").status_code == 302
    assert drafts(household_id) == {}
    officer.begins()
    assert set(drafts(household_id)) == {OPENING}
    assert kinds(household_id).count("household.revealed") == 1
    officer.begins()
    assert kinds(household_id).count("household.revealed") == 1
    assert "韦某某" in officer.page("members")


def test_a_step_is_kept_and_the_next_one_comes(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    assert officer.fills("living", **LIVING).endswith("/register/causes")
    again = officer.page("living")
    assert 'value="86.5"' in again
    assert re.search(r'value="brick_concrete"|selected value="brick_concrete"', again)
    assert drafts(household_id)["living"].is_done


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    shown = officer.fills(
        "living", 422, **(LIVING | {"house_m2": "many", "fuel_types": ["coal", "dung", "other", "firewood"]})
    )
    assert 'id="house_m2-error"' in shown
    assert 'href="#fuel_types"' in shown
    assert 'value="many"' in shown
    assert shown.count("checked") >= 6  # two answers, four boxes
    assert "living" not in drafts(household_id)


def test_a_script_keeps_as_one_types_also_what_is_not_right_yet(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    stated = officer.stated("living")
    answer = officer.client.post(f"{officer.root}/living/draft", data=stated | {"house_m2": "many"})
    assert answer.status_code == 200
    assert answer.json["revision"] == 1
    assert not drafts(household_id)["living"].is_done
    assert 'value="many"' in officer.page("living")


def test_what_was_typed_is_encrypted_where_it_lies(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    officer.fills("causes", main_cause="illness", cause_note="secret diagnosis")
    with unit_of_work(SYSTEM):
        raw = db.session.scalar(text("SELECT typed FROM survey_draft WHERE step = 'causes'"))
    assert b"secret" not in bytes(raw)
    assert b"illness" not in bytes(raw)


def test_two_devices_of_one_officer_do_not_write_over_each_other(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    before = officer.stated("living")
    officer.sends("living", 303, **before, house_m2="80", water_safe="yes")
    late = officer.client.post(f"{officer.root}/living/draft", data=before | {"house_m2": "90", "water_safe": "yes"})
    assert late.status_code == 409
    shown = officer.sends("living", 409, **before, house_m2="90", water_safe="yes")
    assert "90" in shown
    assert "80" in shown
    assert 'name="pick-house_m2"' in shown
    assert 'name="pick-water_safe"' not in shown
    assert "checked" not in shown.partition("pick-house_m2")[2].partition("</fieldset>")[0]
    assert b"80" in _typed(household_id, "living")


def test_the_officer_chooses_field_by_field(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    before = officer.stated("living")
    officer.sends("living", 303, **before, house_m2="80", house_year="1999")
    shown = officer.sends("living", 409, **before, house_m2="90", house_year="2001")
    form = dict(re.findall(r'type="hidden" name="([a-z0-9_-]+)" value="([^"]*)"', shown))
    form.pop("idempotency_key", None)
    officer.sends("living", 422, **form, **{"pick-house_m2": "mine"})
    officer.sends("living", 303, **form, **{"pick-house_m2": "mine", "pick-house_year": "theirs"})
    assert b"90" in _typed(household_id, "living")
    assert b"1999" in _typed(household_id, "living")


def _typed(household_id: UUID, step: str) -> bytes:
    return drafts(household_id)[step].typed.encode()


def test_the_own_draft_only(enter: Enter, household_id: UUID) -> None:
    enter(household_id).begins().fills("living", **LIVING)
    other = enter(household_id, make_person(Role.STATIONED_TEAM, VILLAGE))
    other.begins()
    assert 'value="86.5"' not in other.page("living")


def test_nobody_surveys_outside_his_places_or_without_the_right(enter: Enter, household_id: UUID) -> None:
    far = enter(household_id, make_person(Role.VILLAGE_OFFICER, "451028100201"))
    far.sends("", 404)
    far.page("living", 404)
    watcher = enter(household_id, make_person(Role.EVALUATOR, "451028"))
    watcher.sends("", 403)


def test_a_step_that_does_not_exist_is_not_there(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    for step in ("nothing", "person-new-99", "person-11111111-1111-4111-8111-111111111111"):
        officer.page(step, 404)


def test_thrown_away_is_gone(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    officer.fills("living", **LIVING)
    officer.sends("discard", 303)
    assert drafts(household_id) == {}
    assert "data-survey-done" in officer.page()


def test_what_comes_after_the_survey_was_closed_opens_it_again_on_record(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    stated = officer.stated("living")
    officer.sends("discard", 303)
    late = officer.client.post(f"{officer.root}/living/draft", data=stated | {"house_m2": "90"})
    assert late.status_code == 200
    assert kinds(household_id).count("household.revealed") == 2


def test_signing_out_clears_the_browser(enter: Enter, household_id: UUID) -> None:
    answer = enter(household_id).client.post("/logout")
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_the_worker_may_look_after_the_desk(app: Any) -> None:
    answer = app.test_client().get("/desk/survey-worker.js")
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    answer.close()


def test_a_browser_learns_who_is_signed_in(enter: Enter, people: People, household_id: UUID, app: Any) -> None:
    assert app.test_client().get("/desk/survey-token").status_code == 401
    known = enter(household_id).client.get("/desk/survey-token").json
    assert known["account"] == str(people.author)
    assert known["token"]


def test_an_erased_household_leaves_no_draft(enter: Enter, people: People, household_id: UUID) -> None:
    enter(household_id).begins().fills("living", **LIVING)
    with acting(people.county) as actor:
        order_id = ask_erasure(
            db.session.get_one(Household, household_id), actor=actor, reason=ErasureReason.MOVED_AWAY
        ).id
    with acting(make_person(Role.COUNTY_OFFICER, "451028")) as actor:
        agree_erasure(db.session.get_one(ErasureOrder, order_id), actor=actor)
    assert drafts(household_id) == {}
