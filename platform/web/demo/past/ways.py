"""What the round of 2014 brought each household of a village: drawn once, told step by step."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from random import Random

LATER, TWENTY = 0.12, 20


class Way(StrEnum):
    """How a household went through the round."""

    ADMITTED = "admitted"
    OBJECTED_TO = "objected_to"
    FLAG_CLEARED = "flag_cleared"
    OMITTED = "omitted"
    OVER_QUOTA = "over_quota"
    VOTED_AGAINST = "voted_against"
    ABOVE_LINE = "above_line"
    FLAG_CONFIRMED = "flag_confirmed"
    WITHDREW = "withdrew"
    DECLINED = "declined"
    AWAY = "away"
    LATER = "later"
    BESIDE = "beside"


ON_REGISTER = frozenset({Way.ADMITTED, Way.OBJECTED_TO, Way.FLAG_CLEARED, Way.OMITTED, Way.OVER_QUOTA})
CASES = ON_REGISTER | {Way.VOTED_AGAINST, Way.ABOVE_LINE, Way.FLAG_CONFIRMED, Way.WITHDREW}
OF_THE_ADMITTED = (Way.OBJECTED_TO, Way.FLAG_CLEARED, Way.OMITTED)
NOT_ADMITTED = (Way.VOTED_AGAINST, Way.ABOVE_LINE, Way.FLAG_CONFIRMED, Way.WITHDREW)


def draw_ways(sizes: Sequence[int], quota: int, dice: Random, *, whole: bool) -> list[Way]:
    """Return the way of each household.

    `whole` is for the village that uses its number up: a whole household may be the last within it, one more meets the
    standard beyond it, and everything else happens there too. Its neighbours stay below their numbers.
    """
    order = list(range(len(sizes)))
    dice.shuffle(order)
    found = dict(zip(order, _ways([sizes[index] for index in order], quota, dice, whole=whole), strict=True))
    return [found[index] for index in range(len(sizes))]


def _ways(sizes: list[int], quota: int, dice: Random, *, whole: bool) -> Iterator[Way]:
    admitted = _fitting(sizes, quota, whole=whole)
    special = OF_THE_ADMITTED if whole and admitted > len(OF_THE_ADMITTED) + 1 else ()
    rest = [*special, *[Way.ADMITTED] * (admitted - len(special))]
    if whole:
        rest += [Way.OVER_QUOTA, *NOT_ADMITTED]
    else:
        rest += [Way.VOTED_AGAINST]
    rest += [Way.DECLINED] + [Way.AWAY] * (len(sizes) // TWENTY)
    rest += [Way.LATER if dice.random() < LATER else Way.BESIDE for _ in range(len(sizes) - len(rest))]
    yield from rest[: len(sizes)]


def _fitting(sizes: list[int], quota: int, *, whole: bool) -> int:
    """Return how many households the number holds."""
    used = 0
    for count, size in enumerate(sizes):
        if used >= quota or (not whole and used + size > quota):
            return count
        used += size
    return len(sizes)
