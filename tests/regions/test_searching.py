"""Finding a place by what people type; village names repeat within a county (issue 2, section 2)."""

import pytest

from core.errors import NotFound
from regions.codes import code_range
from regions.queries import published_children, published_places, published_region, published_search
from regions.services import ImportReport

pytestmark = pytest.mark.usefixtures("baise")


def names(text: str, **narrowed: object) -> list[str]:
    return [place.full_name for place in published_search(text, **narrowed)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("六为", "同乐镇 六为村委会"),
        ("六为村", "同乐镇 六为村委会"),
        ("六为村委会", "同乐镇 六为村委会"),
        (" 六 为 ", None),
        ("同乐 六为", "同乐镇 六为村委会"),
        ("乐业县 六为村", "同乐镇 六为村委会"),
        ("liuwei", "同乐镇 六为村委会"),
        ("ＬＩＵＷＥＩ", "同乐镇 六为村委会"),
        ("451028100207", "同乐镇 六为村委会"),
        ("乐业", "乐业县"),
        ("leye", "乐业县"),
        ("451028", "乐业县"),
        ("平果", "平果市"),
    ],
)
def test_a_place_is_found_by_name_pinyin_or_code(typed: str, found: str | None) -> None:
    first = names(typed)[:1]
    assert first == ([found] if found else [])


def test_one_character_finds_names_that_begin_with_it() -> None:
    found = published_search("隆", limit=50)
    assert found
    assert all(place.name.startswith("隆") for place in found)


def test_villages_of_one_name_are_told_apart_by_their_township() -> None:
    found = names("八洞村", within=[code_range("451029")])
    assert len(found) > 1
    assert len(set(found)) == len(found)
    assert all(" " in name for name in found)


def test_upper_levels_come_before_villages_and_eight_are_enough() -> None:
    found = published_search("新")
    assert len(found) == 8
    levels = [place.level.value for place in found]
    order = ["province", "prefecture", "county", "township", "village"]
    assert levels == sorted(levels, key=order.index)


def test_search_keeps_to_the_ranges_that_are_given() -> None:
    inside = published_search("新", within=[code_range("451028"), code_range("451027")], limit=100)
    assert inside
    assert {place.county_code for place in inside} == {"451027", "451028"}


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "%%", "\\", "'", "甲乙丙丁", "x" * 500, "100%", "^六"])
def test_signs_and_nonsense_find_nothing_and_break_nothing(typed: str) -> None:
    assert published_search(typed) == []


def test_children_come_in_the_order_of_their_codes(baise: ImportReport) -> None:
    townships = published_children("451028")
    assert [place.name for place in townships][:2] == ["同乐镇", "甘田镇"]
    assert len(townships) == 8
    assert [place.code for place in published_children(None)] == ["450000000000"]
    assert published_children("451028", after=townships[2].code, limit=2) == townships[3:5]


def test_many_places_are_read_at_once() -> None:
    found = published_places(["451028100207", "451028000000", "451028100999"])
    assert {code: place.name for code, place in found.items()} == {
        "451028100207": "六为村委会",
        "451028000000": "乐业县",
    }
    assert published_places([]) == {}


@pytest.mark.parametrize("code", ["451028100999", "45102", "", "999999999999", "六为"])
def test_what_is_no_place_is_not_found(code: str) -> None:
    with pytest.raises(NotFound):
        published_region(code)
