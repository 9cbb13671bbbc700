"""A survey is put on file by one confirmation; nothing on file is taken over silently or written over."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from core.clock import local_day, today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.models import Household
from registry.queries.dossiers import Dossier, dossier_on
from registry.services import save_living_conditions
from tests.factories.needs import People
from tests.factories.people import acting
from tests.factories.survey_officer import LIVING, Officer, drafts, kinds

Enter = Callable[..., Officer]
DAY = local_day(datetime.now(UTC))
TODAY = DAY.isoformat()

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


def test_a_year_that_has_not_ended_needs_its_twelve_months(enter: Enter, household_id: UUID) -> None:
    """Some provinces count the twelve months before the survey (domain.md 2.1 f)."""
    officer = enter(household_id).begins()
    this_year = EARNED | {"year": str(DAY.year)}
    assert 'id="year-error"' in officer.fills("income", 422, **this_year)
    end = DAY.replace(day=1) - timedelta(days=1)
    start = end - timedelta(days=364)
    rolling = EARNED | {"year": str(end.year), "period_start": start.isoformat(), "period_end": end.isoformat()}
    officer.fills("income", **rolling)
    officer.sends("check", 303, as_of=TODAY)
    record = dossier(household_id).incomes[0].record
    assert (record.period_start, record.period_end) == (start, end)


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


def test_a_visit_before_the_standing_row_began_is_not_hidden_behind_it(enter: Enter, household_id: UUID) -> None:
    """The household came on file today, the visit was yesterday (decision 0021: `as_of` says when it was seen)."""
    officer = enter(household_id).begins()
    officer.fills("basics", natural_village="上屯")
    officer.sends("check", 303, as_of=(DAY - timedelta(days=1)).isoformat())
    profile = dossier(household_id).profile
    assert profile is not None
    assert (profile.natural_village, profile.valid_from) == ("上屯", DAY)
    assert profile.as_of == DAY - timedelta(days=1)


def test_nobody_becomes_a_second_head_by_having_lived_there_longer(enter: Enter, household_id: UUID) -> None:
    officer = enter(household_id).begins()
    officer.fills("person-new-1", **(PERSON | {"relation_to_head": "head", "joined_on": "2019-05-01"}))
    officer.sends("check", 422, as_of=TODAY)
    assert len(dossier(household_id).members) == 1


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
