"""How many households and needs each village gets, and how much attention: a few get ten times the median."""

from dataclasses import dataclass
from random import Random

from regions.queries import published_children

STAR_HOUSEHOLDS = 12


@dataclass(frozen=True)
class VillagePlan:
    """What one village of the demo holds. `favour` is how readily helpers turn to it, 1 being usual."""

    code: str
    name: str
    households: int
    household_needs: int
    village_needs: int
    favour: float


@dataclass(frozen=True)
class TownshipPlan:
    code: str
    name: str
    villages: tuple[VillagePlan, ...]


def plan_county(county: str, *, households: int, needs: int, seed: int) -> list[TownshipPlan]:
    """Return the plan of all townships; equal arguments give an equal plan, and the sums are exact."""
    dice = Random(f"{seed}/{county}/plan")  # noqa: S311 - a demo that can be repeated
    townships = published_children(county)
    villages = [(town, place) for town in townships for place in published_children(town.code)]
    sizes = [0.5 + dice.random() for _ in villages]
    favours = [_favour(dice) for _ in villages]
    for_villages = needs * 13 // 100
    of_households = share_out(households - STAR_HOUSEHOLDS, sizes)
    of_households[_largest(of_households[: len(published_children(townships[0].code))])] += STAR_HOUSEHOLDS
    of_needs = share_out(needs - for_villages, [count * (0.6 + dice.random()) for count in of_households])
    of_villages = share_out(for_villages, [0.5 + dice.random() for _ in villages])
    rows = zip(villages, of_households, of_needs, of_villages, favours, strict=True)
    plans = [
        (town, VillagePlan(place.code, place.name, homes, asked, for_all, favour))
        for (town, place), homes, asked, for_all, favour in rows
    ]
    return [
        TownshipPlan(town.code, town.name, tuple(plan for owner, plan in plans if owner.code == town.code))
        for town in townships
    ]


def _largest(counts: list[int]) -> int:
    return max(range(len(counts)), key=lambda index: (counts[index], -index))


def star_of(plans: list[TownshipPlan]) -> VillagePlan:
    """Return the village whose officers are listed: the one with the most households of the first township."""
    return max(plans[0].villages, key=lambda village: (village.households, village.code))


def _favour(dice: Random) -> float:
    """Return a favour: most villages near 1, one in twelve near 10."""
    return 6 + 6 * dice.random() if dice.random() < 1 / 12 else 0.25 + 1.2 * dice.random()


def share_out(total: int, weights: list[float]) -> list[int]:
    """Return whole parts of `total` by weight, largest remainder first; they add up exactly."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
