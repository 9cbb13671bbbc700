from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from web.rendering.hills import MOST_CELLS, column_heights, hill_range, lot_of


def group(code: str = "451028100", **counts: int) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "url": "#",
        "confirmed": 0,
        "delivered": 0,
        "pledged": 0,
        "needed": 0,
        **counts,
    }


def cells(hill: Any, state: str) -> int:
    """Each cell begins with one square: count the squares' edges."""
    path = dict(hill.paths).get(state, "")
    return path.count("h9v9h-9z") + path.count("h8v8h-8z")


def test_a_hill_has_one_cell_for_each_need() -> None:
    hill = hill_range([group(confirmed=60, delivered=12, pledged=21, needed=52)]).hills[0]
    found = [cells(hill, state) for state in ("confirmed", "delivered", "pledged", "needed")]
    assert found == [60, 12, 21, 52]


def test_the_waiting_needs_are_on_the_peak() -> None:
    hill = hill_range([group(confirmed=80, needed=20)]).hills[0]
    heights = {
        state: [int(float(part.split(" ")[1].split("h")[0])) for part in path.split("M")[1:]]
        for state, path in hill.paths
    }
    assert max(heights["needed"]) <= min(y for y in heights["confirmed"]) + 11


def test_above_twelve_hundred_needs_a_cell_stands_for_several_and_none_is_rounded_up() -> None:
    picture = hill_range([group(code=f"4510{n}", confirmed=7, needed=394) for n in range(8)])
    assert picture.lot == 5
    assert cells(picture.hills[0], "confirmed") == 1


def test_only_the_twelve_places_with_most_waiting_are_drawn_and_their_order_stays() -> None:
    groups = [group(code=str(n), needed=n) for n in range(1, 16)]
    assert [hill.group["code"] for hill in hill_range(groups).hills] == [str(n) for n in range(4, 16)]


def test_a_place_without_needs_is_a_flat_hill() -> None:
    hill = hill_range([group()]).hills[0]
    assert hill.paths == ()
    assert hill.height > 0


def test_no_places_are_no_hills() -> None:
    assert hill_range([]).hills == ()


@given(st.integers(0, 2_000), st.integers(8, 16), st.floats(0.38, 0.62))
def test_the_columns_share_out_every_cell(number: int, columns: int, peak: float) -> None:
    heights = column_heights(number, columns, peak)
    assert sum(heights) == number
    assert min(heights) >= 0


@given(st.integers(0, 5_000_000))
def test_a_picture_never_has_more_cells_than_allowed(total: int) -> None:
    assert total <= MOST_CELLS * lot_of(total)
