"""Anybody follows a county's figures from the notices to one village; officers see theirs exactly."""

from pathlib import Path

import pytest

from accounts.models import Role
from identification.case_choices import CaseStage, RejectReason
from identification.figures.arithmetic import Counts
from tests.factories.figures import home_in, put_figures
from tests.factories.needs import People
from tests.factories.people import make_person
from tests.factories.places import OTHER_VILLAGE, VILLAGE, lay_places
from tests.factories.rounds import make_round
from tests.journeys.test_rounds import shoot
from tests.plugins.browser import Visit
from tests.plugins.web import Live

FIGURES = {
    VILLAGE: Counts(212, 205, 66, admitted=41, old=41, kept=41, objections=7, rejected={"above_line": 14}),
    OTHER_VILLAGE: Counts(180, 120, 60, 40, old=35, kept=20, rejected={"meeting": 12}, over_quota=8, longest_wait=41),
    "451028101200": Counts(96, 92, 24, admitted=18, old=17, kept=15, objections=1, rejected={"meeting": 2}),
    "451028101201": Counts(340, 340, 98, admitted=72, old=80, kept=50, over_quota=3, longest_wait=9, upheld=2),
}
EXACT = (
    (CaseStage.COUNTY_APPROVED, True, {}),
    (CaseStage.COUNTY_APPROVED, True, {}),
    (CaseStage.NOT_ADMITTED, False, {"reject_reason": RejectReason.ABOVE_LINE}),
)


@pytest.fixture
def people(live: Live) -> People:
    lay_places()
    make_person(Role.COUNTY_OFFICER, "451028")
    return People()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_anybody_reads_the_figures_of_a_county(people: People, visit: Visit, tmp_path: Path, language: str) -> None:
    for region_code, counts in FIGURES.items():
        put_figures(region_code, counts)
    reader = visit(language).opens("/notices").presses("How villages identify households, in figures")
    reader.reads("Nobody new: all admitted stood on the old register")
    reader.page.wait_for_selector("[data-chart] svg")
    shoot(reader, "figures")
    saved = reader.save("figures.csv?of=A_register_2014.2026", tmp_path)
    assert saved.read_text(encoding="utf-8-sig").count("\n") == 1 + len(FIGURES)
    reader.does(reader.page.locator(f"main table a[href*='{OTHER_VILLAGE}']").first.click)
    reader.reads("A household beyond the number waits too long for its answer")
    shoot(reader, "figures-village")


@pytest.mark.browser
def test_an_officer_reads_exact_figures_on_a_phone(people: People, visit: Visit) -> None:
    running = make_round(people.author)
    for stage, old, columns in EXACT:
        home_in(people.author, stage, old=old, region=VILLAGE, round_id=running, **columns)
    officer = visit("zh", width=390).signed_in(people.author).opens("/desk/rounds").presses("Figures of my villages")
    officer.reads("Nobody new: all admitted stood on the old register")
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(officer, "figures-desk")
    officer.opens(f"/desk/rounds/{running}").reads("Too few households were reached")
