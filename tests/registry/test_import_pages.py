"""Sheets on the desk: handed in, checked by a job, looked at, let in; killed, stopped, forgotten. Lists taken out."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from accounts.models import Role
from accounts.services import revoke_grant
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.settings import current
from core.spreadsheets.tables import opened_rows
from core.spreadsheets.writing import table, template
from registry.choices import ExportPurpose, ListKind, SheetKind
from registry.models import Household, ImportBatch, ImportProgress, SheetExport
from registry.services.exporting import export_list
from registry.services.importing import known_kinds, working
from registry.services.importing.batches import forget_old_imports
from tests.factories.needs import People
from tests.factories.people import VILLAGE, acting, grants_in, make_person, sign_in
from tests.factories.sheets import HEAD, formulas_in, household_row, rows_of, take, write_sheet

LEADS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%"]


@pytest.fixture
def officer(people: People, client: Any) -> Any:
    """The village officer, signed in."""
    return sign_in(client, people.author)


def upload(officer: Any, content: bytes, **other: Any) -> Any:
    values = {"kind": "households", "place": VILLAGE, "purpose": "correction", "file": (BytesIO(content), "名单.xlsx")}
    return officer.post("/desk/imports", data=values | other, content_type="multipart/form-data")


def handed_in(officer: Any, content: bytes) -> str:
    """Hand a sheet in, let the job check it, return the page's address."""
    answer = upload(officer, content)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    working.check_import(batch_id=answer.location.rsplit("/", 1)[1])
    return str(answer.location)


def content_of(tmp_path: Path, *rows: list[Any]) -> bytes:
    return write_sheet(tmp_path / "sheet.xlsx", [HEAD, *rows]).read_bytes()


def run(address: str) -> None:
    working.run_checked_import(batch_id=address.rsplit("/", 1)[1])


def numbers() -> list[str]:
    with unit_of_work(SYSTEM):
        return sorted(db.session.scalars(select(Household.household_no)))


def batch_of(address: str) -> tuple[ImportBatch, ImportProgress]:
    batch_id = UUID(address.rsplit("/", 1)[1])
    with unit_of_work(SYSTEM):
        return db.session.get_one(ImportBatch, batch_id), db.session.get_one(ImportProgress, batch_id)


def test_a_sheet_is_checked_shown_and_taken_in(officer: Any, tmp_path: Path) -> None:
    address = handed_in(officer, content_of(tmp_path, household_row(1), household_row(2)))
    page = officer.get(address).get_data(as_text=True)
    assert "导入整份表格" in page
    assert numbers() == []
    assert officer.post(f"{address}/start", data={"rows": "whole"}).status_code == 303
    run(address)
    batch, _progress = batch_of(address)
    assert (batch.stage, batch.accepted, numbers()) == ("done", 2, ["X0001", "X0002"])
    assert "写入 2 行" in officer.get(address).get_data(as_text=True)


def test_mistakes_are_shown_in_their_cells_and_good_rows_can_go_in(officer: Any, tmp_path: Path) -> None:
    address = handed_in(officer, content_of(tmp_path, household_row(1), household_row(2, id="4.5E+17")))
    page = officer.get(address).get_data(as_text=True)
    assert "末几位丢失" in page
    assert "<mark>" in page
    assert officer.post(f"{address}/start", data={"rows": "whole"}).status_code == 409
    officer.post(f"{address}/start", data={"rows": "good"})
    run(address)
    assert numbers() == ["X0001"]


def test_the_officer_names_a_column_that_was_not_recognised(officer: Any, tmp_path: Path) -> None:
    head = ["户编号", "户主姓名", "身份证号", "家庭人口", "甲"]
    path = write_sheet(tmp_path / "a.xlsx", [head, household_row(1)[:5]])
    address = handed_in(officer, path.read_bytes())
    names = ("household_no", "head_name", "id_number", "", "phone")
    chosen = {f"heading-0-{n}": name for n, name in enumerate(names)}
    assert officer.post(f"{address}/columns", data=chosen).status_code == 303
    working.check_import(batch_id=address.rsplit("/", 1)[1])
    _batch, progress = batch_of(address)
    places = {place["name"]: place["index"] for place in progress.mappings[0]["places"]}
    assert places == {"household_no": 0, "head_name": 1, "id_number": 2, "phone": 4}


def test_a_hostile_file_is_refused_beside_its_field_and_nothing_typed_is_lost(officer: Any) -> None:
    answer = upload(officer, b"MZ" + bytes(100), as_of="2026-01-02")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "既不是 Excel 文件" in page
    assert 'value="2026-01-02"' in page


def test_nobody_else_sees_a_sheet(officer: Any, people: People, tmp_path: Path) -> None:
    address = handed_in(officer, content_of(tmp_path, household_row(1)))
    assert sign_in(officer, people.approver).get(address).status_code == 404


def test_the_file_is_encrypted_at_rest_and_deleted_after_days(officer: Any, tmp_path: Path) -> None:
    address = handed_in(officer, content_of(tmp_path, household_row(1)))
    (kept,) = (current().var / "imports").glob(f"{address.rsplit('/', 1)[1].replace('-', '')}.bin")
    assert not kept.read_bytes().startswith(b"PK")
    _old(address)
    with unit_of_work(SYSTEM):
        forget_old_imports()
    assert not kept.exists()
    assert batch_of(address)[1].found is None


def _old(address: str) -> None:
    """Let the batch be three weeks old; its own record stays true."""
    with unit_of_work(SYSTEM) as session:
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        batch = session.get_one(ImportBatch, UUID(address.rsplit("/", 1)[1]))
        batch.created_at = batch.created_at.replace(year=batch.created_at.year - 1)
        batch.version = batch.version
        working.import_workflow.fire(batch, "cancel", actor=SYSTEM)


class Killed(BaseException):
    """What a kill looks like from inside: no handler runs, the connection drops."""


def test_a_run_that_was_killed_goes_on_where_it_was_and_counts_nothing_twice(
    officer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [household_row(n) for n in range(1, 2301)]
    address = handed_in(officer, content_of(tmp_path, *rows, household_row(9001, id="1")))
    officer.post(f"{address}/start", data={"rows": "good"})
    step, calls = working._step, []

    def third(batch_id: UUID, seen: int) -> None:
        calls.append(seen)
        if len(calls) == 2:
            raise Killed
        step(batch_id, seen)

    monkeypatch.setattr(working, "_step", third)
    with pytest.raises(Killed):
        run(address)
    assert 0 < len(numbers()) < 2300
    run(address)
    batch, _progress = batch_of(address)
    assert len(numbers()) == 2300
    assert (batch.row_count, batch.accepted, batch.unchanged, batch.refused) == (2301, 2300, 0, 1)


def test_a_whole_import_that_is_stopped_leaves_nothing(officer: Any, tmp_path: Path) -> None:
    address = handed_in(officer, content_of(tmp_path, household_row(1)))
    officer.post(f"{address}/start", data={"rows": "whole"})
    assert officer.post(f"{address}/cancel").status_code == 303
    run(address)
    assert numbers() == []
    assert batch_of(address)[0].stage == "cancelled"


def test_rights_are_looked_up_again_when_the_job_runs(officer: Any, people: People, tmp_path: Path) -> None:
    address = handed_in(officer, content_of(tmp_path, household_row(1)))
    officer.post(f"{address}/start", data={"rows": "whole"})
    grant = grants_in(people.author)[0]
    with unit_of_work(SYSTEM) as session:
        revoke_grant(session.get_one(type(grant), grant.id), actor=SYSTEM, reason="moved")
    run(address)
    assert numbers() == []
    assert batch_of(address)[0].stage == "checked"


@pytest.mark.parametrize("kind", list(SheetKind))
def test_a_template_is_understood_again(people: People, tmp_path: Path, kind: SheetKind) -> None:
    with unit_of_work(SYSTEM):
        layout = known_kinds()[kind].layout()
        (tmp_path / "t.xlsx").write_bytes(template(layout, "模板"))
        with opened_rows(tmp_path / "t.xlsx", layout) as found:
            assert list(found.batches()) is not None
            places = {place.name: place.confidence for place in found.mappings[0].places}
    assert places == dict.fromkeys(layout.names, 100)


def test_a_list_is_masked_and_its_number_leads_to_a_record(officer: Any, people: People, tmp_path: Path) -> None:
    take(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1)]))
    form = {"kind": "households", "place": VILLAGE, "purpose": "visit_plan"}
    answer = officer.post("/desk/exports", data=form)
    assert answer.status_code == 200
    cells = [cell for row in rows_of(answer.data) for cell in row if cell]
    assert "韦**" in cells
    assert not any("韦某某" in str(cell) or "13900000001" in str(cell) for cell in cells)
    with unit_of_work(SYSTEM):
        export = db.session.scalars(select(SheetExport)).one()
        assert str(export.id) in str(cells[1])
        assert (export.row_count, export.purpose, export.exported_by) == (1, "visit_plan", people.author)
        kinds = db.session.scalars(
            text("SELECT kind FROM records.record WHERE stream = :s"), {"s": f"account/{people.author}"}
        )
        assert "sheet_export.created" in set(kinds)


def test_no_list_is_taken_out_without_a_purpose(officer: Any) -> None:
    assert officer.post("/desk/exports", data={"kind": "households", "place": VILLAGE}).status_code == 422


def test_an_auditor_takes_nothing_out(client: Any, people: People) -> None:
    assert sign_in(client, make_person(Role.AUDITOR)).get("/desk/exports").status_code == 403


@pytest.mark.parametrize("lead", LEADS)
def test_no_cell_can_become_a_formula(lead: str) -> None:
    word = f"{lead}cmd|'/c calc'!A1"
    content = table("t", word, [word], [[word, 1]])
    assert formulas_in(content) == []
    kept = [[cell for cell in row if cell != ""] for row in rows_of(content)]
    assert kept == [["t"], [word], [word], [word, 1.0]]


def test_a_list_of_villages_can_be_taken_in_again(people: People, tmp_path: Path) -> None:
    head = ["行政村", "年度", "总户数", "村级集体经济收入(万元)", "是否通客运班车"]
    take(write_sheet(tmp_path / "v.xlsx", [head, ["九利村", 2025, 312, 5.6, "是"]]), SheetKind.VILLAGES)
    with acting(people.author) as actor:
        made = export_list(ListKind.VILLAGES, actor=actor, place=VILLAGE, purpose=ExportPurpose.CHECK_AGAINST)
    (tmp_path / "out.xlsx").write_bytes(made.content)
    again = take(tmp_path / "out.xlsx", SheetKind.VILLAGES)
    assert (again.refused, again.unchanged) == (0, 1)
