"""Households beyond the number: a state of their own, an answer in 30 days, and three ways on (domain.md 3.7.8)."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.models import IdentificationCase
from identification.queries.cases.over_quota import OverQuotaRow, households_over_quota
from identification.queries.cases.quota import quota_left
from tests.factories.case_steps import A, case_of, put_case, take
from tests.factories.casework import day
from tests.factories.people import COUNTY, actor_of, make_person, sign_in
from tests.factories.places import OTHER_COUNTY
from tests.factories.quotas import agree, make_published_run, make_transfer
from tests.identification.conftest import Village
from tests.plugins.web import make_app

SMALL = 48  # persons in the whole county


@pytest.fixture
def app(village: Village) -> Flask:
    """The application on the village's database."""
    return make_app()


@pytest.fixture
def homes(village: Village) -> list[UUID]:
    return [found for case in village.cases if (found := case_of(case).household_id) is not None]


@pytest.fixture
def used_up(village: Village, homes: list[UUID]) -> UUID:
    """The year's number of the village, used to the last person; return its run."""
    run_id = make_published_run(make_person(Role.COUNTY_OFFICER, COUNTY), village.county, total=SMALL, year=day().year)
    left = left_for(put_case(homes[0], CaseStage.COUNTY_REVIEW, A))
    assert left is not None
    put_case(homes[0], CaseStage.REGISTERED, A, county_by=village.county, persons=left)
    return run_id


def left_for(case_id: UUID) -> int | None:
    with unit_of_work(SYSTEM):
        return quota_left(db.session.get_one(IdentificationCase, case_id))


def held(home: UUID, *, days: int = 12) -> UUID:
    """A household that has waited so many days."""
    return put_case(home, CaseStage.ELIGIBLE_OVER_QUOTA, A, over_quota_since=day(off=-days))


def rows(account_id: UUID) -> list[OverQuotaRow]:
    actor = actor_of(account_id)
    with unit_of_work(actor):
        return households_over_quota(actor)


def test_nobody_is_beyond_a_number_that_has_room_or_that_is_not_published(village: Village, homes: list[UUID]) -> None:
    case_id = put_case(homes[0], CaseStage.COUNTY_REVIEW, A)
    with pytest.raises(Refused) as refusal:
        take(case_id, "hold_over_quota", village.county)
    assert refusal.value.code == "quota_left"
    make_published_run(make_person(Role.COUNTY_OFFICER, COUNTY), village.county, total=SMALL, year=day().year)
    with pytest.raises(Refused) as refusal:
        take(case_id, "hold_over_quota", village.county)
    assert refusal.value.code == "quota_left"


def test_beyond_the_number_the_county_cannot_approve_but_hold_and_that_is_no_refusal(
    village: Village, homes: list[UUID], used_up: UUID
) -> None:
    case_id = put_case(homes[1], CaseStage.COUNTY_REVIEW, A)
    with pytest.raises(Refused) as refusal:
        take(case_id, "county_approve", village.county)
    assert refusal.value.code == "quota_used"
    assert take(case_id, "hold_over_quota", village.county) is CaseStage.ELIGIBLE_OVER_QUOTA
    found = case_of(case_id)
    assert (found.reject_reason, found.decided_on, found.over_quota_since) == (None, None, day())
    assert found.due_on == day(off=30)


def test_a_household_that_was_refused_is_not_in_the_list(village: Village, homes: list[UUID]) -> None:
    over = held(homes[0])
    put_case(homes[1], CaseStage.NOT_ADMITTED, A, reject_reason="above_line")
    assert [row.case.id for row in rows(village.county)] == [over]


def test_the_last_household_fits_whole_even_if_it_has_more_persons_than_are_left(
    village: Village, homes: list[UUID]
) -> None:
    make_published_run(make_person(Role.COUNTY_OFFICER, COUNTY), village.county, total=SMALL, year=day().year)
    case_id = put_case(homes[0], CaseStage.COUNTY_REVIEW, A, persons=30)
    assert 0 < (left_for(case_id) or 0) < 30
    assert take(case_id, "county_approve", village.county) is CaseStage.COUNTY_APPROVED


@pytest.mark.parametrize(("waited", "late"), [(29, False), (30, False), (31, True)])
def test_an_answer_is_late_after_thirty_days(village: Village, homes: list[UUID], waited: int, late: bool) -> None:
    held(homes[0], days=waited)
    (row,) = rows(village.county)
    assert (row.day, row.limit, row.is_late) == (waited, 30, late)


def test_who_was_answered_stands_last_with_the_latest_answer(village: Village, homes: list[UUID]) -> None:
    answered, waiting = held(homes[0], days=40), held(homes[1], days=2)
    for code in ("ask_above", "interim_help"):
        take(answered, "answer_over_quota", village.county, reason="Told them.", answer=code)
    first, last = rows(village.county)
    assert (first.case.id, last.case.id) == (waiting, answered)
    assert last.answer is not None
    assert (last.answer.answer, last.is_late) == ("interim_help", False)


def test_moved_persons_make_room_and_then_the_household_is_admitted(
    village: Village, homes: list[UUID], used_up: UUID
) -> None:
    case_id = held(homes[1])
    (row,) = rows(village.county)
    assert (row.left, row.has_room, row.run_id) == (0, False, used_up)
    with pytest.raises(Refused) as refusal:
        take(case_id, "admit_over_quota", village.county)
    assert refusal.value.code == "quota_used"
    other = make_person(Role.COUNTY_OFFICER, COUNTY)
    moved = {"from_code": "451028101200", "to_code": "451028100200", "persons": 2}
    agree(other, make_transfer(village.county, used_up, **moved))
    (row,) = rows(village.county)
    assert (row.left, row.has_room) == (2, True)
    assert take(case_id, "admit_over_quota", village.county) is CaseStage.COUNTY_APPROVED
    assert rows(village.county) == []


def test_persons_whom_the_county_admitted_are_not_there_to_be_moved_away(
    village: Village, homes: list[UUID], used_up: UUID
) -> None:
    moved = {"from_code": "451028100200", "to_code": "451028101200", "persons": 1}
    with pytest.raises(Refused) as refusal:
        make_transfer(village.county, used_up, **moved)
    assert (refusal.value.code, refusal.value.facts["there"]) == ("too_many", 0)


def test_the_page_lists_who_waits_with_the_three_answers(
    village: Village, homes: list[UUID], used_up: UUID, client: FlaskClient
) -> None:
    case_id = held(homes[1])
    page = sign_in(client, village.county).get("/desk/over-quota?lang=en")
    assert page.status_code == 200
    assert "黄二妹" not in page.text
    for words in ("黄**", "day 12 of 30", "number is used up", f"/desk/quotas/{used_up}"):
        assert words in page.text
    for code in ("move_quota", "ask_above", "interim_help"):
        url = f"/desk/cases/{case_id}/steps/answer_over_quota?answer={code}"
        assert f'href="{url}"' in page.text
        assert client.get(url).status_code == 200
    assert "admit_over_quota" not in page.text


def test_the_page_is_the_countys_and_shows_its_own_places_only(
    village: Village, homes: list[UUID], client: FlaskClient
) -> None:
    held(homes[0])
    for officer in (village.officer, village.township):
        assert sign_in(client, officer).get("/desk/over-quota").status_code == 403
    page = sign_in(client, make_person(Role.COUNTY_OFFICER, OTHER_COUNTY)).get("/desk/over-quota?lang=en")
    assert "No household of your places waits beyond the number." in page.text
