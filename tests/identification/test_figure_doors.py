"""Figures of villages for everybody, coarse; and for officers in scope, exact."""

import csv
import io
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Role
from identification.case_choices import CaseStage
from identification.figures.arithmetic import Counts
from tests.factories.figures import home_in, put_figures
from tests.factories.people import VILLAGE, make_person, sign_in
from tests.factories.places import OTHER_VILLAGE
from tests.factories.rounds import apply_for
from tests.identification.conftest import Listed
from tests.plugins.web import make_app

COPIED = Counts(households=212, reached=205, applications=66, admitted=41, old=41, kept=41, objections=3)
NEW = Counts(
    households=180,
    reached=120,
    applications=60,
    admitted=40,
    old=35,
    kept=20,
    rejected={"above_line": 12, "meeting": 2},
    over_quota=8,
    longest_wait=41,
)


@pytest.fixture
def app(listed: Listed) -> Flask:
    """The application on the village's database."""
    return make_app()


@pytest.fixture
def reader(listed: Listed, client: FlaskClient) -> FlaskClient:
    """Somebody without an account, after two villages were frozen."""
    put_figures(VILLAGE, COPIED)
    put_figures(OTHER_VILLAGE, NEW)
    client.set_cookie("lang", "en")
    return client


def test_with_one_county_its_page_is_shown_at_once(reader: FlaskClient) -> None:
    assert reader.get("/identification").headers["Location"] == "/identification/451028"
    assert reader.get("/notices").text.count('href="/identification"') == 1


def test_the_counties_page_shows_every_village_with_its_alarms(reader: FlaskClient) -> None:
    page = reader.get("/identification/451028").text
    for words in ("about 40", "43%", "about 66%", "Nobody new: all admitted stood on the old register", "As of"):
        assert words in page, words
    assert "Too few households were reached" in page
    assert "Fewest new entries:" in page
    assert "What the figures mean" in page


def test_a_village_shows_why_households_were_not_admitted(reader: FlaskClient) -> None:
    page = reader.get(f"/identification/{OTHER_VILLAGE}").text
    assert "Income above the line, no other difficulty" in page
    assert "about 10" in page
    assert "The meeting voted against" in page
    assert "12" not in page.split("Why households were not admitted")[1].split("</table>")[0]
    assert "A household beyond the number waits too long" in page


def test_what_has_no_figures_says_so_and_what_is_no_place_is_not_there(listed: Listed, client: FlaskClient) -> None:
    client.set_cookie("lang", "en")
    assert "No figures were published yet." in client.get("/identification").text
    assert "No figures of this village" in client.get(f"/identification/{VILLAGE}").text
    assert "No figures were published yet." in client.get("/identification/451028").text
    for code in ("999", "451028100", "nowhere", "45"):
        assert client.get(f"/identification/{code}").status_code == 404
        assert client.get(f"/identification/{code}/figures.csv").status_code == 404


def test_the_file_holds_what_the_page_shows_and_nothing_finer(reader: FlaskClient) -> None:
    sent = reader.get("/identification/451028/figures.csv?of=A_register_2014.2026")
    assert "451028-figures.csv" in sent.headers["Content-Disposition"]
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(sent.get_data(as_text=True).lstrip("\ufeff")))}
    new = rows[OTHER_VILLAGE]
    assert (new["Admitted, rounded"], new["New among the admitted, per cent"]) == ("40", "50")
    assert (new["The meeting voted against"], new["Not reached, rounded"]) == ("<5", "60")
    assert "Nobody new" in rows[VILLAGE]["Alarms"]
    assert "41" not in set(rows[VILLAGE].values())


def test_the_villages_own_page_leads_to_its_figures(reader: FlaskClient) -> None:
    assert f"/identification/{VILLAGE}" in reader.get(f"/villages/{VILLAGE}").text
    assert "/identification/" not in reader.get("/villages/451028101200").text


def test_officers_see_exact_figures_of_their_places(listed: Listed, client: FlaskClient) -> None:
    officer = listed.people.author
    home_in(officer, CaseStage.COUNTY_APPROVED, region=VILLAGE, round_id=listed.round_id, old=True)
    client.set_cookie("lang", "en")
    sign_in(client, officer)
    own = client.get("/desk/identification-figures").text
    assert "Register of 2014" in own
    assert "Nobody new: all admitted stood on the old register" in own
    on_round = client.get(f"/desk/rounds/{listed.round_id}").text
    assert "0 of 1 admitted are new; 0 of 1 of the old register were not admitted again." in on_round
    assert client.get("/desk/identification-figures?place=451028").status_code == 404
    assert client.get("/desk/identification-figures?place=x").status_code == 404


def test_nothing_beside_the_old_register_is_said_before_the_last_vote(listed: Listed, client: FlaskClient) -> None:
    officer = listed.people.author
    home_in(officer, CaseStage.COUNTY_APPROVED, region=VILLAGE, round_id=listed.round_id, old=True)
    apply_for(officer, listed.round_id, listed.homes[0])
    client.set_cookie("lang", "en")
    sign_in(client, officer)
    for path in ("/desk/identification-figures", f"/desk/rounds/{listed.round_id}"):
        page = client.get(path).text
        assert "Shown only after all votes" in page
        assert "are new" not in page
        assert "Nobody new" not in page


@pytest.mark.parametrize(("role", "place", "status"), [(Role.AUDITOR, "45", 200), (Role.COUNTY_OFFICER, "451028", 200)])
def test_who_answers_for_more_chooses_a_county(
    listed: Listed, client: FlaskClient, role: Role, place: str, status: int
) -> None:
    client.set_cookie("lang", "en")
    above: UUID = make_person(role, place)
    sign_in(client, above)
    assert client.get("/desk/identification-figures").status_code == status
    found = client.get("/desk/identification-figures?place=451028000000")
    assert (found.status_code, "Register of 2014" in found.text) == (200, True)
    assert client.get("/desk/identification-figures?place=45").status_code == 404
