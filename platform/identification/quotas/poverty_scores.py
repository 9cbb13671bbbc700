"""Poverty scores of villages from sampled factors (domain.md 4.2, level 3): whole numbers over one denominator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from core.errors import NotValid
from core.i18n import _l

LEAST_SAMPLE = 30
"""Households that a village's sample needs, unless all were asked; also how hard a weak score is drawn to its mean."""
WIDEST_ERROR = Fraction(1, 4)
"""Standard error of a score, as a part of the score, above which it is drawn to the township's mean."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of poverty; `poorer_with_more` says its direction. The weights of all factors add up to 1."""

    code: str
    weight: Fraction
    poorer_with_more: bool = True


class Measured(NamedTuple):
    """The mean of a factor in a village's sample, in the factor's own unit, and its standard error."""

    mean: Fraction
    error: Fraction = Fraction(0)


class Village(NamedTuple):
    """What level 3 needs: registered rural population at year's end, all and sampled households, the factors."""

    code: str
    township: str
    population: int
    households: int
    sampled: int
    factors: Mapping[str, Measured]


class Score(NamedTuple):
    """A village's score from 0 to 1. `trust` is how much of `value` is its own; the rest is its township's mean."""

    own: Fraction
    township: Fraction
    trust: Fraction
    value: Fraction
    low_confidence: bool


def scores(villages: Sequence[Village], factors: Sequence[Factor]) -> list[Score]:
    """Return the score of each village of a county, in the order of `villages`.

    A score whose standard error is more than a quarter of it keeps n / (n + 30) of itself, n households being sampled.
    The township's mean is weighted by population. Raises NotValid if weights do not add up to 1 or a value is missing.
    """
    _check(villages, factors)
    scales = [_Scale(factor, [village.factors[factor.code] for village in villages]) for factor in factors]
    whole = lcm(*(scale.denominator for scale in scales))
    own = list(map(sum, zip(*(scale.parts(whole) for scale in scales), strict=True)))
    spread = list(map(sum, zip(*(scale.variances(whole) for scale in scales), strict=True)))
    means = _township_means(villages, own, whole)
    return [
        _score(village, Fraction(value, whole), means[village.township], is_wide=_is_wide(value, variance))
        for village, value, variance in zip(villages, own, spread, strict=True)
    ]


class _Scale:
    """A factor brought to 0..1 over all villages of the county, times its weight; 1/2 where all are alike."""

    def __init__(self, factor: Factor, measured: Sequence[Measured]) -> None:
        unit = lcm(*{one.mean.denominator for one in measured}, *{one.error.denominator for one in measured})
        self._means = [one.mean.numerator * (unit // one.mean.denominator) for one in measured]
        self._errors = [one.error.numerator * (unit // one.error.denominator) for one in measured]
        self._least, self._most = min(self._means), max(self._means)
        self._more = factor.poorer_with_more
        self._weight = factor.weight.numerator
        self.denominator = factor.weight.denominator * ((self._most - self._least) or 2)

    def parts(self, whole: int) -> list[int]:
        """Return weight x z of each village, as numerators over `whole`."""
        times = self._weight * (whole // self.denominator)
        if self._most == self._least:
            return [times] * len(self._means)
        if self._more:
            return [times * (mean - self._least) for mean in self._means]
        return [times * (self._most - mean) for mean in self._means]

    def variances(self, whole: int) -> list[int]:
        """Return the squares of weight x standard error, over the square of `whole`."""
        if self._most == self._least:
            return [0] * len(self._means)
        times = self._weight * (whole // self.denominator)
        return [(times * error) ** 2 for error in self._errors]


def _is_wide(value: int, variance: int) -> bool:
    return variance * WIDEST_ERROR.denominator**2 > (value * WIDEST_ERROR.numerator) ** 2


def _township_means(villages: Sequence[Village], own: Sequence[int], whole: int) -> dict[str, Fraction]:
    people: dict[str, int] = {}
    sums: dict[str, int] = {}
    for village, value in zip(villages, own, strict=True):
        people[village.township] = people.get(village.township, 0) + village.population
        sums[village.township] = sums.get(village.township, 0) + village.population * value
    return {code: Fraction(sums[code], whole * people[code]) if people[code] else Fraction(0) for code in people}


def _score(village: Village, own: Fraction, mean: Fraction, *, is_wide: bool) -> Score:
    trust = Fraction(village.sampled, village.sampled + LEAST_SAMPLE) if is_wide else Fraction(1)
    value = trust * own + (1 - trust) * mean if is_wide else own
    is_thin = village.sampled < min(LEAST_SAMPLE, village.households)
    return Score(own, mean, trust, value, low_confidence=is_wide or is_thin)


def _check(villages: Sequence[Village], factors: Sequence[Factor]) -> None:
    if sum(factor.weight for factor in factors) != 1 or any(factor.weight < 0 for factor in factors):
        raise NotValid({"factors": [_l("The weights of the factors must add up to 1.")]})
    for factor in factors:
        lacking = next((village.code for village in villages if factor.code not in village.factors), None)
        if lacking is not None:
            words = _l("Village %(village)s has no value for this factor.", village=lacking)
            raise NotValid({factor.code: [words]}, village=lacking)
