"""The demo: an invented county, loaded through the ordinary services (workflows.md, doubts 6, 9 and 16)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from accounts.queries import actor_for_account, find_account_by_username
from core import settings
from core.clock import today
from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import SYSTEM
from core.provision import Prepared
from core.records import open_payload
from core.records.checking import verify_database
from pages.queries.desk import DeskTask, Step, desk_tasks
from registry.queries import dossier_on, households_in_scope
from registry.services import amounts_of
from tests.plugins.databases import copied
from web.demo.clockwork import Clockwork
from web.demo.loader import DemoReport, DemoWish, load_demo
from web.demo.plan import share_out

SMALL = DemoWish(households=100, needs=120)
LISTED = ["village", "team", "township", "county", "cadre", "unit", "ngo", "firm", "person", "evaluator", "auditor"]


MEMBERS = (
    "SELECT count(*) FROM membership m WHERE superseded_by IS NULL AND valid_from <= CURRENT_DATE"
    " AND (valid_to IS NULL OR valid_to > CURRENT_DATE)"
)
S = Step
OF_CASES = {S.MOVE_CASE, S.LOOK_AT_NOTICE, S.ANSWER_OBJECTION}
DESKS = {
    "village": {S.VERIFY, S.RENEW, S.FINISH_DRAFT, S.RECORD_CONSENT, S.CONFIRM, S.DECIDE, S.ARRIVE, S.ISSUE_CODE}
    | {*OF_CASES, S.SURVEY_NEEDS},
    "team": {S.VERIFY, S.RENEW, S.FINISH_DRAFT, S.RECORD_CONSENT, S.CONFIRM, S.WAIT_FOR_VERIFICATION} | OF_CASES,
    "township": {S.APPROVE, S.CONFIRM, S.DECIDE, S.ISSUE_CODE, S.WATCH_ISSUE} | {*OF_CASES, S.SEE_TO_CASE},
    "county": {S.CHECK_DONOR, S.DECIDE_APPEAL, S.SETTLE_ISSUE, S.ANSWER_REPORT, S.APPROVE_GRANT, S.MOVE_CASE},
    "cadre": {S.COMMENT, S.DECIDE, S.ISSUE_CODE, S.MEND, S.FINISH_DRAFT, S.WAIT_FOR_APPROVAL},
    "unit": {S.DELIVER, S.MEND, S.WAIT_FOR_DECISION, S.WAIT_FOR_HOUSEHOLD},
    "ngo": {S.DELIVER, S.MEND, S.ANSWER_INVITATION, S.WAIT_FOR_DECISION, S.WAIT_FOR_HOUSEHOLD},
    "firm": {S.DELIVER, S.MEND, S.ANSWER_INVITATION, S.WAIT_FOR_DECISION},
    "person": {S.DELIVER, S.ANSWER_INVITATION, S.WAIT_FOR_DECISION},
}


def tasks_of(name: str) -> list[DeskTask]:
    with unit_of_work(SYSTEM):
        account = find_account_by_username(name)
        actor = None if account is None else actor_for_account(account.id)
        return [] if actor is None else desk_tasks(actor, today())


def steps_of(name: str) -> set[Step]:
    return {task.step for task in tasks_of(name)}


def days_late() -> dict[tuple[str, str], int]:
    """By how many days tasks of the listed people are late: two years leave hardly any lying."""
    with unit_of_work(SYSTEM):
        day = today()
    due = [(name, task, task.due_on) for name in DESKS for task in tasks_of(name) if task.due_on is not None]
    return {(name, f"{task.step} {task.title}"): (day - on).days for name, task, on in due if on < day}


def ask(statement: str) -> object:
    with unit_of_work(SYSTEM) as session:
        return session.execute(text(statement)).scalar()


@pytest.fixture(scope="module")
def county(demo_template: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoReport]:
    """A small county, loaded once; the tests of this file look at it."""
    with copied(demo_template) as found:
        settings.configure(replace(found, var=tmp_path_factory.mktemp("county")))
        yield load_demo(SMALL, on_progress=lambda count: None)


def test_a_small_county_is_loaded_whole(county: DemoReport) -> None:
    assert (county.townships, county.villages, county.households, county.needs) == (8, 89, 100, 120)
    paired = "SELECT count(*) FROM helper_link WHERE rank = 1 AND stage = 'active'"
    assert ask(paired) == 100 + 89
    assert ask("SELECT count(*) FROM donor WHERE stage = 'verified'") == 60
    assert (
        ask(
            "SELECT count(*) FROM need_balance b JOIN need n ON n.id = b.need_id"
            " WHERE b.held <> n.quantity AND b.held <> ("
            " SELECT coalesce(sum(CASE WHEN stage IN ('offered', 'agreed') THEN quantity ELSE delivered END), 0)"
            " FROM pledge WHERE need_id = n.id)"
        )
        == 0
    )
    assert verify_database(db.engine).code == 0


def test_the_listed_accounts_are_written_down(county: DemoReport) -> None:
    accounts = json.loads((settings.current().var / "demo-accounts.json").read_text())
    query = "SELECT count(*) FROM account a JOIN credential c ON c.account_id = a.id WHERE password_hash IS NOT NULL"
    assert ask(query) == len(accounts)
    assert {row["username"] for row in accounts} >= set(LISTED)


def test_the_listed_desks_hold_some_of_everything_and_little_is_late(county: DemoReport) -> None:
    waiting = {name: steps_of(name) for name in DESKS}
    assert {name: steps - waiting[name] for name, steps in DESKS.items()} == dict.fromkeys(DESKS, set())
    late = days_late()
    assert len(late) <= 12
    assert {task: days for task, days in late.items() if days > 3} == {}


def test_a_county_is_loaded_once(county: DemoReport) -> None:
    with pytest.raises(Refused):
        load_demo(SMALL, on_progress=lambda count: None)


def test_each_household_has_its_members_and_one_head(county: DemoReport) -> None:
    assert ask(f"SELECT count(*) FROM household h WHERE size <> ({MEMBERS} AND m.household_id = h.id)") == 0
    head = "relation_to_head = 'head' AND m.household_id = h.id"
    assert ask(f"SELECT count(*) FROM household h WHERE 1 <> ({MEMBERS} AND {head})") == 0
    assert ask("SELECT count(*) - count(DISTINCT id_index) FROM member") == 0
    wrong = "SELECT count(*) FROM household h JOIN member m ON m.id_index = h.id_index WHERE m.household_id <> h.id"
    assert ask(wrong) == 0
    lately = "SELECT count(*) FROM member_event WHERE created_at > CURRENT_DATE - 725"
    assert 1 <= int(str(ask(lately))) <= 3


def test_each_household_is_described_and_has_the_incomes_of_two_years(county: DemoReport) -> None:
    for table in ("household_profile", "living_conditions"):
        rows = f"SELECT count(DISTINCT household_id) FROM {table} WHERE valid_to IS NULL AND superseded_by IS NULL"
        assert ask(rows) == 100
    assert ask("SELECT count(*) FROM income_record WHERE year > 2014") == 200
    assert ask("SELECT count(DISTINCT monitoring_kind) FROM household_profile") == 3
    exited = "SELECT count(*) > 50 FROM household_profile WHERE poverty_status = 'exited' AND valid_to IS NULL"
    assert ask(exited) is True
    assert ask("SELECT count(*) FROM village_profile") == 2 * 89


def test_a_village_officer_reads_a_whole_dossier(county: DemoReport) -> None:
    with unit_of_work(SYSTEM):
        account = find_account_by_username("village")
        actor = actor_for_account(account.id) if account else None
        assert actor is not None
        household = households_in_scope(actor).items[0]
        dossier = dossier_on(actor, household.id, today())
        assert (len(dossier.members), len(dossier.incomes)) == (household.size, 3)
        assert dossier.head is not None
        assert dossier.head.member.name == dossier.household.head_name
        year = dossier.incomes[0]
        assert year.record.members_end == household.size
        assert amounts_of(year.sums.items) == year.record.amounts
        assert 0 < year.sums.per_capita < 100_000
        assert dossier.profile is not None
        then = dossier_on(actor, household.id, date(2014, 6, 1))
        assert then.profile is not None
        assert then.profile.poverty_status == "none"
        assert 1 <= len(then.members) <= len(dossier.members)
        assert open_payload(f"household/{household.id}", 1)["head_name"] == dossier.household.head_name


def test_the_round_of_2014_is_finished_and_dated_in_its_year(county: DemoReport) -> None:
    """domain.md 3.2: every state of the register's way was gone through by somebody, in its time."""
    ended = {"registered", "not_admitted", "withdrawn"}
    a = "identification_case WHERE pack = 'A_register_2014'"
    assert ask(f"SELECT array_agg(DISTINCT stage) FROM {a}") == sorted(ended)
    assert ask(
        f"SELECT array_agg(DISTINCT reject_reason ORDER BY reject_reason) FROM {a} AND stage = 'not_admitted'"
    ) == [
        "above_line",
        "meeting",
        "veto_confirmed",
    ]
    assert ask("SELECT array_agg(stage || ' ' || closed_on) FROM identification_round") == ["closed 2014-09-04"]
    steps = f"case_step WHERE case_id IN (SELECT id FROM {a})"
    assert ask(f"SELECT array_agg(DISTINCT extract(year FROM taken_at)) FROM {steps}") == [2014]
    assert ask("SELECT array_agg(DISTINCT stage) FROM notice WHERE pack = 'A_register_2014'") == ["closed"]
    assert ask("SELECT count(DISTINCT region_code) FROM notice WHERE step = 'second'") == 20
    assert (
        ask(
            "SELECT count(*) FROM notice_entry e JOIN notice n ON n.id = e.notice_id"
            " WHERE n.pack = 'A_register_2014' AND household_suffix <> ''"
        )
        == 0
    )
    findings = "SELECT array_agg(kind || ' ' || finding ORDER BY kind) FROM objection WHERE filed_at < '2015-01-01'"
    assert ask(findings) == ["omission upheld", "wrong_inclusion dismissed"]


def test_the_round_kept_the_village_s_number_and_answered_who_was_beyond_it(county: DemoReport) -> None:
    """domain.md 3.7.8 and 4.4."""
    answered = "SELECT array_agg(answer || ' ' || stage) FROM quota_answer JOIN identification_case c ON c.id = case_id"
    assert ask(answered) == ["move_quota registered"]
    assert ask("SELECT array_agg(hardship) FROM veto_flag WHERE stage = 'cleared'") == ["tool_for_work"]
    beyond = (
        "SELECT s.recognised - l.quota - coalesce(sum(t.persons), 0) - s.last_household FROM quota_settlement s"
        " JOIN quota_line l ON l.run_id = s.run_id AND l.region_code = s.region_code"
        " LEFT JOIN quota_transfer t ON t.to_code = s.region_code GROUP BY s.recognised, l.quota, s.last_household"
    )
    assert int(str(ask(beyond))) < 0
    out = (
        "SELECT count(*) FROM identification_case c JOIN household_profile p ON p.household_id = c.household_id"
        " WHERE c.stage = 'registered' AND p.valid_to IS NULL AND p.poverty_status <> 'exited'"
    )
    assert ask(out) == 0


def test_cases_of_the_listed_village_stand_in_every_state_of_monitoring_today(county: DemoReport) -> None:
    """domain.md 3.9; states that only pass on the same day are left out."""
    running = "SELECT array_agg(DISTINCT stage) FROM identification_case WHERE pack = 'B_monitoring_2021'"
    stages = "clue verifying reviewed preliminary notice_village township_review county_review monitored"
    assert set(ask(running)) >= {*stages.split(), "measures_active", "clearing_review", "cleared", "withdrawn"}  # type: ignore[call-overload]  # a list of texts
    told = "SELECT count(*) FROM own_report o JOIN identification_case c ON c.id = o.case_id WHERE c.stage = 'clue'"
    assert ask(told) == 2
    assert ask("SELECT count(*) FROM objection WHERE stage = 'filed' AND blocks = 'household'") == 1
    assert ask("SELECT count(*) FROM identification_case WHERE escalated_to = 'township'") == 1
    standing = (
        "SELECT count(*) FROM identification_case c JOIN household_profile p ON p.household_id = c.household_id"
        " AND p.valid_to IS NULL WHERE c.pack = 'B_monitoring_2021' AND p.monitoring_status <> CASE"
        " WHEN c.stage IN ('monitored', 'plan_made', 'measures_active', 'clearing_review') THEN 'monitored'"
        " WHEN c.stage = 'cleared' THEN 'cleared' ELSE p.monitoring_status END"
    )
    assert ask(standing) == 0


@pytest.mark.parametrize(("total", "weights"), [(10, [1, 1, 1]), (0, [1, 2]), (7, [0.5, 3, 0.1, 9])])
def test_shares_add_up_exactly(total: int, weights: list[float]) -> None:
    assert sum(share_out(total, weights)) == total


def test_things_happen_in_the_order_of_their_time_and_never_after_the_end() -> None:
    from datetime import UTC, datetime, timedelta

    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    clock, seen = Clockwork(noon + timedelta(days=1)), []
    for hours in (5, 1, 3, 48):
        clock.at(noon + timedelta(hours=hours), lambda at: seen.append(at))
    assert clock.run(10, before=lambda at: None) == 3
    assert seen == sorted(seen)


def test_what_is_asked_for_a_moment_that_has_passed_happens_at_once() -> None:
    """A pledge agreed after its day lapses in the night that follows; time never goes back."""
    from datetime import UTC, datetime, timedelta

    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    clock, seen = Clockwork(noon + timedelta(days=1)), []
    clock.at(noon, lambda at: clock.at(at - timedelta(hours=3), seen.append))
    clock.run(10, before=lambda at: None)
    assert seen == [noon]
