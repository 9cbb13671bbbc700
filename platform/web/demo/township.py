"""One township of the demo, in a process of its own: its villages set up, then two years of needs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from core.clock import move_clock
from core.db import unit_of_work
from core.policy import SYSTEM, Actor
from web.demo.casework.today import set_cases
from web.demo.cast import Cast, acting
from web.demo.clockwork import Clockwork
from web.demo.desks import set_scenes
from web.demo.helping import Helping
from web.demo.past.setting import Past
from web.demo.past.telling import tell_past
from web.demo.plan import TownshipPlan, VillagePlan
from web.demo.registers.families import Numbers
from web.demo.registers.happenings import begin_happenings
from web.demo.scenes import Stage
from web.demo.story import NeedStory, Scene
from web.demo.village import Home, Officers, Setting, Village, set_up_village

EVENTS_PER_COMMIT = 150
PERSONS_PER_TOWNSHIP = 5_000


@dataclass(frozen=True)
class Errand:
    """What one process is told."""

    cast: Cast
    plan: TownshipPlan
    number: int
    seed: int
    start: datetime
    end: datetime


def tell_township(errand: Errand, tell: Callable[[int], None]) -> int:
    """Play one township, many happenings to a transaction; return how many things happened."""
    dice = Random(f"{errand.seed}/{errand.plan.code}")  # noqa: S311 - a demo that can be repeated
    clock = Clockwork(errand.end)
    helping = Helping(errand.cast, clock)
    settings, everybody = _settings(errand, dice), _everybody(errand)
    is_first = errand.cast.star in settings
    since = tell_past(Past(errand.plan, everybody, settings, errand.start)) if is_first else {}
    for plan in errand.plan.villages:
        with unit_of_work(SYSTEM):
            move_clock(errand.start)
            officers = everybody[plan.code]
            village = set_up_village(plan, officers, settings[plan.code], since=since.get(plan.code))
            if village.years is not None:
                village.years.begin(clock)
            for scene, moment in _beginnings(errand, village, officers, dice):
                NeedStory(scene, clock, helping, dice).begin(moment)
            if plan.code == errand.cast.star:
                if village.years is not None:
                    begin_happenings(village.years, clock)
                set_scenes(Stage(helping, village, officers, dice))
            if plan.code in since:
                set_cases(Stage(helping, village, officers, dice), listed=plan.code == errand.cast.star)
        tell(plan.households)
    return _play(clock, tell)


def _play(clock: Clockwork, tell: Callable[[int], None]) -> int:
    total = 0
    while True:
        with unit_of_work(SYSTEM):
            done = clock.run(EVENTS_PER_COMMIT, before=move_clock)
        tell(done)
        total += done
        if done < EVENTS_PER_COMMIT:
            return total


def _settings(errand: Errand, dice: Random) -> dict[str, Setting]:
    """Return how each village begins; its heads have numbers of their own in the county."""
    numbers, first = Numbers(errand.number), errand.number * PERSONS_PER_TOWNSHIP
    found = {}
    for plan in errand.plan.villages:
        found[plan.code] = Setting(first, errand.start, errand.seed, numbers, dice)
        first += plan.households
    return found


def _everybody(errand: Errand) -> dict[str, Officers]:
    with unit_of_work(SYSTEM):
        move_clock(errand.start)
        return {plan.code: _officers(errand, plan) for plan in errand.plan.villages}


def _officers(errand: Errand, plan: VillagePlan) -> Officers:
    cast = errand.cast
    order = [cast.star, *sorted(set(cast.village_officers) - {cast.star})]
    return Officers(
        village=acting(cast.village_officers[plan.code]),
        team=acting(cast.teams[plan.code]),
        townships=tuple(acting(officer) for officer in cast.township_officers[errand.plan.code]),
        counties=tuple(acting(officer) for officer in cast.county_officers),
        cadres=tuple(cast.cadres[plan.code]),
        unit=cast.units[order.index(plan.code) % len(cast.units)],
    )


def _beginnings(errand: Errand, village: Village, officers: Officers, dice: Random) -> Iterator[tuple[Scene, datetime]]:
    actors: dict[UUID, Actor] = {}
    for _ in range(village.plan.household_needs):
        home: Home = dice.choice(village.homes)
        author = actors.setdefault(home.cadre, acting(home.cadre))
        yield Scene(village, officers, author, home.subject, home), _moment(errand, dice)
    for _ in range(village.plan.village_needs):
        yield Scene(village, officers, officers.village, village.subject, None), _moment(errand, dice)


def _moment(errand: Errand, dice: Random) -> datetime:
    """Return when a need is written: over the whole time, with more in the last three months."""
    span = errand.end - errand.start - timedelta(days=6)
    if dice.random() < 0.34:
        return errand.end - timedelta(days=dice.uniform(0.2, 88))
    return errand.start + timedelta(days=3) + span * dice.random() * 0.97
