"""An import whose worker dies mid-file goes on, and ends as a run that nobody disturbed (issue 3; security.md 3)."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.provision import Prepared
from registry.choices import ImportStage, SheetKind
from registry.models import ImportBatch, Member, MemberProfile
from registry.queries.imports import progress_of
from registry.services.importing import working
from registry.services.importing.keeping import keep
from registry.services.members import change_member
from tests.factories.imports import final_state, kill_sheet, run_sheet, small_batches, start_sheet
from tests.factories.needs import People, make_places
from tests.factories.people import acting
from tests.factories.sheets import HEAD, household_row, resident, take, write_sheet
from tests.plugins.databases import copied

MEMBER_HEAD = ["户编号", "姓名", "与户主关系", "证件号码", "文化程度", "务工时间(月)"]
POINTS = 5


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.spreadsheets.tables.opened_table", small_batches)


class Killed(BaseException):
    """A kill seen from inside."""


@pytest.fixture
def kill_after(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the next run die before its n-th batch."""

    def die(batch_id: UUID, batches: int) -> None:
        step, seen = working._step, []

        def counted(of: UUID, rows: int) -> None:
            seen.append(rows)
            if len(seen) > batches:
                raise Killed
            step(of, rows)

        with monkeypatch.context() as patch:
            patch.setattr(working, "_step", counted)
            with pytest.raises(Killed):
                working.run_checked_import(batch_id=str(batch_id))

    return die


def household_rows() -> list[list[Any]]:
    rows = [household_row(n) for n in range(1, 61)]
    rows[6], rows[50] = household_row(7, id="1"), household_row(51, cause="其他")
    rows[40] = household_row(5)
    return [HEAD, *rows]


def member_rows() -> list[list[Any]]:
    names = [("黄某甲", "配偶"), ("韦某乙", "之子"), ("韦某丙", "之女")]
    rows: list[list[Any]] = [
        [f"X{n:04d}", name, relation, resident(100 + 3 * n + i), "小学", i]
        for n in range(1, 21)
        for i, (name, relation) in enumerate(names)
    ]
    rows[9][0], rows[45] = "X9999", [*rows[2][:4], "初中", 9]
    return [MEMBER_HEAD, *rows]


def sheet(tmp_path: Path, rows: list[list[Any]]) -> bytes:
    return write_sheet(tmp_path / "sheet.xlsx", rows).read_bytes()


def put_households(tmp_path: Path, count: int) -> None:
    take(write_sheet(tmp_path / "h.xlsx", [HEAD, *(household_row(n, size=1) for n in range(1, count + 1))]))


@pytest.mark.parametrize("kind", [SheetKind.HOUSEHOLDS, SheetKind.MEMBERS])
def test_a_worker_killed_anywhere_leaves_what_a_clean_run_leaves(
    template: Prepared, tmp_path: Path, kind: SheetKind
) -> None:
    with copied(template) as settings:
        make_places()
        account = People().author
        if kind is SheetKind.MEMBERS:
            put_households(tmp_path, 20)
        content = sheet(tmp_path, household_rows() if kind is SheetKind.HOUSEHOLDS else member_rows())
        batch_id = start_sheet(content, kind, account=account)
        started = replace(template, app_url=settings.app_url)
        with copied(started):
            moments = run_sheet(batch_id)
            clean = final_state(batch_id)
        assert (clean[4], clean[8]) == ([f"({ImportStage.DONE!r}, 60, {60 - clean[8]}, 0, {clean[8]})"], clean[8])
        for moment in Random(20261128).sample(range(2, moments), POINTS):
            with copied(started):
                keep(batch_id, content)
                assert kill_sheet(batch_id, moment=moment), moment
                run_sheet(batch_id)
                assert final_state(batch_id) == clean, moment


def test_what_was_taken_in_before_the_kill_is_not_written_again(
    people: People, tmp_path: Path, kill_after: Any
) -> None:
    put_households(tmp_path, 20)
    batch_id = start_sheet(sheet(tmp_path, member_rows()), SheetKind.MEMBERS, account=people.author)
    kill_after(batch_id, 2)
    with acting(people.author) as actor:
        wife = next(one for one in db.session.scalars(select(Member)) if one.id_number == resident(103))
        change_member(wife, {"work_months": 11}, actor=actor, valid_from=today())
    run_sheet(batch_id)
    assert months_of(wife.id) == 11


def months_of(member_id: UUID) -> int | None:
    with unit_of_work(SYSTEM):
        live = MemberProfile.superseded_by.is_(None), MemberProfile.member_id == member_id
        return db.session.scalars(select(MemberProfile.work_months).where(*live)).one()


def test_all_mistakes_are_told_after_a_kill_not_the_later_ones_only(
    people: People, tmp_path: Path, kill_after: Any
) -> None:
    batch_id = start_sheet(sheet(tmp_path, household_rows()), SheetKind.HOUSEHOLDS, account=people.author)
    kill_after(batch_id, 4)
    run_sheet(batch_id)
    with unit_of_work(SYSTEM) as session:
        told = progress_of(session.get_one(ImportBatch, batch_id))
    assert [fault["row"] for fault in told.faults] == [8, 42, 52]
    assert [row["row"] for row in told.rows] == [8, 42, 52]
    assert told.fault_count == 3


def test_a_missing_column_is_told_once_over_two_runs(people: People, tmp_path: Path, kill_after: Any) -> None:
    rows = [[row[0], *row[2:]] for row in household_rows()]
    batch_id = start_sheet(sheet(tmp_path, rows), SheetKind.HOUSEHOLDS, account=people.author)
    kill_after(batch_id, 2)
    run_sheet(batch_id)
    with unit_of_work(SYSTEM) as session:
        told = progress_of(session.get_one(ImportBatch, batch_id))
    assert [fault["code"] for fault in told.faults] == ["missing_column"]
    assert told.fault_count == 1
