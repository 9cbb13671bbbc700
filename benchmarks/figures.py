"""What a benchmark says: a figure, what it stands beside, and whether the goal holds."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Goal:
    """A bound on the ratio."""

    word: str
    bound: float

    def __str__(self) -> str:
        return f"{'<=' if self.word == 'at_most' else '>='} {number(self.bound)}"

    def holds(self, ratio: float) -> bool:
        return ratio <= self.bound if self.word == "at_most" else ratio >= self.bound


def at_most(bound: float) -> Goal:
    return Goal("at_most", bound)


def at_least(bound: float) -> Goal:
    return Goal("at_least", bound)


@dataclass(frozen=True)
class Figure:
    """One line of the table and of `build/bench.json`. Without a goal, `holds` is None."""

    name: str
    value: float | None
    unit: str
    against: str
    ratio: float | None
    goal: str | None
    holds: bool | None


def cost(name: str, ours: float, reference: float, goal: Goal | None, *, unit: str, against: str) -> Figure:
    """Return ours / reference: less is better."""
    return _figure(name, ours, reference, ours / reference, goal, unit, against)


def gain(name: str, ours: float, reference: float, goal: Goal | None, *, unit: str, against: str) -> Figure:
    """Return reference / ours: how many times cheaper ours is."""
    return _figure(name, ours, reference, reference / ours, goal, unit, against)


def speed(name: str, ours: float, reference: float, goal: Goal | None, *, unit: str, against: str) -> Figure:
    """Return ours / reference of two rates: more is better."""
    return _figure(name, ours, reference, ours / reference, goal, unit, against)


def amount(name: str, value: float, goal: Goal | None, *, unit: str, against: str) -> Figure:
    """Return a figure whose goal is a number of its own unit."""
    holds = None if goal is None else goal.holds(value)
    return Figure(name, significant(value), unit, against, None, None if goal is None else f"{goal} {unit}", holds)


def missing(name: str, why: str, goal: Goal | None) -> Figure:
    """Return the line of something that could not be measured; its goal does not hold."""
    return Figure(name, None, "not measured", why, None, None if goal is None else str(goal), False)


def _figure(
    name: str, ours: float, reference: float, ratio: float, goal: Goal | None, unit: str, against: str
) -> Figure:
    holds = None if goal is None else goal.holds(ratio)
    beside = f"{against}: {number(reference)} {unit}"
    return Figure(name, significant(ours), unit, beside, significant(ratio), None if goal is None else str(goal), holds)


def significant(value: float) -> float:
    """Return the value with four significant digits."""
    return float(f"{value:.4g}")


def number(value: float) -> str:
    """Return three significant digits, without a power of ten."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{float(f'{value:.3g}'):g}"


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as aligned lines for the terminal."""
    head = ("figure", "value", "against", "ratio", "goal", "")
    rows = [head, *(_row(figure) for figure in figures)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * _width(lines[0]), *lines[1:]])


def _row(figure: Figure) -> tuple[str, ...]:
    value = figure.unit if figure.value is None else f"{number(figure.value)} {figure.unit}"
    verdict = {True: "holds", False: "DOES NOT HOLD", None: ""}[figure.holds]
    ratio = "" if figure.ratio is None else number(figure.ratio)
    return figure.name, value, figure.against, ratio, figure.goal or "", verdict


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write `build/bench.json`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(figure), ensure_ascii=False) for figure in figures]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
