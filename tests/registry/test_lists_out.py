"""Lists taken out of every register: scope, classes, purpose, record, and cells that stay texts."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.models import IdentificationRound
from registry.choices import ExportPurpose, ListKind, Severity, SheetKind
from registry.models import Finding, Household, Member, SheetExport
from registry.queries import listed
from registry.queries.listed import ListColumn, cells_of, list_of
from registry.services.exporting import export_list
from tests.factories.needs import OTHER_VILLAGE, People, make_household
from tests.factories.notices import make_case
from tests.factories.people import VILLAGE, acting, make_person, sign_in
from tests.factories.pledges import make_pairing
from tests.factories.rounds import make_round, reach
from tests.factories.sheets import formulas_in, rows_of, take, write_sheet

LEADS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HEADINGS = {
    ListKind.HOUSEHOLDS: ["Place", "Household number", "Village group", "Head, masked", "Persons in the household"],
    ListKind.MEMBERS: ["Place", "Household number", "Village group", "Name, masked", "Belongs to it since"],
    ListKind.FINDINGS: [
        "Place",
        "Household number",
        "What does not fit together",
        "How grave",
        "Year",
        "First seen",
        "Now",
    ],
    ListKind.PAIRINGS: ["Place", "Household number", "Head, masked", "First helper", "Whose unit"],
    ListKind.CASES: ["Place", "Household number", "Applicant, masked", "Rules", "How it came in", "State"],
    ListKind.FRAME: ["Place", "Rules", "Year", "Household number", "Village group", "Head, masked", "How reached"],
}
SAYS = {
    ListKind.HOUSEHOLDS: ["H001", "韦**"],
    ListKind.MEMBERS: ["H001", "韦**"],
    ListKind.FINDINGS: ["H001", "Cannot be true", "Open"],
    ListKind.PAIRINGS: ["H001", "韦**", "Paired cadre"],
    ListKind.CASES: ["H001", "韦**"],
    ListKind.FRAME: ["H001", "韦**", "Visited"],
}


def _fill(people: People, village: str, number: str, name: str) -> UUID:
    """Put one household on every list of a village."""
    home = make_household(people.author, region=village, household_no=number, head_name=name)
    make_case(home)
    round_id = make_round(people.author, region=village)
    reach(people.author, round_id, home)
    make_pairing(people.county, make_person(Role.PAIRING_CADRE), household_id=home)
    with unit_of_work(SYSTEM):
        household = db.session.get_one(Household, home)
        db.session.add(_finding(household))
    return home


def _finding(household: Household) -> Finding:
    return Finding(
        rule="invented",
        severity=Severity.ERROR,
        subject=f"household/{household.id}",
        household_id=household.id,
        region_code=household.region_code,
        county_code=household.county_code,
        details={},
        first_seen_on=today(),
        last_seen_on=today(),
    )


@pytest.fixture
def filled(people: People) -> People:
    """Two villages, each with a household on every list."""
    _fill(people, VILLAGE, "H001", "韦金丝雀")
    _fill(People(OTHER_VILLAGE), OTHER_VILLAGE, "Z999", "黄外村")
    return people


def taken_out(client: FlaskClient, account: UUID, kind: ListKind, place: str = VILLAGE) -> Any:
    client.set_cookie("lang", "en")
    form = {"kind": kind.value, "place": place, "purpose": "meeting"}
    return sign_in(client, account).post("/desk/exports", data=form)


@pytest.mark.parametrize("kind", HEADINGS)
def test_a_list_holds_its_columns_of_own_places_and_leaves_a_record(
    filled: People, client: FlaskClient, kind: ListKind
) -> None:
    answer = taken_out(client, filled.author, kind)
    assert answer.status_code == 200
    rows = rows_of(answer.data)
    assert rows[2][: len(HEADINGS[kind])] == HEADINGS[kind]
    assert len(rows) == 4, "one household of the own village, none of the other"
    assert set(SAYS[kind]) <= set(rows[3])
    said = str(rows)
    assert not [word for word in ("金丝雀", "Z999", "黄", *_secrets()) if word in said]
    with unit_of_work(SYSTEM):
        export = db.session.scalars(select(SheetExport)).one()
        found = (export.kind, export.purpose, export.row_count, export.exported_by)
        assert found == (kind, ExportPurpose.MEETING, 1, filled.author)
        stream = {"s": f"account/{filled.author}"}
        kinds = db.session.scalars(text("SELECT kind FROM records.record WHERE stream = :s"), stream)
        assert "sheet_export.created" in set(kinds)


def _secrets() -> list[str]:
    """Return the ID numbers and phones on file."""
    with unit_of_work(SYSTEM):
        homes = db.session.scalars(select(Household)).all()
        persons = db.session.scalars(select(Member)).all()
        numbers = [row.id_number for row in (*homes, *persons)]
        return [word for word in (*numbers, *(home.phone for home in homes)) if word]


@pytest.mark.parametrize("kind", HEADINGS)
def test_nothing_goes_out_of_a_place_that_is_not_the_readers(
    filled: People, client: FlaskClient, kind: ListKind
) -> None:
    assert taken_out(client, filled.author, kind, OTHER_VILLAGE).status_code == 422
    with acting(filled.author) as actor:
        assert list(cells_of(list_of(kind), actor, OTHER_VILLAGE)) == []
        assert len(list(cells_of(list_of(kind), actor, VILLAGE[:6]))) == 1
    with unit_of_work(SYSTEM):
        assert db.session.scalars(select(SheetExport)).all() == []


def test_each_list_is_found_where_it_is_shown(filled: People, client: FlaskClient) -> None:
    client.set_cookie("lang", "en")
    officer = sign_in(client, filled.author)
    pages = {"findings": "findings", "pairings": "pairings", "cases": "cases", "households": "members"}
    for page, kind in pages.items():
        assert f"/desk/exports?kind={kind}" in officer.get(f"/desk/{page}").text
    with unit_of_work(SYSTEM):
        round_id = db.session.scalars(
            select(IdentificationRound.id).where(IdentificationRound.region_code == VILLAGE)
        ).one()
    assert "/desk/exports?kind=frame" in officer.get(f"/desk/rounds/{round_id}/households?show=all").text
    form = officer.get("/desk/exports?kind=cases").text
    assert '<option selected value="cases"' in form or '<option value="cases" selected' in form


def test_a_sensitive_value_never_goes_out_whole(people: People) -> None:
    def value(row: Any, _place: Any) -> str:
        return str(row)

    assert not ListColumn("x", value, (Household.head_name,)).may_go_out
    assert not ListColumn("x", value, (Household.household_no, Member.birth_year)).may_go_out
    for kind in ListKind:
        assert all(column.may_go_out for column in list_of(kind).columns()), kind


def test_no_cell_of_any_column_of_any_list_can_become_a_formula(
    filled: People, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sheet = [["行政村", "年度", "总户数"], ["九利村", 2025, 312]]
    take(write_sheet(tmp_path / "v.xlsx", sheet), SheetKind.VILLAGES)
    for kind in ListKind:
        whole = list_of(kind)
        for lead in LEADS:
            word = f"{lead}1+cmd|' /C calc'!A0"
            planted = [replace(column, value=lambda row, place, word=word: word) for column in whole.columns()]
            monkeypatch.setitem(listed._lists, kind, replace(whole, columns=lambda planted=planted: planted))
            with acting(filled.author) as actor:
                made = export_list(kind, actor=actor, place=VILLAGE, purpose=ExportPurpose.MEETING)
            assert formulas_in(made.content) == []
            cells = rows_of(made.content)[3]
            assert cells == [f"{lead}**" if column.mask else word for column in planted]
