"""How a place's whole number came out of its exact share, so that anybody can follow it (domain.md 4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from identification.quotas.apportionment import Method, Part, Round, Share, last_round


@dataclass(frozen=True, slots=True)
class Trace:
    """One place's way: its exact share of what was left, the persons below it, and its place among the remainders.

    A place at its cap has no share of its own: `at_cap` says so, and `persons` is the cap.
    """

    code: str
    persons: int
    exact: Fraction
    place: int = 0
    at_cap: bool = False

    @property
    def least(self) -> int:
        """The whole persons in the exact share."""
        return floor(self.exact)

    @property
    def remainder(self) -> Fraction:
        """What the exact share has beyond whole persons."""
        return self.exact - self.least

    @property
    def is_topped(self) -> bool:
        """Whether the place got one of the persons that were left after rounding down."""
        return not self.at_cap and self.persons > self.least


@dataclass(frozen=True, slots=True)
class Traced:
    """What all places share: persons left beside the caps, their weights' sum, persons left after rounding down.

    `lowest` is the smallest remainder that still got a person, `highest` the largest that got none. With divisors
    (Webster) `divisor` is the weight for which one person stands: each share divided by it is rounded, halves up.
    """

    total: int
    left: int
    weights: Fraction
    spare: int
    lowest: Fraction | None
    highest: Fraction | None
    divisor: Fraction | None
    by_population: bool
    lines: dict[str, Trace]


def traced(total: int, shares: Sequence[Share], method: Method = Method.HAMILTON) -> Traced:
    """Return every place's way to its number; the numbers are those of `apportion`. Raises as that does."""
    last = last_round(total, shares, method)
    whole = sum(part.weight for part in last.parts) or 1
    free = {share.code: share for share in shares if share.code not in last.fixed}
    by_population = bool(free) and not any(share.weight for share in free.values())
    lines = {code: Trace(code, persons, Fraction(persons), at_cap=True) for code, persons in last.fixed.items()}
    lines |= _free(last, whole)
    topped = [one.remainder for one in lines.values() if one.is_topped]
    left_out = [one.remainder for one in lines.values() if not one.at_cap and not one.is_topped]
    return Traced(
        total=total,
        left=last.left,
        weights=sum((_weight(share, by_population=by_population) for share in free.values()), Fraction(0)),
        spare=last.left - sum(one.least for one in lines.values() if not one.at_cap),
        lowest=min(topped, default=None),
        highest=max(left_out, default=None),
        divisor=_divisor(last, free, by_population=by_population) if method is Method.WEBSTER else None,
        by_population=by_population,
        lines={share.code: lines[share.code] for share in shares},
    )


def _free(last: Round, whole: int) -> dict[str, Trace]:
    """Return the ways of those whom no cap stopped, with their places among the remainders."""

    def turn(part: Part) -> tuple[int, int, str]:
        return -(last.left * part.weight % whole), -part.weight, part.code

    return {
        part.code: Trace(part.code, last.found[part.code], Fraction(last.left * part.weight, whole), place)
        for place, part in enumerate(sorted(last.parts, key=turn), start=1)
    }


def _divisor(last: Round, free: dict[str, Share], *, by_population: bool) -> Fraction | None:
    """Return the weight of the last person that was given: weight / (persons - 1/2), the smallest of all."""
    weights = {code: _weight(share, by_population=by_population) for code, share in free.items()}
    halves = (weights[code] * 2 / (2 * persons - 1) for code, persons in last.found.items() if persons)
    return min(halves, default=None)


def _weight(share: Share, *, by_population: bool) -> Fraction:
    return Fraction(share.population) if by_population else share.weight
