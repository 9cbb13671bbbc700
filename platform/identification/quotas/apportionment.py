"""Whole persons out of exact shares (domain.md 4.3): largest remainders, or divisors; no floats anywhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from heapq import heapify, heapreplace
from math import lcm
from typing import NamedTuple

from core.errors import Refused
from core.i18n import _l, register_labels


class Method(StrEnum):
    """How the persons that are left after rounding down are given out."""

    HAMILTON = "hamilton"
    WEBSTER = "webster"


register_labels(
    {
        Method.HAMILTON: _l("Largest remainders (Hamilton)"),
        Method.WEBSTER: _l("Divisors, halves round up (Webster)"),
    }
)


class Share(NamedTuple):
    """A place that takes part. `cap` is the most it can get; `population` counts where all weights are zero."""

    code: str
    weight: Fraction
    cap: int | None = None
    population: int = 1


class Part(NamedTuple):
    """A share with its weight as a whole number, all of them multiplied by the same."""

    code: str
    weight: int
    cap: int | None


@dataclass(frozen=True, slots=True)
class Round:
    """The last round: who stands at his cap (`fixed`), what is left for the others, their parts and their persons."""

    left: int
    parts: Sequence[Part]
    fixed: dict[str, int]
    found: dict[str, int]


def apportion(total: int, shares: Iterable[Share], method: Method = Method.HAMILTON) -> dict[str, int]:
    """Return persons for each code, in the order of `shares`, that add up to `total` (domain.md 4.3).

    Nobody gets more than his cap; what a cap cuts off goes to the others by their weights. A tie goes to the larger
    weight, then to the smaller code, so the order of the input does not matter. Raises Refused if the caps leave
    no room for all, ValueError for a negative number or a code that comes twice.
    """
    given = list(shares)
    last = last_round(total, given, method)
    return {share.code: last.fixed.get(share.code, last.found.get(share.code, 0)) for share in given}


def last_round(total: int, given: Sequence[Share], method: Method) -> Round:
    """Return the round in which no cap was passed any more; raises as `apportion` does."""
    _check(total, given)
    fixed: dict[str, int] = {}
    while True:
        left, parts = total - sum(fixed.values()), _parts([share for share in given if share.code not in fixed])
        found, over = _ROUND[method](left, parts)
        if not over:
            return Round(left, parts, fixed, found)
        fixed |= over


def _check(total: int, shares: Sequence[Share]) -> None:
    if total < 0 or any(share.weight < 0 or (share.cap or 0) < 0 or share.population < 0 for share in shares):
        raise ValueError("total, weights, caps and populations are not negative")
    if len({share.code for share in shares}) < len(shares):
        raise ValueError("a code comes twice")
    caps = [share.cap for share in shares if share.cap is not None]
    if len(caps) == len(shares) and sum(caps) < total:
        words = _l("%(total)s persons do not fit: all places take %(most)s at most.", total=total, most=sum(caps))
        raise Refused(words, code="too_many_persons", total=total, most=sum(caps))


def _parts(shares: Sequence[Share]) -> list[Part]:
    """Return the shares with whole weights; with populations instead where nobody has any weight."""
    if not any(share.weight for share in shares):
        return [Part(share.code, share.population, share.cap) for share in shares]
    scale = lcm(*(share.weight.denominator for share in shares))
    return [
        Part(share.code, share.weight.numerator * (scale // share.weight.denominator), share.cap) for share in shares
    ]


_Rounded = tuple[dict[str, int], dict[str, int]]


def _hamilton(total: int, parts: Sequence[Part]) -> _Rounded:
    """Return everybody's number, and the caps of those whose exact share goes beyond it."""
    whole = _sum(total, parts)
    over = {part.code: part.cap for part in parts if part.cap is not None and total * part.weight > part.cap * whole}
    shares = [(*divmod(total * part.weight, whole), part) for part in parts]
    found = {part.code: least for least, _, part in shares}
    after = sorted(shares, key=lambda share: (-share[1], -share[2].weight, share[2].code))
    for _, _, part in after[: total - sum(found.values())]:
        found[part.code] += 1
    return found, over


def _webster(total: int, parts: Sequence[Part]) -> _Rounded:
    """Return everybody's number, and the caps of those who got more.

    Persons are given one by one to the largest weight / (2 x persons so far + 1). The first ones come in one step: with
    the divisor that gives at most `total` whatever is rounded up.
    """
    whole, places = _sum(total, parts), len(parts)
    at_once = max(0, 2 * total - places)
    found = {part.code: (part.weight * at_once + whole) // (2 * whole) if at_once else 0 for part in parts}
    queue = [_turn(part, found[part.code]) for part in parts if part.weight]
    heapify(queue)
    for _ in range(total - sum(found.values())):
        part = queue[0][-1]
        found[part.code] += 1
        heapreplace(queue, _turn(part, found[part.code]))
    return found, {part.code: part.cap for part in parts if part.cap is not None and found[part.code] > part.cap}


def _turn(part: Part, persons: int) -> tuple[Fraction, int, str, Part]:
    return Fraction(-part.weight, 2 * persons + 1), -part.weight, part.code, part


def _sum(total: int, parts: Sequence[Part]) -> int:
    whole = sum(part.weight for part in parts)
    if total and not whole:
        raise Refused(_l("There is nobody in these places to share among."), code="nobody_there")
    return whole or 1


_ROUND: dict[Method, Callable[[int, Sequence[Part]], _Rounded]] = {
    Method.HAMILTON: _hamilton,
    Method.WEBSTER: _webster,
}
