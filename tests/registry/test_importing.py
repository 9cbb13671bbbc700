"""Sheets become registers: what is written, what is refused, what a second time changes, what stands in the records."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records import open_payload, verify_stream
from registry.choices import Cause, Relation, SheetKind
from registry.cli import import_sheet
from registry.models import Household, HouseholdProfile, Member, MemberProfile, Membership, VillageProfile
from registry.services import register_household
from registry.services.importing import Mode
from tests.factories.needs import People
from tests.factories.people import VILLAGE, actor_of, make_person
from tests.factories.sheets import HEAD, household_row, resident, take, write_sheet

KEPT = "id_number head_name phone size group_no region_code county_code".split()  # noqa: SIM905 - as columns


def households() -> dict[str, Household]:
    with unit_of_work(SYSTEM):
        return {found.household_no: found for found in db.session.scalars(select(Household))}


def profile_of(household_id: UUID) -> HouseholdProfile:
    with unit_of_work(SYSTEM):
        live = HouseholdProfile.superseded_by.is_(None), HouseholdProfile.valid_to.is_(None)
        query = select(HouseholdProfile).where(HouseholdProfile.household_id == household_id, *live)
        return db.session.scalars(query).one()


def records() -> int:
    with unit_of_work(SYSTEM):
        return int(db.session.scalar(text("SELECT count(*) FROM records.record")) or 0)


def test_a_sheet_puts_households_on_file_with_profile_head_and_record(people: People, tmp_path: Path) -> None:
    outcome = take(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1), household_row(2)]))
    assert (outcome.rows, outcome.accepted, outcome.refused) == (2, 2, 0)
    found = households()["X0001"]
    assert (found.head_name, found.id_number, found.size) == ("韦某某", resident(1), 3)
    profile = profile_of(found.id)
    assert (profile.main_cause, profile.address_detail, profile.phone) == (Cause.ILLNESS, "福田屯1号", "13900000001")
    with unit_of_work(SYSTEM):
        check = verify_stream(f"household/{found.id}")
        payload = open_payload(f"household/{found.id}", 1)
    assert (check.ok, check.count) == (True, 1)
    assert (payload["head_name"], payload["main_cause"]) == ("韦某某", "illness")


def test_what_a_sheet_writes_is_what_a_form_writes(people: People, tmp_path: Path) -> None:
    take(write_sheet(tmp_path / "a.xlsx", [HEAD[:5], household_row(1)[:5]]))
    with unit_of_work(SYSTEM):
        values = {"head_name": "韦某某", "id_number": resident(2), "phone": "13900000001", "size": 3}
        register_household(actor=SYSTEM, region_code=VILLAGE, household_no="X0002", **values)  # type: ignore[arg-type]
    one, other = households()["X0001"], households()["X0002"]
    assert [getattr(one, name) for name in KEPT[1:]] == [getattr(other, name) for name in KEPT[1:]]
    with unit_of_work(SYSTEM):
        heads = [db.session.scalars(select(Member).where(Member.household_id == h.id)).one() for h in (one, other)]
        ships = [db.session.scalars(select(Membership).where(Membership.member_id == m.id)).one() for m in heads]
    assert [(m.name, m.id_type, m.ethnicity) for m in heads] == [("韦某某", "resident_id", None)] * 2
    assert [(s.relation_to_head, s.valid_from, s.valid_to) for s in ships] == [(Relation.HEAD, today_(), None)] * 2


def today_() -> object:
    with unit_of_work(SYSTEM):
        return today()


def test_the_same_file_twice_changes_nothing(people: People, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1), household_row(2)])
    take(path)
    before = records()
    again = take(path)
    assert (again.accepted, again.unchanged, again.refused) == (0, 2, 0)
    assert records() == before


def test_a_changed_cell_becomes_so_and_an_empty_one_leaves_what_is_on_file(people: People, tmp_path: Path) -> None:
    take(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1)]))
    outcome = take(write_sheet(tmp_path / "b.xlsx", [HEAD, household_row(1, cause="因残", address=None)]))
    assert outcome.accepted == 1
    profile = profile_of(households()["X0001"].id)
    assert (profile.main_cause, profile.address_detail) == (Cause.DISABILITY, "福田屯1号")


def test_one_bad_row_keeps_the_whole_file_out_unless_good_rows_are_asked_for(people: People, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1), household_row(2, id="1")])
    assert take(path).refused == 1
    assert households() == {}
    assert take(path, mode=Mode.GOOD_ROWS).accepted == 1
    assert list(households()) == ["X0001"]


def test_a_dry_run_writes_nothing(people: People, tmp_path: Path) -> None:
    outcome = take(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1)]), mode=Mode.CHECK)
    assert (outcome.accepted, households()) == (1, {})


@pytest.mark.parametrize(
    ("other", "code"),
    [({"no": "X0001", "id": resident(9)}, "head_differs"), ({"no": "X0009"}, "person_on_file")],
)
def test_a_sheet_changes_no_head_and_moves_nobody(
    people: People, tmp_path: Path, other: dict[str, str], code: str
) -> None:
    take(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1)]))
    outcome = take(write_sheet(tmp_path / "b.xlsx", [HEAD, household_row(1, **other)]))
    assert [fault.code for fault in outcome.faults] == [code]


def test_an_officer_imports_only_for_his_own_places(people: People, tmp_path: Path) -> None:
    head = ["村代码", *HEAD]
    path = write_sheet(tmp_path / "a.xlsx", [head, [VILLAGE, *household_row(1)], ["451028101200", *household_row(2)]])
    outcome = take(path, actor=actor_of(people.approver), place="", mode=Mode.GOOD_ROWS)
    assert [(fault.row, fault.code) for fault in outcome.faults] == [(3, "not_yours")]
    nobody = take(path, actor=actor_of(make_person(Role.AUDITOR)), place="")
    assert {fault.code for fault in nobody.faults} == {"not_yours"}


def test_a_county_brings_its_households_up_to_date(people: People, tmp_path: Path) -> None:
    take(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1)]))
    path = write_sheet(tmp_path / "b.xlsx", [HEAD, household_row(1, address="新址")])
    assert take(path, actor=actor_of(people.county)).accepted == 1


MEMBER_HEAD = ["户编号", "姓名", "与户主关系", "证件号码", "文化程度", "健康状况", "是否享受低保", "务工时间(月)"]


def test_members_join_their_household_and_a_second_time_changes_nothing(people: People, tmp_path: Path) -> None:
    take(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1, size=2)]))
    rows = [
        ["X0001", "韦某某", "户主", resident(1), "初中", "健康", "是", "0"],
        ["X0001", "黄某某", "配偶", resident(11), "小学", "长期慢性病,残疾", "未采集", 3],
        ["X0009", "韦某", "之子", resident(12), "", "", "", ""],
    ]
    path = write_sheet(tmp_path / "m.xlsx", [MEMBER_HEAD, *rows])
    outcome = take(path, SheetKind.MEMBERS, mode=Mode.GOOD_ROWS)
    assert [(fault.row, fault.code) for fault in outcome.faults] == [(4, "unknown_household")]
    with unit_of_work(SYSTEM):
        wife = next(m for m in db.session.scalars(select(Member)) if m.name == "黄某某")
        said = db.session.scalars(select(MemberProfile).where(MemberProfile.member_id == wife.id)).one()
        assert (said.health_status, said.receives_dibao, said.work_months) == (
            ["chronic_illness", "disability"],
            None,
            3,
        )
        assert db.session.scalar(select(func.count()).select_from(Member)) == 2
    again = take(path, SheetKind.MEMBERS, mode=Mode.GOOD_ROWS)
    assert (again.accepted, again.unchanged) == (0, 2)


def test_the_village_register_takes_ten_thousands_and_the_year(people: People, tmp_path: Path) -> None:
    head = ["行政村", "年度", "总户数", "总人口", "村级集体经济收入(万元)", "是否通客运班车", "耕地面积(亩)"]
    path = write_sheet(tmp_path / "v.xlsx", [head, ["九利村", "2025年", "312户", 1280, 5.6, "是", "1,203.5亩"]])
    assert take(path, SheetKind.VILLAGES).accepted == 1
    with unit_of_work(SYSTEM):
        found = db.session.scalars(select(VillageProfile)).one()
        assert (found.year, found.households, str(found.collective_income)) == (2025, 312, "56000.00")
        assert (found.bus_service, str(found.farmland_mu)) == (True, "1203.50")
    assert take(path, SheetKind.VILLAGES).unchanged == 1


def test_pairings_name_the_first_helper_by_account_or_name(people: People, tmp_path: Path) -> None:
    take(write_sheet(tmp_path / "a.xlsx", [HEAD, *(household_row(n) for n in range(1, 4))]))
    cadre = make_person(Role.PAIRING_CADRE, username="ganbu")
    assert cadre
    head = ["户编号", "帮扶人账号", "帮扶责任人", "帮扶单位", "结对时间"]
    rows = [
        ["X0001", "ganbu", "", "乐业县林业局", "2024.3.5"],
        ["X0002", "", "Somebody", "", ""],
        ["X0003", "x", "", "", ""],
    ]
    path = write_sheet(tmp_path / "p.xlsx", [head, *rows])
    outcome = take(path, SheetKind.PAIRINGS, actor=actor_of(people.county), mode=Mode.GOOD_ROWS)
    assert (outcome.accepted, [fault.code for fault in outcome.faults]) == (2, ["unknown_account"])
    again = take(path, SheetKind.PAIRINGS, actor=actor_of(people.county), mode=Mode.GOOD_ROWS)
    assert (again.accepted, again.unchanged) == (0, 2)


@pytest.fixture
def command(people: People, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("registry.cli.connect", lambda: None)
    return CliRunner()


def test_the_command_says_what_became_of_the_rows(command: CliRunner, tmp_path: Path) -> None:
    path = str(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1), household_row(2, id="1")]))
    called = ["households", path, "--village", VILLAGE, "--json"]
    refused = command.invoke(import_sheet, called)
    facts = json.loads(refused.stdout)
    assert refused.exit_code == 1
    assert {name: facts[name] for name in ("rows", "accepted", "refused", "unchanged")} == {
        "rows": 2,
        "accepted": 1,
        "refused": 1,
        "unchanged": 0,
    }
    assert facts["errors"] == [
        {"sheet": "Sheet1", "row": 3, "column": "身份证号", "code": "id_wrong"}
        | {"message": "身份证号码不正确。请对照证件逐位核对。"}
    ]
    assert households() == {}


def test_the_command_ends_well_when_everything_is_taken_or_was_there(command: CliRunner, tmp_path: Path) -> None:
    path = str(write_sheet(tmp_path / "a.xlsx", [HEAD, household_row(1)]))
    called = ["households", path, "--village", VILLAGE]
    assert command.invoke(import_sheet, [*called, "--dry-run"]).exit_code == 0
    assert households() == {}
    assert [command.invoke(import_sheet, called).exit_code for _ in range(2)] == [0, 0]
    assert list(households()) == ["X0001"]


def test_the_command_refuses_a_hostile_file_with_its_reason(command: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    found = command.invoke(import_sheet, ["households", str(tmp_path / "a.xlsx"), "--json"])
    assert found.exit_code == 1
    assert json.loads(found.stdout)["errors"][0]["code"] == "old_excel"
    assert "old_excel" in found.stderr
