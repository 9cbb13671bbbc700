"""Region codes: the traps (a) to (h) of domain.md 10."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.codes import (
    NotARegionCode,
    RegionKind,
    RegionLevel,
    code_range,
    county_code,
    is_code,
    is_inside,
    is_prefix,
    is_pseudo_level,
    kind,
    level,
    pad,
    path,
    prefix,
    township_code,
)

provinces = st.integers(10, 89).map(str)
codes = st.builds(lambda head, rest: head + rest, provinces, st.from_regex(r"[0-9]{10}", fullmatch=True))
areas = st.builds(lambda code, length: code[:length], codes, st.sampled_from((2, 4, 6, 9, 12)))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("450000000000", RegionLevel.PROVINCE),
        ("451000000000", RegionLevel.PREFECTURE),
        ("451028000000", RegionLevel.COUNTY),
        ("451028100000", RegionLevel.TOWNSHIP),
        ("451028100200", RegionLevel.VILLAGE),
        ("451028", RegionLevel.COUNTY),
        ("441900003000", RegionLevel.TOWNSHIP),
    ],
)
def test_the_level_is_that_of_the_last_segment_that_is_not_empty(code: str, expected: RegionKind | RegionLevel) -> None:
    assert level(code) is expected


def test_a_village_number_that_ends_in_zeros_keeps_its_last_segment() -> None:
    assert prefix("451028100200") == "451028100200"
    assert prefix("451028200000") == "451028200"


def test_a_prefecture_without_counties_shows_as_a_prefecture_and_holds_its_towns() -> None:
    assert level("441900") is RegionLevel.PREFECTURE
    assert prefix("441900") == "4419"
    assert is_inside("441900003001", "441900000000")
    assert path("441900003001") == ("440000000000", "441900000000", "441900003000", "441900003001")


@pytest.mark.parametrize("code", ["110100000000", "310100000000", "500200000000", "429000000000", "659000000000"])
def test_prefectures_that_stand_only_in_the_code_are_known(code: str) -> None:
    assert is_pseudo_level(code)


@pytest.mark.parametrize("code", ["451000000000", "110101000000", "450000000000", "429004000000"])
def test_real_places_are_no_pseudo_levels(code: str) -> None:
    assert not is_pseudo_level(code)


def test_a_code_that_a_local_system_made_up_is_still_a_code() -> None:
    assert is_code("619900000000")
    assert level("619900000000") is RegionLevel.PREFECTURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4",
        "451",
        "45102",
        "4510281",
        "45102810020",
        "451028100200123",
        "04",
        "90",
        "４５",
        "45102810020x",
        " 45",
        "-5",
    ],
)
def test_what_does_not_end_at_a_segment_is_no_prefix(text: str) -> None:
    assert not is_prefix(text)
    with pytest.raises(NotARegionCode):
        pad(text)


def test_a_family_code_of_fifteen_digits_is_not_a_region_code() -> None:
    assert not is_code("451028100201001")


def test_a_county_does_not_hold_its_neighbour_with_the_next_number() -> None:
    assert is_inside("451028999999", "451028")
    assert not is_inside("451029000000", "451028")
    assert not is_inside("451027999999", "451028")


def test_an_authority_that_cuts_a_segment_is_refused() -> None:
    with pytest.raises(NotARegionCode):
        is_inside("451028100201", "4510281")


@given(codes, areas)
def test_being_inside_is_being_in_the_half_open_range_and_beginning_with_the_prefix(code: str, area: str) -> None:
    low, high = code_range(area)
    assert len(low) == len(high) == 12
    assert is_inside(code, area) is (low <= code < high) is code.startswith(prefix(area))


@given(codes)
def test_everything_lies_in_its_own_path_and_in_the_country(code: str) -> None:
    assert all(is_inside(code, ancestor) for ancestor in path(code))
    assert path(code)[-1] == code
    low, high = code_range("")
    assert low <= code < high


@given(areas)
def test_padding_and_cutting_are_inverse(area: str) -> None:
    assert prefix(pad(area)) == prefix(area)
    assert pad(prefix(area)) == pad(area)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("451002001000", RegionKind.STREET_OFFICE),
        ("451028100000", RegionKind.TOWN),
        ("451028201000", RegionKind.TOWNSHIP),
        ("451024450000", RegionKind.TOWNSHIP_LIKE),
        ("451028100001", RegionKind.RESIDENTS_COMMITTEE),
        ("451028100201", RegionKind.VILLAGERS_COMMITTEE),
        ("451022101401", RegionKind.VILLAGE_LIKE),
        ("451028000000", RegionKind.COUNTY),
    ],
)
def test_the_kind_follows_from_the_digits(code: str, expected: RegionKind | RegionLevel) -> None:
    assert kind(code) is expected


def test_county_and_township_are_cut_from_the_code() -> None:
    assert county_code("451028100201") == "451028"
    assert township_code("451028100201") == "451028100000"
    assert township_code("451028000000") is None
