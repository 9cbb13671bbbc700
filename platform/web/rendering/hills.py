"""The geometry of the hills: one hill per region, one cell per need, the waiting ones on top (design 7.2)."""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from web.rendering.quantity import Reach

PITCH = 11
EDGE = 9.0
MOST_CELLS = 1200
MOST_HILLS = 12
NARROWEST, WIDEST = 8, 16
BY_ROW = 4
LOTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
FROM_THE_GROUND = (Reach.CONFIRMED, Reach.DELIVERED, Reach.PLEDGED, Reach.NEEDED)


@dataclass(frozen=True)
class Counts:
    """The needs of one region by how far each has come; a need is counted once."""

    code: str
    confirmed: int
    delivered: int
    pledged: int
    needed: int

    @property
    def total(self) -> int:
        """All needs of the region."""
        return self.confirmed + self.delivered + self.pledged + self.needed


@dataclass(frozen=True)
class Hill:
    """A drawn hill: its size in pixels, one path per state, and the region it belongs to."""

    group: Mapping[str, Any]
    columns: int
    width: int
    height: int
    paths: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Range:
    """The hills of one picture, the needs a cell stands for, and the columns of the widest row of four."""

    hills: tuple[Hill, ...]
    lot: int
    row_columns: int
    height: int


def hill_range(groups: Sequence[Mapping[str, Any]]) -> Range:
    """Return the hills of at most the twelve regions with most waiting, in the order given."""
    shown = _most_waiting(groups)
    counts = [_counts(group) for group in shown]
    lot = lot_of(sum(count.total for count in counts))
    drawn = tuple(_hill(group, count, lot) for group, count in zip(shown, counts, strict=True))
    rows = [sum(hill.columns for hill in row) for row in batched_by_row(drawn)]
    height = max((hill.height for hill in drawn), default=0)
    return Range(drawn, lot, _class_of_row(max(rows, default=0)), height)


def lot_of(total: int) -> int:
    """Return how many needs one cell stands for, so that a picture has at most 1,200 cells."""
    return next((lot for lot in LOTS if total <= MOST_CELLS * lot), LOTS[-1])


def batched_by_row(hills: Iterable[Hill]) -> Iterable[tuple[Hill, ...]]:
    """Yield the hills four by four, as a phone shows them."""
    shown = tuple(hills)
    return (shown[start : start + BY_ROW] for start in range(0, len(shown), BY_ROW))


def profile(columns: int, peak: float) -> list[float]:
    """Return the outline of a hill as one weight per column; the peak is a share of the width."""
    places = ((column + 0.5) / columns for column in range(columns))
    slopes = (place / peak if place <= peak else (1 - place) / (1 - peak) for place in places)
    return [0.16 + math.sin(slope * math.pi / 2) ** 1.15 for slope in slopes]


def column_heights(cells: int, columns: int, peak: float) -> list[int]:
    """Share the cells out over the columns along the outline; the sum is exact."""
    outline = profile(columns, peak)
    wanted = [cells * weight / sum(outline) for weight in outline]
    heights = [int(share) for share in wanted]
    by_rest = sorted(range(columns), key=lambda place: (heights[place] - wanted[place], place))
    for place in by_rest[: cells - sum(heights)]:
        heights[place] += 1
    return heights


def _most_waiting(groups: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    if len(groups) <= MOST_HILLS:
        return list(groups)
    order = sorted(range(len(groups)), key=lambda place: (-int(groups[place]["needed"]), place))
    return [groups[place] for place in sorted(order[:MOST_HILLS])]


def _counts(group: Mapping[str, Any]) -> Counts:
    return Counts(str(group["code"]), *(int(group[reach.value]) for reach in FROM_THE_GROUND))


def _hill(group: Mapping[str, Any], counts: Counts, lot: int) -> Hill:
    columns, height, paths = _drawing(counts, lot)
    return Hill(group, columns, columns * PITCH, height, paths)


@lru_cache(maxsize=2048)
def _drawing(counts: Counts, lot: int) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    states = _cells_from_the_ground(counts, lot)
    columns = _columns(len(states), counts.code)
    heights = column_heights(len(states), columns, 0.38 + 0.24 * _chance(counts.code, 0))
    rows = max(heights, default=0)
    spots = [(row, column) for row in range(rows) for column in range(columns) if heights[column] > row]
    paths: dict[Reach, list[str]] = {reach: [] for reach in FROM_THE_GROUND}
    for (row, column), reach in zip(spots, states, strict=True):
        paths[reach].append(_cell(reach, column * PITCH + 1, (rows - row - 1) * PITCH + 1))
    drawn = tuple((reach.value, "".join(parts)) for reach, parts in paths.items() if parts)
    return columns, max(rows, 1) * PITCH, drawn


def _cells_from_the_ground(counts: Counts, lot: int) -> list[Reach]:
    """Return one state per cell; a cell counts as arrived only when all its needs are."""
    cells = math.ceil(counts.total / lot)
    states: list[Reach] = []
    so_far = 0
    for reach in FROM_THE_GROUND[:-1]:
        so_far += getattr(counts, reach.value)
        until = cells if so_far == counts.total else so_far // lot
        states.extend([reach] * (until - len(states)))
    return states + [Reach.NEEDED] * (cells - len(states))


def _columns(cells: int, code: str) -> int:
    """About 1.1 times the root of the cells, a little steeper or flatter by the region's code."""
    wanted = 1.1 * math.sqrt(cells) * (0.86 + 0.28 * _chance(code, 1))
    return max(NARROWEST, min(WIDEST, round(wanted)))


def _chance(code: str, place: int) -> float:
    return hashlib.sha256(code.encode()).digest()[place] / 255


def _cell(reach: Reach, x: int, y: int) -> str:
    if reach is Reach.CONFIRMED:
        return f"M{x} {y}h9v9h-9z"
    square = f"M{x + 0.5} {y + 0.5}h8v8h-8z"
    if reach is Reach.DELIVERED:
        return square + f"M{x + 3} {y + 3}h3v3h-3z"
    return square + f"M{x + 1} {y + 8}l7-7" if reach is Reach.PLEDGED else square


def _class_of_row(columns: int) -> int:
    """Round up to the next multiple of four, since each one is a class of the style sheet (32 to 64)."""
    return max(NARROWEST * BY_ROW, math.ceil(columns / 4) * 4)
