"""An office that lets its days go by loses its turn: the case passes up (domain.md 3.2 event 2, 3.7.8)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from core.clock import moved_clock
from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import SYSTEM
from identification.case_choices import CaseStage, OfficeLevel
from identification.case_packs import PACKS, pack_of
from identification.models import IdentificationCase
from identification.queries.cases import office_of
from identification.services.cases.escalating import escalate_due, next_office
from identification.workflow import case_workflow
from tests.factories.case_steps import A, B, case_of, put_case, steps_taken, take
from tests.identification.conftest import BEFORE, Village

# The 23rd of November 2026 is a Monday.
ENTERED = date(2026, 11, 23)
WEEK_LATER = date(2026, 11, 30)
BATCH = 500


def on(day: date, hour: int = 4, minute: int = 0) -> datetime:
    """Return a moment in UTC; China is eight hours ahead."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def run(at: datetime) -> None:
    """Let the daily job run at a moment."""
    with unit_of_work(SYSTEM), moved_clock(at):
        escalate_due(limit=BATCH)
        db.session.flush()


def office(case_id: UUID) -> str:
    with unit_of_work(SYSTEM):
        return office_of(db.session.get_one(IdentificationCase, case_id))


def put(village: Village, stage: CaseStage, pack: str, **columns: object) -> UUID:
    with unit_of_work(SYSTEM):
        home = db.session.get_one(IdentificationCase, village.cases[0]).household_id
    assert home is not None
    return put_case(home, stage, pack, at=BEFORE, **columns)


@pytest.fixture
def applied(demo_village: Village) -> UUID:
    """An application that the village has five working days to accept: until Monday of the next week."""
    case_id = put(demo_village, CaseStage.APPLIED, A)
    assert case_of(case_id).due_on == WEEK_LATER
    return case_id


def test_on_the_last_day_the_village_still_has_its_turn(applied: UUID) -> None:
    run(on(WEEK_LATER, 15, 59))
    assert (case_of(applied).escalated_to, case_of(applied).due_on) == (OfficeLevel.NONE, WEEK_LATER)


def test_after_midnight_in_china_the_township_has_it_with_as_many_days(applied: UUID) -> None:
    run(on(WEEK_LATER, 16, 0))
    found = case_of(applied)
    assert (found.escalated_to, found.due_on) == (OfficeLevel.TOWNSHIP, date(2026, 12, 8))
    assert (office(applied), found.stage, found.stage_on) == ("township", CaseStage.APPLIED, ENTERED)


def test_the_step_stands_in_the_file_as_the_platforms(applied: UUID) -> None:
    run(on(WEEK_LATER, 16, 20))
    (step,) = steps_taken(applied)
    assert (step.name, step.taken_by, step.stage) == ("escalate", None, CaseStage.APPLIED)


def test_the_job_may_run_twice_on_one_day(applied: UUID) -> None:
    run(on(WEEK_LATER, 16, 20))
    run(on(WEEK_LATER, 16, 21))
    assert case_of(applied).escalated_to is OfficeLevel.TOWNSHIP
    assert len(steps_taken(applied)) == 1


def test_it_goes_on_up_the_ladder_and_stops_at_the_province(applied: UUID) -> None:
    found = []
    moment = on(WEEK_LATER, 16, 20)
    for _week in range(5):
        run(moment)
        found.append(case_of(applied).escalated_to.value)
        moment += timedelta(days=15)
    assert found == ["township", "county", "province", "province", "province"]
    assert [step.name for step in steps_taken(applied)] == ["escalate"] * 3


def test_the_township_may_act_for_the_village_only_once_the_case_was_passed_to_it(
    applied: UUID, demo_village: Village
) -> None:
    with pytest.raises(Refused) as refusal:
        take(applied, "accept", demo_village.township, at=on(ENTERED, 6))
    assert refusal.value.code == "villages_turn"
    run(on(WEEK_LATER, 16, 20))
    assert take(applied, "accept", demo_village.township, at=on(WEEK_LATER, 17)) is CaseStage.VERIFYING


def test_the_village_may_still_act_after_it_was_passed_on_and_the_next_office_counts_anew(
    applied: UUID, demo_village: Village
) -> None:
    run(on(WEEK_LATER, 16, 20))
    assert take(applied, "accept", demo_village.officer, at=on(WEEK_LATER, 17)) is CaseStage.VERIFYING
    assert (case_of(applied).escalated_to, office(applied)) == (OfficeLevel.NONE, "village")


def test_holidays_do_not_count_among_working_days(demo_village: Village) -> None:
    """Two working days from Wednesday the 30th of September 2026 end after the National Day's week."""
    case_id = put(demo_village, CaseStage.CLUE, B, stage_on=date(2026, 9, 30))
    due = case_of(case_id).due_on
    assert due is not None
    assert due > date(2026, 10, 7)


def test_the_province_hears_of_a_household_beyond_the_number_after_thirty_days(demo_village: Village) -> None:
    case_id = put(demo_village, CaseStage.ELIGIBLE_OVER_QUOTA, A, over_quota_since=ENTERED)
    last = ENTERED + timedelta(days=30)
    run(on(last, 15, 59))
    assert case_of(case_id).escalated_to is OfficeLevel.NONE
    run(on(last, 16, 20))
    assert case_of(case_id).escalated_to is OfficeLevel.PROVINCE


def test_a_household_that_was_answered_is_not_passed_up(demo_village: Village) -> None:
    case_id = put(demo_village, CaseStage.ELIGIBLE_OVER_QUOTA, A, over_quota_since=ENTERED)
    take(case_id, "answer_over_quota", demo_village.county, at=on(ENTERED, 6), reason="Asked.", answer="ask_above")
    run(on(ENTERED + timedelta(days=40)))
    found = case_of(case_id)
    assert (found.stage, found.escalated_to, found.due_on) == (
        CaseStage.ELIGIBLE_OVER_QUOTA,
        OfficeLevel.NONE,
        None,
    )


def test_a_state_without_a_next_office_stays_where_it_is(demo_village: Village) -> None:
    case_id = put(demo_village, CaseStage.COUNTY_REVIEW, B)
    run(on(ENTERED + timedelta(days=60)))
    assert (case_of(case_id).escalated_to, steps_taken(case_id)) == (OfficeLevel.NONE, [])


def test_batches_follow_one_another_past_those_that_stay(demo_village: Village) -> None:
    ids = [put(demo_village, stage, B) for stage in (CaseStage.COUNTY_REVIEW, CaseStage.CLUE, CaseStage.VERIFYING)]
    with unit_of_work(SYSTEM), moved_clock(on(ENTERED + timedelta(days=60))):
        after = escalate_due(limit=1)
        while after is not None:
            after = escalate_due(limit=1, after=after)
        db.session.flush()
    assert [case_of(case_id).escalated_to.value for case_id in ids] == ["none", "township", "township"]


@pytest.mark.parametrize("code", PACKS)
def test_every_state_that_a_pack_lets_escalate_has_days_and_a_next_office(code: str, demo_village: Village) -> None:
    with unit_of_work(SYSTEM):
        pack = pack_of(code, "451028100200", ENTERED)
        sources = case_workflow(pack).get("escalate").sources
    wrong = [stage for stage in sources if "then" not in pack["days"].get(str(stage), {})]
    assert wrong == []
    idle = [stage for stage, days in pack["days"].items() if "then" in days and CaseStage(stage) not in sources]
    assert idle == []


def test_a_case_of_another_state_has_no_next_office(demo_village: Village) -> None:
    case_id = put(demo_village, CaseStage.REVIEWED, A)
    with unit_of_work(SYSTEM):
        assert next_office(db.session.get_one(IdentificationCase, case_id)) is None
