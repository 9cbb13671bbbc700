"""The desk's pages about rounds: the full list, quick entry, why households are missing, the sentinel lists."""

from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from core.clock import today
from core.db import unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseStage, Contact, RoundStage
from tests.factories.needs import make_household
from tests.factories.notices import board_photo
from tests.factories.people import VILLAGE, make_person, sign_in
from tests.factories.places import OTHER_VILLAGE
from tests.factories.rounds import apply_for, cases_about, coverage_now, put_on_lists, reach, round_of
from tests.identification.conftest import Listed
from tests.plugins.web import make_app

NAME = "韦金丝雀"


@pytest.fixture
def app(listed: Listed) -> Flask:
    """The application on the village's database."""
    return make_app()


@pytest.fixture
def officer(listed: Listed, client: FlaskClient) -> FlaskClient:
    """The village officer's browser."""
    client.set_cookie("lang", "en")
    return sign_in(client, listed.people.author)


def day() -> str:
    with unit_of_work(SYSTEM):
        return today().isoformat()


def at(listed: Listed, *parts: object) -> str:
    return "/".join(map(str, ("/desk/rounds", listed.round_id, *parts)))


def test_a_round_is_opened_in_the_pages(listed: Listed, officer: FlaskClient) -> None:
    assert VILLAGE in officer.get("/desk/rounds/new").text
    assert officer.post("/desk/rounds", data={"region_code": VILLAGE}).status_code == 422
    values = {"region_code": VILLAGE, "pack": "B_monitoring_2021", "year": "1999"}
    wrong = officer.post("/desk/rounds", data=values)
    assert (wrong.status_code, "1999" in wrong.text) == (422, True)
    made = officer.post("/desk/rounds", data=values | {"year": "2026"})
    assert made.status_code == 303
    page = officer.get(made.headers["Location"])
    assert "0 of 3 households reached" in page.text
    assert made.headers["Location"] in officer.get("/desk/rounds").text


def test_the_page_of_a_round_says_how_far_it_has_come(listed: Listed, officer: FlaskClient) -> None:
    reach(listed.people.author, listed.round_id, listed.homes[0])
    reach(listed.people.author, listed.round_id, listed.homes[1], state=Contact.ABSENT_UNREACHABLE, words="Locked.")
    page = officer.get(at(listed)).text
    assert "1 of 3 households reached, 33.3%" in page.replace("\u00a0", " ")
    assert "2 households must still be reached" in page
    assert 'aria-label="Visited: 1, Has applied: 0' in page


def test_its_records_are_for_officers_of_the_place(listed: Listed, officer: FlaskClient, app: Flask) -> None:
    reach(listed.people.author, listed.round_id, listed.homes[0])
    records = officer.get(f"/records/identification_round/{listed.round_id}")
    assert (records.status_code, "A household of the full list was reached" in records.text) == (200, True)
    assert app.test_client().get(f"/records/identification_round/{listed.round_id}").status_code == 404


def test_several_are_entered_at_once_and_what_was_typed_is_kept(listed: Listed, officer: FlaskClient) -> None:
    chosen = [str(home) for home in listed.homes]
    half = {"households": chosen, "state": "absent_contacted", "happened_on": day(), "show": "all"}
    wrong = officer.post(at(listed, "contacts"), data=half)
    assert wrong.status_code == 422
    assert wrong.text.count(" checked") == 3, "two households and the kind of contact stay chosen"
    assert "Write how they were reached" in wrong.text
    right = officer.post(at(listed, "contacts"), data=half | {"words": "By phone, in Guangdong."})
    assert (right.status_code, right.headers["Location"]) == (303, at(listed, "households") + "?show=all")
    assert coverage_now(listed.round_id).reached == 2
    nobody = officer.post(at(listed, "contacts"), data={"state": "visited", "happened_on": day()})
    assert (nobody.status_code, "Choose the households" in nobody.text) == (422, True)
    for stranger in (str(uuid4()), "not-an-id"):
        sent = {"households": stranger, "state": "visited", "happened_on": day()}
        assert officer.post(at(listed, "contacts"), data=sent).status_code == 404


def test_the_list_shows_who_is_missing_and_filters(listed: Listed, officer: FlaskClient) -> None:
    make_household(listed.people.author, household_no="H777", head_name=NAME)
    reach(listed.people.author, listed.round_id, *listed.homes)
    left = officer.get(at(listed, "households")).text
    assert "H777" in left
    assert "H001" not in left
    assert NAME not in left
    everybody = officer.get(at(listed, "households"), query_string={"show": "all", "choose": "all"}).text
    assert everybody.count(" checked") == 4
    assert "H001" in officer.get(at(listed, "households"), query_string={"show": "visited"}).text
    assert "No household of the list" in officer.get(at(listed, "households"), query_string={"show": "applied"}).text


def test_a_written_refusal_comes_with_its_paper(listed: Listed, officer: FlaskClient) -> None:
    home = at(listed, "households", listed.homes[0])
    sent = {"state": "declined_in_writing", "happened_on": day()}
    assert officer.post(home, data=sent).status_code == 422
    broken = officer.post(home, data=sent | {"paper": (BytesIO(b"no picture"), "paper.jpg")})
    assert (broken.status_code, "Only JPEG" in broken.text) == (422, True)
    whole = officer.post(home, data=sent | {"paper": (BytesIO(board_photo()), "paper.jpg")})
    assert whole.status_code == 303
    assert "Declined in writing" in officer.get(home).text
    assert officer.get(f"{home}/paper").mimetype == "image/jpeg"
    assert officer.get(at(listed, "households", listed.homes[1], "paper")).status_code == 404
    assert officer.get(at(listed, "households", uuid4())).status_code == 404


def test_a_paper_is_for_the_village_only(listed: Listed, officer: FlaskClient, app: Flask) -> None:
    home = at(listed, "households", listed.homes[0])
    sent = {"state": "declined_in_writing", "happened_on": day(), "paper": (BytesIO(board_photo()), "paper.jpg")}
    officer.post(home, data=sent)
    reader = sign_in(app.test_client(), make_person(Role.EVALUATOR))
    assert reader.get(home).status_code == 200
    assert reader.get(f"{home}/paper").status_code == 403


def test_the_reason_is_written_and_the_round_is_closed(listed: Listed, officer: FlaskClient) -> None:
    assert officer.post(at(listed, "close")).status_code == 409
    assert officer.post(at(listed, "explain"), data={"reason": "short"}).status_code == 422
    why = "The road to group 3 is under water."
    assert officer.post(at(listed, "explain"), data={"reason": why}).status_code == 303
    assert why in officer.get(at(listed)).text
    case_id = apply_for(listed.people.author, listed.round_id, listed.homes[0])
    assert "1 case has not had its vote yet" in officer.get(at(listed)).text
    assert officer.post(at(listed, "close")).status_code == 409
    assert case_id
    with unit_of_work(SYSTEM):
        assert round_of(listed.round_id).stage is RoundStage.OPEN


def test_a_closed_round_offers_nothing_to_enter(listed: Listed, officer: FlaskClient) -> None:
    officer.post(at(listed, "explain"), data={"reason": "The road is under water."})
    assert officer.post(at(listed, "close")).status_code == 303
    for path in (at(listed), at(listed, "households"), at(listed, "households", listed.homes[0])):
        page = officer.get(path)
        assert page.status_code == 200
        assert f'action="/desk/rounds/{listed.round_id}' not in page.text


def test_the_list_to_take_along_names_only_who_is_missing(listed: Listed, officer: FlaskClient) -> None:
    reach(listed.people.author, listed.round_id, listed.homes[0])
    page = officer.get(at(listed, "visiting-list")).text
    assert ("H001" in page, "H002" in page, "韦某某" in page) == (False, True, False)


def test_the_button_looks_through_the_lists_of_a_village(listed: Listed, officer: FlaskClient) -> None:
    home: UUID = listed.homes[0]
    put_on_lists(listed.people.author, home)
    page = officer.get("/desk/sentinels").text
    assert "Unsafe drinking water" in page
    assert "1 household waits for somebody to ask." in page
    pressed = officer.post("/desk/sentinels", data={"village": VILLAGE})
    assert pressed.headers["Location"] == f"/desk/sentinels?village={VILLAGE}"
    (case,) = cases_about(home)
    assert case.stage is CaseStage.CLUE
    again = officer.get(pressed.headers["Location"]).text
    assert f"/desk/cases/{case.id}" in again
    assert "1 clue waits" in again


def test_lists_of_another_village_are_not_there(listed: Listed, officer: FlaskClient) -> None:
    assert officer.get("/desk/sentinels", query_string={"village": OTHER_VILLAGE}).status_code == 404
    assert officer.post("/desk/sentinels", data={"village": OTHER_VILLAGE}).status_code == 404
    assert officer.post("/desk/sentinels").status_code == 404


def test_illness_is_named_on_no_list(listed: Listed, officer: FlaskClient, app: Flask) -> None:
    put_on_lists(listed.people.author, listed.homes[0], water_safe=False)
    from_above = sign_in(app.test_client(), listed.people.county)
    chosen = from_above.get("/desk/sentinels?lang=en").text
    assert "See its lists" in chosen, "a county has several villages"
    assert "disability" not in from_above.get(f"/desk/sentinels?village={VILLAGE}&lang=en").text
