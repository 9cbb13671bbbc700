"""The arithmetic of the quantity bar: how many cells, and how far each of them has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from functools import lru_cache

from markupsafe import Markup

SINGLE_CELLS = 30
MOST_CELLS = 20
ROW = 10
FIRST_STEPS = (Decimal(2), Decimal(5), Decimal(10))
LATER_STEPS = (Decimal(20), Decimal(25), Decimal(50), Decimal(100))


class Reach(StrEnum):
    """How far the thing in a cell has come; each state includes the one before."""

    NEEDED = "needed"
    PLEDGED = "pledged"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Cell:
    """One square of a bar with its place in the grid, counted in cells."""

    reach: Reach
    column: int
    row: int


@dataclass(frozen=True)
class Bar:
    """A quantity bar that is ready to draw."""

    quantity: Decimal
    held: Decimal
    delivered: Decimal
    confirmed: Decimal
    lot: Decimal
    cells: tuple[Cell, ...]

    @property
    def remaining(self) -> Decimal:
        """What nobody has pledged yet."""
        return self.quantity - self.held

    @property
    def rows(self) -> int:
        """Rows of ten."""
        return self.cells[-1].row + 1 if self.cells else 0

    @property
    def columns(self) -> int:
        """Cells in the first row."""
        return min(len(self.cells), ROW)

    def drawn(self, pitch: int, side: int) -> Markup:
        """Return the cells as SVG: in one piece, since a list draws hundreds of them."""
        size = f'width="{side}" height="{side}"'
        drawn = (
            f'<use href="#cell-{cell.reach}" x="{cell.column * pitch}" y="{cell.row * pitch}" {size}/>'
            for cell in self.cells
        )
        return Markup("".join(drawn))  # noqa: S704 - our own words and numbers


def lots() -> Iterator[Decimal]:
    """Yield 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000 and so on without end."""
    yield from FIRST_STEPS
    scale = Decimal(1)
    while True:
        for step in LATER_STEPS:
            yield step * scale
        scale *= 10


def lot_of(quantity: Decimal) -> Decimal:
    """Return what a cell stands for: 1 up to 30 units, else the smallest lot that gives at most 20 cells."""
    if quantity <= SINGLE_CELLS:
        return Decimal(1)
    return next(lot for lot in lots() if _round(quantity / lot, ROUND_CEILING) <= MOST_CELLS)


@lru_cache(maxsize=4096)
def quantity_bar(quantity: Decimal, held: Decimal, delivered: Decimal, confirmed: Decimal) -> Bar:
    """Return the bar of a need in units; nothing that has arrived is ever rounded up (design 7.1).

    Raises ValueError unless `0 <= confirmed <= delivered <= held <= quantity`.
    """
    if not 0 <= confirmed <= delivered <= held <= quantity:
        raise ValueError("a bar needs confirmed <= delivered <= held <= quantity")
    lot = lot_of(quantity)
    total = _round(quantity / lot, ROUND_CEILING)
    reached = [
        total if amount == quantity else _round(amount / lot, ROUND_FLOOR) for amount in (confirmed, delivered, held)
    ]
    cells = tuple(Cell(_reach(place, reached), place % ROW, place // ROW) for place in range(total))
    return Bar(quantity, held, delivered, confirmed, lot, cells)


def _round(value: Decimal, rounding: str) -> int:
    return int(value.to_integral_value(rounding=rounding))


def _reach(place: int, reached: list[int]) -> Reach:
    confirmed, delivered, held = reached
    if place < confirmed:
        return Reach.CONFIRMED
    if place < delivered:
        return Reach.DELIVERED
    return Reach.PLEDGED if place < held else Reach.NEEDED
