"""Importing places: issue 2, section 2; the traps of domain.md 10."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound, Refused
from regions.models import Region
from regions.queries import (
    find_published_region,
    published_children,
    published_path,
    published_region,
    published_region_on,
    published_successors,
)
from regions.services import BAISE, ImportReport, RegionsRefused, close_region, import_regions
from tests.regions.conftest import Importer

LATER = date(2025, 1, 1)
PLACES = (
    "450000000000,广西壮族自治区,,province",
    "451000000000,百色市,450000000000,prefecture",
    "451028000000,乐业县,451000000000,county",
    "451028100000,同乐镇,451028000000,township",
    "451028100207,六为村委会,451028100000,village",
)


def faults(refusal: pytest.ExceptionInfo[RegionsRefused]) -> list[tuple[int, str]]:
    return [(error.line, error.code) for error in refusal.value.errors]


def test_baise_has_its_counties_townships_and_villages(baise: ImportReport) -> None:
    expected = {"province": 1, "prefecture": 1, "county": 12, "township": 137, "village": 1899}
    assert baise.levels == expected
    assert baise.added == 2050


def test_the_file_of_baise_holds_codes_as_text_and_every_parent() -> None:
    with BAISE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["code"] for row in rows}
    assert all(len(code) == 12 for code in codes)
    assert all(row["parent"] in codes for row in rows[1:])
    assert Counter(row["level"] for row in rows if row["code"].startswith("451028")) == {
        "county": 1,
        "township": 8,
        "village": 89,
    }


def test_the_same_file_twice_changes_nothing(baise: ImportReport, session: Session) -> None:
    before = session.scalars(select(Region.id).order_by(Region.id)).all()
    again = import_regions(BAISE)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2050)
    assert session.scalars(select(Region.id).order_by(Region.id)).all() == before


def test_a_village_knows_the_names_above_it(baise: ImportReport) -> None:
    village = published_region("451028100207")
    assert village.path == "广西壮族自治区 百色市 乐业县 同乐镇 六为村委会"
    assert village.full_name == "同乐镇 六为村委会"
    assert [place.code for place in published_path(village.code)] == [
        "450000000000",
        "451000000000",
        "451028000000",
        "451028100000",
        "451028100207",
    ]


def test_a_renamed_place_gets_a_new_version_and_keeps_the_old_one(importing: Importer, session: Session) -> None:
    importing(*PLACES)
    renamed = tuple(line.replace("同乐镇", "新同乐镇") for line in PLACES)
    report = importing(*renamed, as_of=LATER)
    assert (report.added, report.changed, report.unchanged) == (0, 1, 4)
    assert published_region("451028100").name == "新同乐镇"
    assert published_region_on("451028100", date(2024, 12, 31)).name == "同乐镇"
    assert published_region_on("451028100", LATER).name == "新同乐镇"
    assert published_region("451028100207").path_names[3] == "新同乐镇"


def test_a_mistake_of_the_same_day_is_mended_without_a_new_version(importing: Importer, session: Session) -> None:
    importing(*PLACES)
    report = importing(*(line.replace("六为", "六围") for line in PLACES))
    assert report.changed == 1
    assert published_region("451028100207").name == "六围村委会"
    assert len(session.scalars(select(Region).where(Region.code == "451028100207")).all()) == 1


def test_an_older_list_cannot_overwrite_a_newer_one(importing: Importer) -> None:
    importing(*PLACES, as_of=LATER)
    with pytest.raises(RegionsRefused) as refusal:
        importing(*(line.replace("六为", "六围") for line in PLACES))
    assert faults(refusal) == [(6, "older_than_stored")]


def test_a_part_of_the_tree_hangs_itself_below_what_is_stored(importing: Importer) -> None:
    importing(*PLACES)
    importing("451028100208,上岗村委会,451028100000,village")
    assert published_region("451028100208").township == "同乐镇"


def test_the_parent_is_what_the_column_says_and_not_the_prefix(importing: Importer) -> None:
    report = importing(*PLACES, "619900000000,新区,451000000000,county")
    assert report.elsewhere == 1
    assert published_region("619900000000").path_names == ("广西壮族自治区", "百色市", "新区")
    assert "619900000000" in [place.code for place in published_children("451000000000")]


def test_a_county_that_only_repeats_its_prefecture_is_folded_into_it(importing: Importer) -> None:
    report = importing(
        "440000000000,广东省,,province",
        "441900000000,东莞市,440000000000,prefecture",
        "441900000000,东莞市,441900000000,county",
        "441900003000,东城街道,441900000000,township",
    )
    assert report.placeholders == 1
    assert published_region("441900003000").path_names == ("广东省", "东莞市", "东城街道")


def test_a_level_that_stands_only_in_the_code_is_in_no_path(importing: Importer) -> None:
    importing(
        "420000000000,湖北省,,province",
        "429000000000,省直辖县级行政区划,420000000000,prefecture",
        "429004000000,仙桃市,429000000000,county",
    )
    assert published_region("429004").path_names == ("湖北省", "仙桃市")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("45102810020,六为村委会,451028100000,village", "bad_code"),
        ("951028100207,六为村委会,451028100000,village", "bad_code"),
        ("451028100208,,451028100000,village", "bad_name"),
        ("451028100208,上\u200b岗村委会,451028100000,village", "bad_name"),
        ("451028100208,上岗村委会,451028100000,hamlet", "bad_level"),
        ("451028100208,上岗村委会,4510281000,village", "bad_parent"),
        ("451028100208,上岗村委会,,village", "no_parent"),
        ("451028100208,上岗村委会,451028900000,village", "unknown_parent"),
        ("451028100208,上岗村委会,451028100207,village", "unknown_parent"),
        ("451028101000,甘田镇,451028100000,township", "parent_not_above"),
        ("451028100207,六为村委会,451028100000,village", "double_code"),
    ],
)
def test_a_row_that_does_not_fit_refuses_the_whole_list(
    importing: Importer, session: Session, line: str, fault: str
) -> None:
    with pytest.raises(RegionsRefused) as refusal:
        importing(*PLACES, line)
    assert faults(refusal) == [(7, fault)]
    assert session.scalars(select(Region)).all() == []


@pytest.mark.parametrize("name", ["a\\b村", 'a"b村', "{a,b}村", "\ue170村", "𠮷村", "阿·坝村"])
def test_any_name_survives_the_copy(importing: Importer, name: str) -> None:
    quoted = name.replace('"', '""')
    importing(*PLACES[:4], f'451028100207,"{quoted}",451028100000,village')
    assert published_region("451028100207").name == name


def test_a_file_without_the_columns_is_refused(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Refused, match="regions_unreadable"):
        import_regions(path)


def test_a_folder_without_the_national_files_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="regions_unreadable"):
        import_regions(tmp_path)


def test_the_national_files_are_read_with_their_short_codes(session: Session, tmp_path: Path) -> None:
    files = {
        "provinces.csv": 'code,name\n35,"福建省"\n',
        "cities.csv": 'code,name,provinceCode\n3505,"泉州市",35\n',
        "areas.csv": 'code,name,cityCode,provinceCode\n350527,"金门县",3505,35\n',
        "streets.csv": 'code,name,areaCode,provinceCode,cityCode\n350527000,"金门县",350527,35,3505\n',
        "villages.csv": "code,name,streetCode,provinceCode,cityCode,areaCode\n"
        '350527000000,"金门县",350527000,35,3505,350527\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = import_regions(tmp_path)
    assert (report.rows, report.added, report.placeholders) == (5, 3, 2)


def test_places_that_a_list_lacks_stay_unless_they_are_to_be_closed(importing: Importer) -> None:
    importing(*PLACES)
    assert importing(*PLACES[:4], as_of=LATER).closed == 0
    assert importing(*PLACES[:4], as_of=LATER, close_within="451029").closed == 0
    assert importing(*PLACES[:4], as_of=LATER, close_within="451028").closed == 1
    assert find_published_region("451028100207") is None
    assert published_region_on("451028100207", date(2024, 6, 1)).name == "六为村委会"


def test_a_merged_village_names_its_successor(importing: Importer, session: Session) -> None:
    importing(*PLACES, "451028100208,上岗村委会,451028100000,village")
    close_region("451028100207", on=LATER, successors=["451028100208"])
    session.flush()  # the queries below read the table
    assert find_published_region("451028100207") is None
    assert published_successors("451028100207") == ("451028100208",)


def test_a_place_that_holds_others_cannot_end(importing: Importer) -> None:
    importing(*PLACES)
    with pytest.raises(Refused, match="region_has_children"):
        close_region("451028100000", on=LATER)
    with pytest.raises(Refused, match="no_such_successor"):
        close_region("451028100207", on=LATER, successors=["451028100999"])
    with pytest.raises(NotFound):
        close_region("451028100999", on=LATER)
