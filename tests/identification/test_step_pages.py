"""The page of a case's step: what stands there, what it asks for, how it refuses (domain.md 3.2, 5.5)."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.policy_packs import shipped_value
from identification.case_choices import CaseStage, RejectReason
from identification.case_packs import PACKS
from identification.models import QuotaAnswer
from identification.views.case_steps.words import step_words
from registry.choices import MonitoringKind
from registry.queries import profile_on
from tests.factories.case_steps import A, B, case_of, put_case, put_flag, put_visit, steps_taken, take
from tests.factories.casework import day
from tests.factories.notices import board_photo
from tests.factories.people import make_person, sign_in
from tests.factories.places import OTHER_VILLAGE
from tests.identification.conftest import Village
from tests.plugins.web import make_app

REASON = "The house is sound and two work in town."


@pytest.fixture
def app(village: Village) -> Flask:
    """The application on the village's database."""
    return make_app()


@pytest.fixture
def home(village: Village) -> UUID:
    found = case_of(village.cases[0]).household_id
    assert found is not None
    return found


def path(case_id: UUID, step: str) -> str:
    return f"/desk/cases/{case_id}/steps/{step}"


def seen_on(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="(\d+)"', page)
    assert found is not None
    return found.group(1)


def test_the_township_reads_what_is_on_file_and_what_comes_next(
    village: Village, home: UUID, client: FlaskClient
) -> None:
    case_id = put_case(home, CaseStage.TOWNSHIP_REVIEW, A)
    put_visit(case_id, village.officer, village.team)
    put_flag(case_id)
    page = sign_in(client, village.township).get(f"{path(case_id, 'township_approve')}?lang=en")
    assert page.status_code == 200
    assert "韦**" in page.text
    assert "韦一民" not in page.text
    for words in ("cannot be measured", "Motor vehicle", "0 of 4 departments answered", "days left"):
        assert words in page.text
    assert "Then it stands at: Reviewed by the township." in page.text
    assert page.text.count("<h1") == 1


def test_it_is_approved_with_one_click_and_a_second_click_gets_the_same_answer(
    village: Village, home: UUID, client: FlaskClient
) -> None:
    case_id = put_case(home, CaseStage.TOWNSHIP_REVIEW, A)
    sign_in(client, village.township)
    body = {"seen": seen_on(client.get(path(case_id, "township_approve")).text), "idempotency_key": uuid4().hex}
    first = client.post(path(case_id, "township_approve"), data=body)
    assert (first.status_code, first.location) == (303, f"/desk/cases/{case_id}")
    second = client.post(path(case_id, "township_approve"), data=body)
    assert (second.status_code, second.headers["Idempotent-Replay"]) == (303, "true")
    assert (case_of(case_id).stage, case_of(case_id).township_by) == (CaseStage.TOWNSHIP_REVIEWED, village.township)
    assert len(steps_taken(case_id)) == 1


def test_a_reject_asks_for_code_and_words_and_keeps_what_was_typed(
    village: Village, home: UUID, client: FlaskClient
) -> None:
    case_id = put_case(home, CaseStage.COUNTY_REVIEW, A)
    sign_in(client, village.county)
    url = f"{path(case_id, 'county_reject')}?lang=en"
    page = client.post(url, data={"words": REASON})
    assert page.status_code == 422
    assert "Choose why the household is not admitted." in page.text
    assert REASON in page.text
    page = client.post(url, data={"reject": "above_line"})
    assert page.status_code == 422
    assert "Write it down in a few words." in page.text
    assert 'value="meeting"' not in page.text
    assert client.post(url, data={"reject": "meeting", "words": REASON}).status_code == 422
    assert client.post(url, data={"reject": "above_line", "words": REASON}).status_code == 303
    found, (step,) = case_of(case_id), steps_taken(case_id)
    assert (found.stage, found.reject_reason, found.decided_on) == (
        CaseStage.NOT_ADMITTED,
        RejectReason.ABOVE_LINE,
        day(),
    )
    assert (step.words, step.given) == (REASON, {"reject": "above_line"})


def test_a_household_declines_with_a_paper_or_a_witness(village: Village, home: UUID, client: FlaskClient) -> None:
    sign_in(client, village.officer)
    case_id = put_case(home, CaseStage.CLUE)
    page = client.post(f"{path(case_id, 'decline')}?lang=en", data={"words": "She says no."})
    assert page.status_code == 422
    assert "Add the signed paper, or name the witness." in page.text
    paper = {"words": "She says no.", "scan": (BytesIO(board_photo()), "no.jpg")}
    assert client.post(path(case_id, "decline"), data=paper).status_code == 303
    (step,) = steps_taken(case_id)
    assert step.file_id is not None
    other = put_case(home, CaseStage.CLUE)
    assert client.post(path(other, "decline"), data={"words": "No.", "witness": "Huang"}).status_code == 303
    assert steps_taken(other)[0].witness == "Huang"


def test_what_is_no_picture_is_said_beside_the_field(village: Village, home: UUID, client: FlaskClient) -> None:
    case_id = put_case(home, CaseStage.CLUE)
    body = {"words": "She says no.", "scan": (BytesIO(b"nothing"), "no.txt")}
    page = sign_in(client, village.officer).post(f"{path(case_id, 'decline')}?lang=en", data=body)
    assert (page.status_code, case_of(case_id).stage) == (422, CaseStage.CLUE)
    assert 'id="scan-error"' in page.text


@pytest.mark.parametrize(
    ("stage", "step", "status", "words"),
    [
        (CaseStage.TOWNSHIP_REVIEW, "county_approve", 409, "not possible in the present state"),
        (CaseStage.COUNTY_REVIEW, "county_approve", 409, "Choose the kind of monitoring first."),
        (CaseStage.TOWNSHIP_REVIEW, "township_approve", 403, ""),
        (CaseStage.REVIEWED, "vote_for", 404, ""),
        (CaseStage.VERIFYING, "record_visit", 404, ""),
        (CaseStage.VERIFYING, "nonsense", 404, ""),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused_with_its_reason(
    village: Village, home: UUID, client: FlaskClient, stage: CaseStage, step: str, status: int, words: str
) -> None:
    case_id = put_case(home, stage, B)
    sign_in(client, village.county)
    for answer in (client.get(f"{path(case_id, step)}?lang=en"), client.post(f"{path(case_id, step)}?lang=en")):
        assert answer.status_code == status
        assert words in answer.text
    assert case_of(case_id).stage is stage


def test_who_took_part_reads_that_somebody_else_must_decide(village: Village, home: UUID, client: FlaskClient) -> None:
    case_id = put_case(home, CaseStage.COUNTY_REVIEW, A, township_by=village.county)
    page = sign_in(client, village.county).get(f"{path(case_id, 'county_approve')}?lang=en")
    assert page.status_code == 409
    assert "You took part in this case before" in page.text


def test_the_next_village_does_not_find_it(village: Village, home: UUID, client: FlaskClient) -> None:
    case_id = put_case(home, CaseStage.CLUE)
    sign_in(client, make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE))
    assert client.get(path(case_id, "take_up")).status_code == 404
    assert client.post(path(case_id, "take_up")).status_code == 404


def test_a_page_opened_before_something_happened_is_shown_again_with_it(
    village: Village, home: UUID, client: FlaskClient
) -> None:
    case_id = put_case(home, CaseStage.TOWNSHIP_REVIEW, A)
    sign_in(client, village.township)
    url = f"{path(case_id, 'township_reject')}?lang=en"
    old = {"seen": seen_on(client.get(url).text), "reject": "above_line", "words": REASON}
    put_flag(case_id)
    page = client.post(url, data=old)
    assert page.status_code == 409
    for words in ("A flag was raised", REASON, "Nothing was sent."):
        assert words in page.text
    assert case_of(case_id).stage is CaseStage.TOWNSHIP_REVIEW
    assert client.post(url, data=old | {"seen": seen_on(page.text)}).status_code == 303


def test_where_another_one_was_faster_the_page_says_who_and_offers_no_button(
    village: Village, home: UUID, client: FlaskClient
) -> None:
    case_id = put_case(home, CaseStage.TOWNSHIP_REVIEW, A)
    sign_in(client, village.township)
    url = f"{path(case_id, 'township_approve')}?lang=en"
    old = {"seen": seen_on(client.get(url).text)}
    take(case_id, "township_return", make_person(Role.TOWNSHIP_OFFICER), reason="Look at the roof.")
    page = client.post(url, data=old)
    assert page.status_code == 409
    for words in ("sent back to be verified anew", "Township officer", "This step is no longer possible"):
        assert words in page.text
    assert 'name="seen"' not in page.text


def test_committee_and_team_sign_on_the_page_and_the_second_closes_the_list(
    village: Village, home: UUID, client: FlaskClient
) -> None:
    case_id = put_case(home, CaseStage.PRELIMINARY, A)
    for officer, stage in ((village.officer, CaseStage.PRELIMINARY), (village.team, CaseStage.VILLAGE_VERIFIED)):
        sign_in(client, officer)
        assert client.post(path(case_id, "sign_list")).status_code == 303
        assert case_of(case_id).stage is stage


def test_an_answer_beyond_the_number_is_kept_with_its_words(village: Village, home: UUID, client: FlaskClient) -> None:
    case_id = put_case(home, CaseStage.ELIGIBLE_OVER_QUOTA, A)
    sign_in(client, village.county)
    url = path(case_id, "answer_over_quota")
    page = client.get(f"{url}?answer=ask_above")
    assert re.search(r'<input[^>]*checked[^>]*value="ask_above"|value="ask_above"[^>]*checked', page.text)
    assert client.post(url, data={"answer": "ask_above"}).status_code == 422
    assert client.post(url, data={"answer": "ask_above", "words": "Asked the province."}).status_code == 303
    with unit_of_work(SYSTEM):
        (answer,) = db.session.query(QuotaAnswer).filter_by(case_id=case_id)
        assert (answer.answer, answer.words, answer.answered_by) == ("ask_above", "Asked the province.", village.county)
    assert (case_of(case_id).stage, case_of(case_id).due_on) == (CaseStage.ELIGIBLE_OVER_QUOTA, None)


ALL_FOUR = {"income_steady": "y", "guarantees_stable": "y", "risks_gone": "y", "no_new_risk": "y"}


def monitored(village: Village, home: UUID, stage: CaseStage) -> UUID:
    own = {"county_by": village.county, "monitored_kind": MonitoringKind.MARGINAL_AT_RISK, "decided_on": day(off=-90)}
    return put_case(home, stage, B, **own)


@pytest.mark.parametrize("missing", ALL_FOUR)
def test_each_condition_of_clearing_is_asked_for(
    village: Village, home: UUID, client: FlaskClient, missing: str
) -> None:
    case_id = monitored(village, home, CaseStage.MEASURES_ACTIVE)
    body = {name: value for name, value in ALL_FOUR.items() if name != missing} | {"can_work": "yes"}
    page = sign_in(client, village.officer).post(path(case_id, "propose_clearing"), data=body)
    assert (page.status_code, case_of(case_id).stage) == (422, CaseStage.MEASURES_ACTIVE)
    assert f'id="{missing}-error"' in page.text


def test_where_nobody_can_work_the_risk_is_not_called_gone(village: Village, home: UUID, client: FlaskClient) -> None:
    case_id = monitored(village, home, CaseStage.MEASURES_ACTIVE)
    sign_in(client, village.officer)
    assert client.post(path(case_id, "propose_clearing"), data=ALL_FOUR).status_code == 422
    page = client.post(f"{path(case_id, 'propose_clearing')}?lang=en", data=ALL_FOUR | {"can_work": "no"})
    assert page.status_code == 409
    assert "Nobody in this household can work." in page.text
    body = ALL_FOUR | {"can_work": "yes"}
    assert client.post(path(case_id, "propose_clearing"), data=body).status_code == 303


def test_the_county_says_how_the_risk_went_and_the_register_keeps_it(
    village: Village, home: UUID, client: FlaskClient
) -> None:
    case_id = monitored(village, home, CaseStage.CLEARING_REVIEW)
    sign_in(client, village.county)
    page = client.get(f"{path(case_id, 'clear')}?lang=en")
    assert "No help arrived on this platform." in page.text
    assert client.post(path(case_id, "clear")).status_code == 422
    assert client.post(path(case_id, "clear"), data={"way": "by_itself"}).status_code == 303
    with unit_of_work(SYSTEM):
        profile = profile_on(home, day())
        assert profile is not None
        assert (profile.monitoring_status, profile.clearing_method, profile.cleared_on) == (
            "cleared",
            "by_itself",
            day(),
        )
    assert (case_of(case_id).stage, case_of(case_id).cleared_on) == (CaseStage.CLEARED, day())


def test_an_appeal_by_phone_is_entered_by_the_operator_who_sees_no_more_than_whose_it_is(
    village: Village, home: UUID, client: FlaskClient
) -> None:
    case_id = put_case(home, CaseStage.NOT_ADMITTED, reject_reason="above_line")
    sign_in(client, make_person(Role.PHONE_OPERATOR))
    page = client.get(f"{path(case_id, 'appeal')}?lang=en")
    assert (page.status_code, "Persons" in page.text) == (200, False)
    answer = client.post(path(case_id, "appeal"), data={"words": "Nobody came in."})
    assert (answer.status_code, answer.location) == (303, "/desk")
    found = case_of(case_id)
    assert (found.stage, found.appealed, found.verification) == (CaseStage.VERIFYING, True, 2)


def test_every_step_of_a_person_has_a_page_somewhere() -> None:
    """No button of a case leads nowhere: here, at the visit, at the meeting or at the board."""
    elsewhere = {"open", "draft", "authorise", "record_visit", "propose", "vote_for", "vote_against"}
    rows = [row for pack in PACKS for row in shipped_value(pack)["transitions"]]
    steps = {row["name"] for row in rows if row["who"] != ["system"] and not str(row.get("as", "")).endswith("notice")}
    assert steps - elsewhere == set(step_words)
