"""A decomposition as it is stored: plain inputs in, persons out, the same again from what was stored."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from identification.quotas.apportionment import Method
from identification.quotas.decomposition import (
    County,
    ScoredHousehold,
    Step,
    provincial_quota,
    split_by_score,
    split_to_counties,
    split_to_villages,
)
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.quotas.poverty_scores import Factor, Measured, Village


class Line(NamedTuple):
    """A place's inputs as JSON holds them (decimals as text), then its persons."""

    code: str
    population: int
    inputs: Mapping[str, Any]
    quota: int = 0
    low_confidence: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What is split: persons, how, and for villages the factors as `{"code", "weight", "poorer_with_more"}`."""

    level: QuotaLevel
    total: int
    method: Method = Method.HAMILTON
    factors: Sequence[Mapping[str, Any]] = field(default=())


def weighed(weights: Mapping[FactorCode, str]) -> list[dict[str, Any]]:
    """Return the factors of a task from their weights as text, in a settled order."""
    return [
        {"code": code.value, "weight": weights[code], "poorer_with_more": code.poorer_with_more}
        for code in FactorCode
        if code in weights
    ]


def compute(task: Task, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with their persons, in their order. Raises what `decomposition` raises."""
    return _COMPUTE[task.level](task, lines)


def total_of(task: Task, lines: Iterable[Line]) -> int:
    """Return the persons of a run: given, or for the nation the sum of its provinces, which nothing keeps (level 1)."""
    return sum(line.quota for line in lines) if task.level is QuotaLevel.PROVINCES else task.total


def steps(task: Task, lines: Sequence[Line]) -> list[Step]:
    """Return how each village's number came about; for runs by sampled factors."""
    return split_to_villages(task.total, [village_of(line) for line in lines], factors_of(task), task.method)


def factors_of(task: Task) -> list[Factor]:
    """Return the factors with exact weights."""
    return [
        Factor(str(one["code"]), Fraction(str(one["weight"])), bool(one["poorer_with_more"])) for one in task.factors
    ]


def digest(task: Task, lines: Iterable[Line]) -> str:
    """Return a fingerprint of everything that went in and came out; the order of the lines does not matter."""
    found = hashlib.sha256(_canonical([task.level.value, task.total, task.method.value, list(map(dict, task.factors))]))
    for line in sorted(lines, key=lambda line: line.code):
        found.update(_canonical([line.code, line.population, dict(line.inputs), line.quota, line.low_confidence]))
    return found.hexdigest()


def village_of(line: Line) -> Village:
    """Return a village's measures with exact numbers."""
    inputs = line.inputs
    measured = {code: Measured(_exact(mean), _exact(error)) for code, (mean, error) in inputs["factors"].items()}
    return Village(line.code, inputs["township"], line.population, inputs["households"], inputs["sampled"], measured)


@lru_cache(maxsize=200_000)
def _exact(text: str) -> Fraction:
    """Return a decimal's exact value; the few decimals of samples come again and again."""
    return Fraction(text)


def households_of(lines: Iterable[Line]) -> Iterable[ScoredHousehold]:
    """Yield the visited households, without anything but village, points and persons."""
    return (ScoredHousehold(line.code, points, persons) for line in lines for points, persons in line.inputs["scores"])


def counties_of(lines: Iterable[Line]) -> list[County]:
    """Return the counties with exact rates."""
    return [County(line.code, line.population, Fraction(line.inputs["incidence"])) for line in lines]


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _done(line: Line, quota: int, *, low_confidence: bool = False) -> Line:
    return Line(line.code, line.population, line.inputs, quota, low_confidence)


def _provinces(task: Task, lines: Sequence[Line]) -> list[Line]:
    return [
        _done(
            line,
            provincial_quota(line.inputs["published"], line.inputs["statistic"], Fraction(line.inputs["float"])),
        )
        for line in lines
    ]


def _counties(task: Task, lines: Sequence[Line]) -> list[Line]:
    found = split_to_counties(task.total, counties_of(lines), task.method)
    return [_done(line, found[line.code]) for line in lines]


def _villages(task: Task, lines: Sequence[Line]) -> list[Line]:
    return [
        _done(line, step.quota, low_confidence=step.score.low_confidence)
        for line, step in zip(lines, steps(task, lines), strict=True)
    ]


def _by_score(task: Task, lines: Sequence[Line]) -> list[Line]:
    _, found = split_by_score(task.total, households_of(lines), task.method)
    return [_done(line, found.get(line.code, 0)) for line in lines]


_COMPUTE: dict[QuotaLevel, Callable[[Task, Sequence[Line]], list[Line]]] = {
    QuotaLevel.PROVINCES: _provinces,
    QuotaLevel.COUNTIES: _counties,
    QuotaLevel.VILLAGES: _villages,
    QuotaLevel.VILLAGES_BY_SCORE: _by_score,
}
