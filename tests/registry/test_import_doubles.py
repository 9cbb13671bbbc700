"""The same household, member or village twice in one file, and a household's size that has changed (issue 3)."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.choices import SheetKind
from registry.models import Household
from registry.services.importing import Mode
from tests.factories.needs import People
from tests.factories.people import actor_of, make_person
from tests.factories.sheets import HEAD, household_row, resident, take, write_sheet

MEMBER_HEAD = ["户编号", "姓名", "与户主关系", "证件号码"]
WIFE = ["X0001", "黄某某", "配偶", resident(11)]
CHILD = ["X0001", "韦某", "之子", ""]


@pytest.fixture
def two(people: People, tmp_path: Path) -> None:
    """Two households on file, of one person each."""
    take(write_sheet(tmp_path / "a.xlsx", [HEAD, *(household_row(n, size=1) for n in (1, 2))]))


def sizes() -> list[int]:
    with unit_of_work(SYSTEM):
        return list(db.session.scalars(select(Household.size).order_by(Household.household_no)))


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (WIFE, WIFE, "person_twice"),
        (WIFE, ["X0002", *WIFE[1:]], "person_twice"),
        (CHILD, CHILD, "double_in_file"),
        (WIFE, [*WIFE[:3], ""], "double_in_file"),
        ([*WIFE[:3], ""], WIFE, "double_in_file"),
    ],
)
def test_a_member_stands_in_a_file_once(
    two: None, tmp_path: Path, first: list[Any], second: list[Any], code: str
) -> None:
    path = write_sheet(tmp_path / "m.xlsx", [MEMBER_HEAD, first, second])
    outcome = take(path, SheetKind.MEMBERS, mode=Mode.GOOD_ROWS)
    assert [(fault.row, fault.code) for fault in outcome.faults] == [(3, code)]
    assert outcome.accepted == 1


def test_namesakes_with_numbers_of_their_own_are_two_persons(two: None, tmp_path: Path) -> None:
    rows = [WIFE, [*WIFE[:2], "之女", resident(12)], CHILD, ["X0002", *CHILD[1:]]]
    assert take(write_sheet(tmp_path / "m.xlsx", [MEMBER_HEAD, *rows]), SheetKind.MEMBERS).accepted == 4


def test_a_village_stands_in_a_file_once_for_a_year(people: People, tmp_path: Path) -> None:
    rows = [["行政村", "年度", "总户数"], ["九利村", 2025, 312], ["九利村", 2024, 310], ["九利村", 2025, 313]]
    outcome = take(write_sheet(tmp_path / "v.xlsx", rows), SheetKind.VILLAGES, mode=Mode.GOOD_ROWS)
    assert [(fault.row, fault.code) for fault in outcome.faults] == [(4, "double_in_file")]


def test_a_household_gets_its_first_helper_once_in_a_file(two: None, people: People, tmp_path: Path) -> None:
    make_person(Role.PAIRING_CADRE, username="ganbu")
    rows = [["户编号", "帮扶人账号"], ["X0001", "ganbu"], ["X0002", "ganbu"], ["X0001", "ganbu"]]
    path = write_sheet(tmp_path / "p.xlsx", rows)
    outcome = take(path, SheetKind.PAIRINGS, actor=actor_of(people.county), mode=Mode.GOOD_ROWS)
    assert [(fault.row, fault.code) for fault in outcome.faults] == [(4, "double_in_file")]


@pytest.mark.parametrize("mode", [Mode.CHECK, Mode.WHOLE])
def test_another_size_is_a_change(two: None, tmp_path: Path, mode: Mode) -> None:
    path = write_sheet(tmp_path / "b.xlsx", [HEAD, household_row(1, size=4), household_row(2, size=None)])
    outcome = take(path, mode=mode)
    assert (outcome.accepted, outcome.unchanged) == (1, 1)
    assert sizes() == ([4, 1] if mode is Mode.WHOLE else [1, 1])
    if mode is Mode.WHOLE:
        assert take(path).unchanged == 2


def test_a_household_shrinks_down_to_its_members_on_file_and_no_further(two: None, tmp_path: Path) -> None:
    take(write_sheet(tmp_path / "b.xlsx", [HEAD, household_row(1, size=4)]))
    take(write_sheet(tmp_path / "m.xlsx", [MEMBER_HEAD, WIFE]), SheetKind.MEMBERS)
    assert take(write_sheet(tmp_path / "c.xlsx", [HEAD, household_row(1, size=2)])).accepted == 1
    outcome = take(write_sheet(tmp_path / "d.xlsx", [HEAD, household_row(1, size=1)]))
    assert [(fault.column, fault.code) for fault in outcome.faults] == [("家庭人口", "fewer_than_members")]
    assert sizes() == [2, 1]
