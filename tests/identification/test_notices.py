"""Notices on the board and on the web (domain.md 3.3, 7.6; security.md 13 to 15)."""

import time
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from accounts.models import Role
from core.clock import moved_clock
from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.case_packs import REGISTER_2014
from identification.guards.notices import refuse_closing
from identification.models import Notice, NoticeEntry
from identification.notice_choices import EntryOutcome, NoticeStage, NoticeStep, ReasonGroup
from identification.objection_choices import ObjectionKind
from identification.queries.notices import notice_sheet, published_notice
from identification.services.notice_changes import correct_entry, post_again, take_off
from identification.services.notice_ending import close_due, forget_old_names, take_down_due
from identification.services.noticing import make_notices, post_notice, withdraw_notice
from tests.factories.needs import make_household
from tests.factories.notices import (
    PACK,
    board_photo,
    lines_of,
    look,
    make_case,
    make_notice,
    notice_of,
    object_to,
    post,
)
from tests.factories.people import VILLAGE, acting, make_person
from tests.identification.conftest import BEFORE, NAMES, Village, stage_of

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # nine in the morning in Shanghai
LAST_DAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)  # day 5 is a Saturday, so Monday is the last
OVER = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)  # midnight after it
INSTANT = timedelta(microseconds=1)


def hang(village: Village, at: datetime | None = MONDAY) -> UUID:
    (notice_id,) = make_notice(village.officer, at=at)
    post(notice_id, village.officer, at=at)
    return notice_id


def run_jobs(at: datetime) -> int:
    """Let the jobs of the clock run at a moment; return how many households passed."""
    with unit_of_work(SYSTEM), moved_clock(at):
        take_down_due()
        passed = close_due()
        db.session.flush()
        return passed


def why_not(case_id: UUID, at: datetime) -> str:
    """Return what keeps a case on its notice at a moment, or nothing."""
    with unit_of_work(SYSTEM), moved_clock(at):
        try:
            refuse_closing(case_id)
        except Refused as refusal:
            return refusal.code
    return ""


def test_it_starts_with_the_photograph_by_the_databases_day(demo_village: Village) -> None:
    notice = notice_of(hang(demo_village))
    assert (notice.stage, notice.starts_on) == (NoticeStage.POSTED, date(2026, 11, 23))
    assert notice.earliest_close == OVER
    assert {(line.starts_on, line.earliest_close) for line in lines_of(notice.id)} == {(notice.starts_on, OVER)}
    assert {stage_of(case) for case in demo_village.cases} == {CaseStage.NOTICE_VILLAGE}


def test_nothing_hangs_without_a_photograph(village: Village) -> None:
    (notice_id,) = make_notice(village.officer)
    with acting(village.officer) as actor, pytest.raises(NotValid):
        post_notice(db.session.get_one(Notice, notice_id), actor=actor, photo=b"no picture")
    assert notice_of(notice_id).stage is NoticeStage.PREPARED


def test_it_may_close_at_midnight_and_not_an_instant_before(demo_village: Village) -> None:
    notice_id, case = hang(demo_village), demo_village.cases[0]
    look(notice_id, demo_village.team, at=LAST_DAY)
    assert why_not(case, OVER - INSTANT) == "notice_runs"
    assert why_not(case, OVER) == ""
    assert run_jobs(OVER - INSTANT) == 0
    assert run_jobs(OVER) == 3
    assert {stage_of(found) for found in demo_village.cases} == {CaseStage.TOWNSHIP_REVIEW}
    assert notice_of(notice_id).stage is NoticeStage.CLOSED


def test_the_machines_clock_has_no_say(demo_village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    class Ahead(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2036, 1, 1, tzinfo=tz)

        @classmethod
        def utcnow(cls):
            return datetime(2036, 1, 1)  # noqa: DTZ001 - what a machine with a wrong clock would say

    for module in ("core.clock", "identification.notice_clock", "identification.services.notice_ending"):
        monkeypatch.setattr(f"{module}.datetime", Ahead, raising=False)
    monkeypatch.setattr(time, "time", lambda: 2_082_758_400.0)
    notice_id = hang(demo_village)
    look(notice_id, demo_village.team, at=LAST_DAY)
    assert notice_of(notice_id).earliest_close == OVER
    assert run_jobs(OVER - INSTANT) == 0
    assert notice_of(notice_id).taken_down_at is None


def test_not_even_a_statement_passes_a_line_before_its_time_or_moves_its_end_forward(demo_village: Village) -> None:
    notice_id = hang(demo_village, None)
    early = "UPDATE notice_entry SET outcome = 'passed', ended_at = earliest_close WHERE notice_id = :id"
    forward = "UPDATE notice_entry SET earliest_close = earliest_close - interval '1 hour' WHERE notice_id = :id"
    for statement in (early, forward):
        with pytest.raises(IntegrityError), unit_of_work(SYSTEM):
            db.session.execute(text(statement), {"id": notice_id})


def test_the_list_comes_down_on_time_whoever_is_still_held_up(demo_village: Village) -> None:
    notice_id = hang(demo_village)
    assert run_jobs(OVER) == 0  # nobody noted that it hung to the end
    assert notice_of(notice_id).taken_down_at == OVER
    with unit_of_work(SYSTEM), moved_clock(OVER):
        found = published_notice(notice_id)
    assert (found.is_running, found.lines, found.households, found.persons) == (False, (), 3, 9)


def test_the_web_takes_it_down_by_itself_before_any_job_runs(demo_village: Village) -> None:
    notice_id = hang(demo_village)
    for moment, shown in ((OVER - INSTANT, 3), (OVER, 0)):
        with unit_of_work(SYSTEM), moved_clock(moment):
            assert len(published_notice(notice_id).lines) == shown


def test_nobody_passes_while_nobody_saw_it_hang_to_the_end(demo_village: Village) -> None:
    notice_id, case = hang(demo_village), demo_village.cases[0]
    look(notice_id, demo_village.team, at=LAST_DAY - timedelta(days=1))
    assert why_not(case, OVER) == "not_inspected"
    look(notice_id, demo_village.township, at=OVER + timedelta(hours=9))
    assert why_not(case, OVER + timedelta(hours=10)) == ""


def test_a_missing_sheet_holds_everybody_up_and_counts_anew_when_it_hangs_again(demo_village: Village) -> None:
    notice_id, case = hang(demo_village), demo_village.cases[0]
    look(notice_id, demo_village.township, at=MONDAY + timedelta(days=2), still_up=False)
    assert why_not(case, OVER) == "notice_missing"
    with acting(demo_village.officer) as actor, moved_clock(MONDAY + timedelta(days=3)):
        post_again(db.session.get_one(Notice, notice_id), actor=actor, photo=board_photo())
        db.session.flush()
    assert {line.starts_on for line in lines_of(notice_id)} == {date(2026, 11, 26)}
    assert why_not(case, OVER + timedelta(hours=23)) == "notice_runs"


def test_only_the_line_that_was_put_right_counts_anew(demo_village: Village) -> None:
    notice_id = hang(demo_village)
    before = notice_of(notice_id).content_hash
    changed = lines_of(notice_id)[1]
    with acting(demo_village.officer) as actor, moved_clock(MONDAY + timedelta(days=3)):
        entry = db.session.get_one(NoticeEntry, changed.id)
        correct_entry(entry, actor=actor, name="黄二妹", persons=6, reason_group=ReasonGroup.BOTH)
        db.session.flush()
    starts = {line.id: line.starts_on for line in lines_of(notice_id)}
    assert starts.pop(changed.id) == date(2026, 11, 26)
    assert set(starts.values()) == {date(2026, 11, 23)}
    assert notice_of(notice_id).content_hash != before
    look(notice_id, demo_village.team, at=OVER)
    assert run_jobs(OVER) == 2
    assert notice_of(notice_id).stage is NoticeStage.POSTED


def test_a_household_that_withdraws_leaves_at_once(demo_village: Village) -> None:
    notice_id = hang(demo_village)
    with unit_of_work(SYSTEM), moved_clock(MONDAY + timedelta(hours=2)):
        take_off(demo_village.cases[0], outcome=EntryOutcome.WITHDREW)
        db.session.flush()
        assert len(published_notice(notice_id).lines) == 2


def test_a_notice_taken_back_shows_nothing_any_more(demo_village: Village) -> None:
    notice_id = hang(demo_village)
    with acting(demo_village.township) as actor, moved_clock(MONDAY + timedelta(hours=1)):
        withdraw_notice(db.session.get_one(Notice, notice_id), actor=actor, reason="wrong village")
        db.session.flush()
        found = published_notice(notice_id)
    assert (found.is_running, found.is_withdrawn, found.lines) == (False, True, ())
    assert {stage_of(case) for case in demo_village.cases} == {CaseStage.PRELIMINARY}


def test_the_web_shows_the_first_character_and_the_board_the_name(demo_village: Village) -> None:
    notice_id = hang(demo_village)
    with unit_of_work(SYSTEM), moved_clock(MONDAY):
        names = [line.masked_name for line in published_notice(notice_id).lines]
        printed = notice_sheet(db.session.get_one(Notice, notice_id))
    assert names == ["韦*", "黄*", "覃*"]
    assert [line.name for line in printed.lines] == ["韦一民", "黄二妹", "覃三妹"]
    assert printed.address.endswith(f"/notices/{notice_id}")


def test_names_are_forgotten_a_month_after_the_list_came_down(demo_village: Village) -> None:
    notice_id = hang(demo_village)
    look(notice_id, demo_village.team, at=LAST_DAY)
    run_jobs(OVER)
    for days, names in ((29, {"韦一民", "黄二妹", "覃三妹"}), (31, {""}), (32, {""})):
        with unit_of_work(SYSTEM), moved_clock(OVER + timedelta(days=days)):
            forget_old_names()
            db.session.flush()
        assert {line.shown_name for line in lines_of(notice_id)} == names


def test_the_second_notice_hangs_in_every_village_of_the_township_and_all_must_have_hung(
    demo_village: Village,
) -> None:
    township = f"{VILLAGE[:9]}000"
    pack = REGISTER_2014
    homes = [make_household(demo_village.officer, head_name=name) for name in NAMES]
    cases = [make_case(home, stage=CaseStage.TOWNSHIP_REVIEWED, pack=pack, at=BEFORE) for home in homes]
    ids = make_notice(demo_village.township, step=NoticeStep.SECOND, pack=pack, place=township, at=MONDAY)
    assert sorted(notice_of(sheet).region_code for sheet in ids) == ["451028100200", "451028100201"]
    post(ids[0], demo_village.township, at=MONDAY)
    look(ids[0], demo_village.township, at=OVER + timedelta(days=3))
    assert why_not(cases[0], OVER + timedelta(days=3)) == "notice_runs"  # one board is still to come
    post(ids[1], demo_village.township, at=MONDAY)
    look(ids[1], demo_village.township, at=OVER + timedelta(days=3))
    assert run_jobs(OVER + timedelta(days=3)) == 3
    assert {stage_of(case) for case in cases} == {CaseStage.COUNTY_REVIEW}


def test_a_notice_is_made_by_its_level_with_a_reason_for_each(village: Village) -> None:
    with acting(village.officer) as actor, pytest.raises(Refused) as refusal:
        make_notices(actor=actor, region_code=VILLAGE, pack="A_register_2014", step=NoticeStep.SECOND, reasons={})
    assert refusal.value.code == "needs_level"
    with acting(village.officer) as actor, pytest.raises(NotValid):
        make_notices(actor=actor, region_code=VILLAGE, pack=PACK, step=NoticeStep.VILLAGE, reasons={})
    stranger = make_person(Role.VILLAGE_OFFICER, "451028100201")
    with acting(stranger) as actor, pytest.raises(NotPermitted):
        make_notices(actor=actor, region_code=VILLAGE, pack=PACK, step=NoticeStep.VILLAGE, reasons={})


def test_nobody_stands_on_two_lists_at_once(village: Village) -> None:
    make_notice(village.officer)
    with pytest.raises(Refused) as refusal:
        make_notice(village.officer)
    assert refusal.value.code == "nothing_ready"


def test_an_objection_holds_up_only_what_it_is_about(demo_village: Village) -> None:
    notice_id = hang(demo_village)
    look(notice_id, demo_village.team, at=LAST_DAY)
    object_to(notice_id, ObjectionKind.WRONG_INCLUSION, line=0)
    object_to(notice_id, ObjectionKind.OMISSION)
    held, free, _third = demo_village.cases
    assert (why_not(held, OVER), why_not(free, OVER)) == ("objection_open", "")
    object_to(notice_id, ObjectionKind.PROCEDURE)
    assert why_not(free, OVER) == "objection_open"


def test_a_case_on_no_notice_cannot_close_one(village: Village) -> None:
    with unit_of_work(SYSTEM), pytest.raises(Refused) as refusal:
        refuse_closing(uuid4())
    assert refusal.value.code == "no_notice"
