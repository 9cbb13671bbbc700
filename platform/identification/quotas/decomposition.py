"""How a quota comes about, level by level (domain.md 4.2), with every step, so that anybody can follow it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from core.errors import Refused
from core.i18n import _l
from identification.quotas.apportionment import Method, Share, apportion
from identification.quotas.poverty_scores import Factor, Score, Village, scores

USUAL_FLOAT = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class County:
    """What level 2 needs of a county: rural population, and low-income incidence from 0 to 1."""

    code: str
    population: int
    incidence: Fraction


class Step(NamedTuple):
    """How one village's number came about: exact rates and weight, and whole persons."""

    code: str
    score: Score
    incidence: Fraction
    weight: Fraction
    quota: int


@dataclass(frozen=True, slots=True)
class ScoredHousehold:
    """A visited household on the 100-point sheet: fewer points, poorer."""

    village: str
    points: int
    persons: int


def provincial_quota(published: int, statistic: int, top: Fraction = USUAL_FLOAT) -> int:
    """Return a province's persons: its published number, or its own larger statistic up to the float (level 1)."""
    if published < 0 or statistic < 0 or top < 0:
        raise ValueError("numbers and float are not negative")
    return published if statistic <= published else min(statistic, int(published * (1 + top)))


def split_to_counties(total: int, counties: Sequence[County], method: Method = Method.HAMILTON) -> dict[str, int]:
    """Return persons for each county by population x incidence, at most its population (level 2)."""
    shares = (
        Share(place.code, place.population * place.incidence, place.population, place.population) for place in counties
    )
    return apportion(total, shares, method)


def split_to_villages(
    total: int, villages: Sequence[Village], factors: Sequence[Factor], method: Method = Method.HAMILTON
) -> list[Step]:
    """Return each village's number with its steps, in the order of `villages` (level 3).

    The proposed incidence is the county's, times the village's score over the mean score, at most 1. Raises NotValid
    as `scores` does, and Refused if fewer people live in the villages than `total`.
    """
    found = scores(villages, factors)
    rates = _incidences(total, villages, [score.value for score in found])
    weights = [village.population * rate for village, rate in zip(villages, rates, strict=True)]
    quotas = apportion(total, (_share(*pair) for pair in zip(villages, weights, strict=True)), method)
    return [
        Step(village.code, score, rate, weight, quotas[village.code])
        for village, score, rate, weight in zip(villages, found, rates, weights, strict=True)
    ]


def _share(village: Village, weight: Fraction) -> Share:
    return Share(village.code, weight, village.population, village.population)


def _incidences(total: int, villages: Sequence[Village], values: Sequence[Fraction]) -> list[Fraction]:
    people = sum(village.population for village in villages)
    usual = Fraction(total, people) if people else Fraction(0)
    weighed = sum((village.population * value for village, value in zip(villages, values, strict=True)), Fraction(0))
    if not weighed:
        return [min(Fraction(1), usual)] * len(villages)
    slope = usual * people / weighed
    return [min(Fraction(1), slope * value) for value in values]


def split_by_score(
    total: int, households: Iterable[ScoredHousehold], method: Method = Method.HAMILTON
) -> tuple[int | None, dict[str, int]]:
    """Return the cut-off and persons for each village: households up to the cut-off go in whole.

    The cut-off is the largest number of points with which all these households fit into `total`, None if not even the
    poorest do. What is left is shared among the villages by their persons with the next number of points.
    Raises Refused if fewer persons were visited than `total`.
    """
    levels: dict[int, dict[str, int]] = {}
    quotas: dict[str, int] = {}
    for household in households:
        level = levels.setdefault(household.points, {})
        level[household.village] = level.get(household.village, 0) + household.persons
        quotas[household.village] = 0
    cut_off, room = None, total
    for points, level in sorted(levels.items()):
        whole_level = sum(level.values()) <= room
        shares = (Share(code, Fraction(persons), persons) for code, persons in level.items())
        taken = level if whole_level else apportion(room, shares, method)
        quotas |= {code: quotas[code] + persons for code, persons in taken.items()}
        room -= sum(taken.values())
        if not whole_level:
            break
        cut_off = points
    if room:
        raise Refused(_l("Fewer persons were visited than the quota counts."), code="too_few_visited", lacking=room)
    return cut_off, quotas
