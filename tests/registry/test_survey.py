"""A survey at the door: begun on record, kept as typed; nothing is lost, taken over silently or written over."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.choices import ErasureReason
from registry.models import ErasureOrder, Household, SurveyDraft
from registry.queries.dossiers import Dossier, dossier_on
from registry.queries.drafts import OPENING
from registry.services import agree_erasure, ask_erasure, save_living_conditions
from tests.factories.needs import VILLAGE, People, make_household
from tests.factories.people import acting, make_person, sign_in

TODAY = date.today().isoformat()  # noqa: DTZ011 - the database's day; both live in one place
LIVING = {
    "house_m2": "86.5",
    "house_structure": "brick_concrete",
    "water_source": "protected_well",
    "water_safe": "yes",
    "water_difficult": "unknown",
    "fuel_types": ["firewood", "clean_energy"],
}


class Officer:
    """An officer at a browser without a script."""

    def __init__(self, client: Any, household_id: UUID) -> None:
        self.client, self.root = client, f"/desk/households/{household_id}/register"

    def page(self, step: str = "", status: int = 200) -> str:
        answer = self.client.get(f"{self.root}/{step}".rstrip("/"))
        assert answer.status_code == status, answer.get_data(as_text=True)[:400]
        return unescape(answer.get_data(as_text=True))

    def sends(self, step: str, status: int, **form: Any) -> str:
        """Send a form with what the page said of the file and the draft."""
        answer = self.client.post(f"{self.root}/{step}".rstrip("/"), data=form)
        assert answer.status_code == status, re.findall(r"<h1>.*?</h1>|jd-error.*", answer.get_data(as_text=True))
        return unescape(answer.get_data(as_text=True)) if status != 303 else answer.headers["Location"]

    def stated(self, step: str) -> dict[str, str]:
        found = re.findall(r'name="(base|revision)" value="([^"]*)"', self.page(step))
        return dict(found)

    def fills(self, step: str, status: int = 303, **form: Any) -> str:
        return self.sends(step, status, **(self.stated(step) | form))

    def begins(self) -> "Officer":
        self.sends("", 303)
        return self


Enter = Callable[..., Officer]


@pytest.fixture
def enter(app: Any, people: People) -> Enter:
    """Somebody with a browser before a household."""

    def come(household_id: UUID, account_id: UUID | None = None) -> Officer:
        return Officer(sign_in(app.test_client(), account_id or people.author), household_id)

    return come


@pytest.fixture
def household_id(people: People) -> UUID:
    return make_household(people.author, region=VILLAGE)


def drafts(household_id: UUID) -> dict[str, SurveyDraft]:
    with unit_of_work(SYSTEM):
        rows = db.session.query(SurveyDraft).filter_by(household_id=household_id)
        return {row.step: row for row in rows}


def kinds(household_id: UUID) -> list[str]:
    with unit_of_work(SYSTEM):
        statement = text("SELECT kind FROM records.record WHERE stream = :stream ORDER BY seq")
        return list(db.session.scalars(statement, {"stream": f"household/{household_id}"}))


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


PERSON = {
    "name": "韦小妹",
    "sex": "female",
    "birth_date": "2015-03-02",
    "relation_to_head": "daughter",
    "school_status": "primary",
    "health_status": ["healthy"],
    "receives_dibao": "unknown",
}
EARNED = {
    "year": "2025",
    "concept": "net",
    "members_end": "2",
    "wage_migrant": "18,000",
    "business_crops": "4200",
    "expense_crops": "1200",
    "transfer_disaster_relief": "1000",
    "one_off": "transfer_disaster_relief",
}


def dossier(household_id: UUID) -> Dossier:
    with unit_of_work(SYSTEM):
        return dossier_on(SYSTEM, household_id, today())


def test_one_confirmation_puts_everything_on_file(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    officer.fills("basics", natural_village="上屯", household_category=["dibao_household"])
    officer.fills("person-new-1", **PERSON)
    officer.fills("income", **EARNED)
    officer.fills("living", **LIVING)
    officer.fills("causes", main_cause="lack_labour")
    shown = officer.page("check")
    assert "韦小妹" in shown
    assert "21,000" in shown
    before = kinds(household_id)
    assert "household_profile.changed" not in before
    officer.sends("check", 303, as_of=TODAY)
    found = dossier(household_id)
    assert found.profile is not None
    assert (found.profile.natural_village, found.profile.main_cause) == ("上屯", "lack_labour")
    assert found.living is not None
    assert (found.living.water_safe, found.living.water_difficult) == (True, None)
    assert [member.member.name for member in found.members] == ["韦某某", "韦小妹"]
    assert found.incomes[0].sums.per_capita == Decimal("11000.00")
    assert found.incomes[0].sums.one_off == Decimal(1000)
    assert drafts(household_id) == {}


def test_what_is_on_file_is_offered_and_never_taken_over_silently(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    officer.fills("living", **LIVING)
    officer.sends("check", 303, as_of=TODAY)
    officer.begins()
    shown = officer.page("living")
    assert 'id="house_m2-offer"' in shown
    assert 'name="house_m2" value="86.5"' not in shown
    assert 'value="86.5"' not in shown.partition("<form")[2].partition("data-copies")[0]
    officer.fills("living", copy="house_m2")
    again = officer.page("living")
    assert re.search(r'name="house_m2"[^>]*value="86.5"|value="86.5"[^>]*name="house_m2"', again)
    assert "checked" not in again
    officer.fills("living", copy="*")
    assert officer.page("living").count("checked") == 3


def test_a_field_left_empty_is_named_before_it_is_emptied(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    officer.fills("living", **LIVING)
    officer.sends("check", 303, as_of=TODAY)
    officer.begins().fills("living", house_m2="90")
    assert "册上有" in officer.page("check")
    officer.sends("check", 303, as_of=TODAY)
    living = dossier(household_id).living
    assert living is not None
    assert (living.house_m2, living.water_safe) == (Decimal(90), None)


def test_a_survey_never_writes_over_what_a_colleague_put_on_file(
    enter: Enter, people: People, household_id: UUID
) -> None:
    officer = enter(household_id).begins()
    officer.fills("living", house_m2="90", house_year="1999")
    with acting(people.verifier) as actor:
        household = db.session.get_one(Household, household_id)
        save_living_conditions(household, {"house_m2": 70, "house_year": 1999}, actor=actor, valid_from=today())
    assert "pick-house_m2" in officer.page("living")
    officer.sends("check", 422, as_of=TODAY)
    late = officer.client.post(f"{officer.root}/living/draft", data={"base": "", "revision": "1", "house_m2": "91"})
    assert late.status_code == 409
    living = dossier(household_id).living
    assert living is not None
    assert living.house_m2 == 70


def test_the_sum_is_shown_while_one_types(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    answer = officer.client.post(f"{officer.root}/income/draft", data=officer.stated("income") | EARNED)
    assert "22,000" in answer.json["part"]["html"]
    assert "11,000" in answer.json["part"]["html"]


def test_a_day_that_has_not_come_is_refused(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    officer.fills("living", **LIVING)
    assert 'id="as_of-error"' in officer.sends("check", 422, as_of="2099-01-01")
    assert "living" in drafts(household_id)


def test_what_a_service_refuses_is_said_and_nothing_is_written(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    officer.fills("person-new-1", **(PERSON | {"relation_to_head": "head"}))
    officer.fills("living", **LIVING)
    officer.sends("check", 422, as_of=TODAY)
    assert dossier(household_id).living is None
    assert "person-new-1" in drafts(household_id)


def test_an_erased_household_leaves_no_draft(enter: Enter, people: People, household_id: UUID) -> None:
    enter(household_id).begins().fills("living", **LIVING)
    with acting(people.county) as actor:
        order_id = ask_erasure(
            db.session.get_one(Household, household_id), actor=actor, reason=ErasureReason.MOVED_AWAY
        ).id
    with acting(make_person(Role.COUNTY_OFFICER, "451028")) as actor:
        agree_erasure(db.session.get_one(ErasureOrder, order_id), actor=actor)
    assert drafts(household_id) == {}
