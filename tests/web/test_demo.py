"""The demo: an invented county, loaded through the ordinary services (workflows.md, doubts 6, 9 and 16)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from accounts.queries import actor_for_account, find_account_by_username
from core import settings
from core.clock import today
from core.db import db, unit_of_work
from core.errors import Refused, StartupRefused
from core.policy import SYSTEM
from core.records.checking import verify_database
from core.settings import Settings
from pages.queries.desk import DeskTask, Step, desk_tasks
from web.demo.clockwork import Clockwork
from web.demo.loader import DemoWish, load_demo
from web.demo.plan import share_out

SMALL = DemoWish(households=100, needs=120)
LISTED = ["village", "team", "township", "county", "cadre", "unit", "ngo", "firm", "person", "evaluator", "auditor"]


S = Step
DESKS = {
    "village": {S.VERIFY, S.RENEW, S.FINISH_DRAFT, S.RECORD_CONSENT, S.CONFIRM, S.DECIDE, S.ARRIVE, S.ISSUE_CODE},
    "team": {S.VERIFY, S.RENEW, S.FINISH_DRAFT, S.RECORD_CONSENT, S.CONFIRM, S.WAIT_FOR_VERIFICATION},
    "township": {S.APPROVE, S.CONFIRM, S.DECIDE, S.ISSUE_CODE, S.WATCH_ISSUE},
    "county": {S.CHECK_DONOR, S.DECIDE_APPEAL, S.SETTLE_ISSUE, S.ANSWER_REPORT, S.APPROVE_GRANT},
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


def test_a_small_county_is_loaded_whole(demo_database: Settings, tmp_path: Path) -> None:
    settings.configure(replace(demo_database, var=tmp_path))
    report = load_demo(SMALL, on_progress=lambda count: None)
    assert (report.townships, report.villages, report.households, report.needs) == (8, 89, 100, 120)
    paired = "SELECT count(*) FROM helper_link WHERE rank = 1 AND stage = 'active'"
    assert ask(paired) == 100 + 89
    assert ask("SELECT count(*) FROM donor WHERE stage = 'verified'") == 60
    assert ask(
        "SELECT count(*) FROM account a JOIN credential c ON c.account_id = a.id WHERE password_hash IS NOT NULL"
    ) == len(json.loads((tmp_path / "demo-accounts.json").read_text()))
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
    accounts = json.loads((tmp_path / "demo-accounts.json").read_text())
    names = {row["username"] for row in accounts}
    assert names >= set(LISTED)
    waiting = {name: steps_of(name) for name in DESKS}
    assert {name: steps - waiting[name] for name, steps in DESKS.items()} == dict.fromkeys(DESKS, set())
    late = days_late()
    assert len(late) <= 8
    assert {task: days for task, days in late.items() if days > 3} == {}
    with pytest.raises(Refused):
        load_demo(SMALL, on_progress=lambda count: None)


def test_the_demo_is_refused_where_the_database_was_not_made_for_it(database: Settings) -> None:
    with pytest.raises(StartupRefused):
        load_demo(SMALL, on_progress=lambda count: None)


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
