"""What is counted of a village, and what of it is frozen for the public once a month (domain.md 3.7.5)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseOrigin, CaseStage, Contact, RejectReason
from identification.case_packs import MONITORING_2021
from identification.figures.arithmetic import Counts
from identification.jobs.figures import freeze_all_figures, freeze_figures
from identification.models import VillageFigure
from identification.objection_choices import ObjectionKind
from identification.queries.figures.counting import periods_in
from identification.queries.figures.published import published_over_quota, published_village, published_villages
from identification.round_choices import OldRegister
from tests.factories.case_steps import put_case
from tests.factories.figures import PERIOD, YEAR, counted, freeze, home_in, put_figures
from tests.factories.needs import make_household
from tests.factories.notices import object_to
from tests.factories.people import VILLAGE, make_person
from tests.factories.places import OTHER_VILLAGE
from tests.factories.rounds import apply_for, describe, make_round, reach
from tests.identification.conftest import Listed

COUNTY = "451028"


def test_a_village_is_counted_with_all_that_its_figures_need(listed: Listed) -> None:
    officer, round_id = listed.people.author, listed.round_id
    with unit_of_work(SYSTEM):
        since = today() - timedelta(days=12)
    of_round = {"region": VILLAGE, "round_id": round_id}
    home_in(officer, CaseStage.REGISTERED, old=True, county_by=listed.people.county, **of_round)
    home_in(officer, CaseStage.COUNTY_APPROVED, **of_round)
    home_in(officer, CaseStage.NOT_ADMITTED, old=True, reject_reason=RejectReason.ABOVE_LINE, **of_round)
    home_in(officer, CaseStage.NOT_ADMITTED, reject_reason=RejectReason.MEETING, **of_round)
    home_in(officer, CaseStage.ELIGIBLE_OVER_QUOTA, over_quota_since=since, **of_round)
    reach(officer, round_id, *listed.homes)
    apply_for(officer, round_id, listed.homes[0])
    assert counted(COUNTY)[VILLAGE] == Counts(
        households=8,
        reached=2,
        applications=1,
        admitted=2,
        unvoted=1,
        old=2,
        kept=1,
        rejected={"above_line": 1, "meeting": 1},
        over_quota=1,
        longest_wait=12,
    )


def test_only_cases_of_the_pack_and_year_count(listed: Listed) -> None:
    officer = listed.people.author
    with unit_of_work(SYSTEM):
        last_year = today() - timedelta(days=400)
    put_case(listed.homes[0], CaseStage.MONITORED, MONITORING_2021, county_by=listed.people.county)
    put_case(listed.homes[1], CaseStage.CLEARED, MONITORING_2021, entered_on=last_year)
    assert counted(COUNTY)[VILLAGE].admitted == 0
    assert counted(COUNTY, (MONITORING_2021, YEAR))[VILLAGE].admitted == 1
    assert counted(COUNTY, (MONITORING_2021, YEAR))[VILLAGE].reached is None, "nobody opened a round"
    assert not counted(COUNTY, (MONITORING_2021, YEAR))[VILLAGE].compares
    assert counted(COUNTY, (MONITORING_2021, last_year.year))[VILLAGE].admitted == 1
    with unit_of_work(SYSTEM):
        assert set(periods_in(COUNTY)) == {PERIOD, (MONITORING_2021, YEAR), (MONITORING_2021, last_year.year)}
    assert officer


def test_what_people_say_themselves_is_an_application_and_a_draft_is_none(listed: Listed) -> None:
    officer, round_id = listed.people.author, listed.round_id
    apply_for(officer, round_id, listed.homes[0], submitted=False)
    for origin in (CaseOrigin.SELF_REPORT, CaseOrigin.ON_BEHALF, CaseOrigin.SENTINEL):
        home_in(officer, CaseStage.CLUE, region=VILLAGE, round_id=round_id, origin=origin)
    assert counted(COUNTY)[VILLAGE].applications == 2


def test_objections_count_where_they_belong(listed: Listed) -> None:
    object_to(None, ObjectionKind.OMISSION)
    put_case(listed.homes[0], CaseStage.CLUE)
    assert counted(COUNTY)[VILLAGE].objections == 0
    assert counted(COUNTY, (MONITORING_2021, YEAR))[VILLAGE].objections == 1


def test_a_household_that_ended_stays_on_the_old_register_and_leaves_the_list(listed: Listed) -> None:
    officer = listed.people.author
    home = home_in(officer, CaseStage.COUNTY_APPROVED, old=True, region=VILLAGE, round_id=listed.round_id)
    describe(home, previously_registered=True, registered_year=2013)
    found = counted(COUNTY)[VILLAGE]
    assert (found.households, found.old, found.kept) == (4, 1, 1), "two rows of one household are one"


def test_figures_are_frozen_once_a_month(listed: Listed) -> None:
    assert freeze(COUNTY) == 1
    reach(listed.people.author, listed.round_id, *listed.homes)
    assert freeze(COUNTY) == 0
    with unit_of_work(SYSTEM):
        found = published_village(VILLAGE, PERIOD)
        assert found is not None
        assert (found.shown.households, found.shown.old.state) == (None, OldRegister.NOT_ON_FILE)
        assert db.session.scalars(select(VillageFigure)).one().counts["reached"] == 0


def test_the_next_month_takes_the_rows_place(listed: Listed) -> None:
    freeze(COUNTY)
    with unit_of_work(SYSTEM):
        row = db.session.scalars(select(VillageFigure)).one()
        row.month = (row.month - timedelta(days=1)).replace(day=1)
    reach(listed.people.author, listed.round_id, *listed.homes)
    assert freeze(COUNTY) == 1
    with unit_of_work(SYSTEM):
        row = db.session.scalars(select(VillageFigure)).one()
        assert (row.counts["reached"], row.month) == (2, today().replace(day=1))


def test_a_few_households_more_change_nothing_beside_the_old_register(listed: Listed) -> None:
    """Two months side by side say of nobody whether it stood there (security.md 29)."""
    put_figures(VILLAGE, Counts(households=60))
    said = {"state": "shown", "new_share": 50, "dropped_share": 25, "alarms": []}
    with unit_of_work(SYSTEM):
        row = db.session.scalars(select(VillageFigure)).one()
        row.month = (row.month - timedelta(days=1)).replace(day=1)
        row.compared = {"counts": Counts(60, admitted=2, old=2, kept=1).as_values(), "block": said}
    home_in(listed.people.author, CaseStage.COUNTY_APPROVED, region=VILLAGE, round_id=listed.round_id, old=True)
    freeze(COUNTY)
    with unit_of_work(SYSTEM):
        found = published_village(VILLAGE, PERIOD)
    assert found is not None
    assert (found.shown.old.state, found.shown.old.new_share) == (OldRegister.SHOWN, 50)


def test_the_night_freezes_each_county_with_officers(listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("identification.jobs.figures.enqueue", lambda _task, place: asked.append(place))
    freeze_all_figures()
    assert asked == ["451028000000"]
    freeze_figures(place=asked[0])
    with unit_of_work(SYSTEM):
        assert [row.region_code for row in published_villages(COUNTY, PERIOD)] == [VILLAGE]


@pytest.mark.parametrize(("first", "total"), [(10, 10), (12, None)])
def test_the_sum_beyond_the_number_is_said_where_it_narrows_nothing_down(
    listed: Listed, first: int, total: int | None
) -> None:
    put_figures(VILLAGE, Counts(households=60, over_quota=first, longest_wait=3))
    put_figures(OTHER_VILLAGE, Counts(households=60, over_quota=1, longest_wait=3))
    with unit_of_work(SYSTEM):
        rows = published_villages(COUNTY, PERIOD)
        assert [row.shown.over_quota for row in rows] == [10, None]
        assert published_over_quota(COUNTY, PERIOD, rows) == total


def test_contacts_of_another_village_are_not_counted_here(listed: Listed) -> None:
    officer = make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)
    beside = make_household(officer, region=OTHER_VILLAGE)
    reach(officer, make_round(officer, region=OTHER_VILLAGE), beside, state=Contact.VISITED)
    found = counted(COUNTY)
    assert (found[OTHER_VILLAGE].reached, found[VILLAGE].reached) == (1, 0)
    assert list(counted(VILLAGE)) == [VILLAGE]
