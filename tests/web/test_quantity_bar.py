from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.rendering.quantity import Reach, lot_of, quantity_bar


def reaches(quantity: int, held: int, delivered: int, confirmed: int) -> list[Reach]:
    bar = quantity_bar(Decimal(quantity), Decimal(held), Decimal(delivered), Decimal(confirmed))
    return [cell.reach for cell in bar.cells]


def test_six_quilts_are_six_cells_from_confirmed_to_needed() -> None:
    assert reaches(6, 5, 3, 2) == ["confirmed", "confirmed", "delivered", "pledged", "pledged", "needed"]


@pytest.mark.parametrize(
    ("quantity", "lot"),
    [
        (1, 1),
        (30, 1),
        (31, 2),
        (40, 2),
        (41, 5),
        (60, 5),
        (101, 10),
        (600, 50),
        (900, 50),
        (1200, 100),
        (8000, 500),
        (20001, 2000),
    ],
)
def test_a_cell_stands_for_the_smallest_lot_that_gives_at_most_twenty(quantity: int, lot: int) -> None:
    assert lot_of(Decimal(quantity)) == lot


def test_a_lot_counts_only_when_it_is_whole() -> None:
    """design 7.1: 260 of 600 poles confirmed are five cells of 50, not five and a bit."""
    drawn = reaches(600, 420, 300, 260)
    assert drawn.count(Reach.CONFIRMED) == 5
    assert drawn.count(Reach.DELIVERED) == 1
    assert drawn.count(Reach.PLEDGED) == 2
    assert drawn.count(Reach.NEEDED) == 4


def test_a_smaller_last_lot_is_full_when_everything_is() -> None:
    assert reaches(41, 41, 41, 41) == [Reach.CONFIRMED] * 9


def test_cells_stand_in_rows_of_ten() -> None:
    bar = quantity_bar(Decimal(24), Decimal(0), Decimal(0), Decimal(0))
    assert (bar.rows, bar.columns) == (3, 10)
    assert (bar.cells[11].column, bar.cells[11].row) == (1, 1)


def test_a_bar_refuses_more_delivered_than_pledged() -> None:
    with pytest.raises(ValueError, match="confirmed <= delivered"):
        quantity_bar(Decimal(6), Decimal(2), Decimal(3), Decimal(0))


@given(
    st.lists(st.decimals(0, 100_000, places=2), min_size=4, max_size=4).map(sorted).filter(lambda found: found[3] > 0)
)
def test_nothing_that_arrived_is_ever_rounded_up(amounts: list[Decimal]) -> None:
    confirmed, delivered, held, quantity = amounts
    bar = quantity_bar(quantity, held, delivered, confirmed)
    drawn = [cell.reach for cell in bar.cells]
    order = [Reach.CONFIRMED, Reach.DELIVERED, Reach.PLEDGED, Reach.NEEDED]
    assert drawn == sorted(drawn, key=order.index)
    assert len(drawn) <= 30
    if confirmed < quantity:
        assert drawn.count(Reach.CONFIRMED) * bar.lot <= confirmed
    if held < quantity:
        assert Reach.NEEDED in drawn
