"""The demo county's planning numbers of 2014, down to its villages; the figures are invented, the arithmetic is not."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from core.clock import move_clock
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.queries.quotas import lines_of, places_of
from identification.quotas.fitting import QuotaPlace
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.quotas.tasks import Line
from identification.services.quotas import Order, agree_transfer, ask_transfer, compute_run, publish_run
from web.demo.cast import Cast, acting, by
from web.demo.names import story
from web.demo.past.places import YEAR, round_villages
from web.demo.plan import TownshipPlan

COMPUTED = datetime(2014, 5, 12, 2, 30, tzinfo=UTC)
PART = 22
MOVED = 6
PERSONS_EACH, POOREST = 4, 0.86
WEIGHTS = {
    FactorCode.DILAPIDATED_HOUSES: "0.3",
    FactorCode.UNSAFE_WATER: "0.2",
    FactorCode.ILL_OR_DISABLED: "0.2",
    FactorCode.FARMLAND: "0.2",
    FactorCode.DISTANCE: "0.1",
}


def set_quotas(cast: Cast, plan: TownshipPlan, seed: int) -> None:
    """Let one officer compute, another publish, and both move a few persons; equal seeds give equal numbers.

    The villages of the round in the township of `plan` count whom they have on file, and are among the poorest.
    """
    county = cast.county[:6].ljust(12, "0")
    with unit_of_work(SYSTEM):
        first, second = (acting(account) for account in cast.county_officers[:2])
        on_file = {village.code: village.households for village in round_villages(plan)}
        lines = [
            _line(place, seed, on_file.get(place.code)) for place in places_of(county, QuotaLevel.VILLAGES).values()
        ]
        total = sum(line.population for line in lines) * PART // 100
        order = Order(county, QuotaLevel.VILLAGES, YEAR, total, weights=WEIGHTS, source=story("quotas")["source"])
        move_clock(COMPUTED)
        run = compute_run(order, lines, actor=by(first))
        move_clock(COMPUTED + timedelta(days=3))
        publish_run(run, actor=by(second))
        db.session.flush()  # persons are moved between published numbers
        move_clock(COMPUTED + timedelta(days=24))
        moved = ask_transfer(run, actor=by(second), persons=MOVED, reason=story("quotas")["reason"], **_ends(run.id))
        db.session.flush()  # the second officer looks at what was asked
        move_clock(COMPUTED + timedelta(days=25))
        agree_transfer(moved, actor=by(first))


def _line(place: QuotaPlace, seed: int, on_file: int | None) -> Line:
    """Return a village's invented sample; the poorer it is drawn, the poorer all its factors lean."""
    dice = Random(f"{seed}/{place.code}")  # noqa: S311 - invented figures
    population, poor = dice.randint(620, 3_100), dice.betavariate(2, 3)
    if on_file is not None:
        population, poor = on_file * PERSONS_EACH, POOREST
    leaning = {
        FactorCode.DILAPIDATED_HOUSES: (50, 450),
        FactorCode.UNSAFE_WATER: (80, 620),
        FactorCode.ILL_OR_DISABLED: (30, 150),
        FactorCode.FARMLAND: (2_100, -1_400),
        FactorCode.DISTANCE: (4_000, 46_000),
    }
    factors = {code.value: _measured(dice, poor, *span) for code, span in leaning.items()}
    households = population // 4
    sampled = min(households, dice.choice((24, 30, 32, 36, 40, 45)))
    return Line(
        place.code,
        population,
        {"township": place.above, "households": households, "sampled": sampled, "factors": factors},
    )


def _measured(dice: Random, poor: float, least: int, span: int) -> list[str]:
    """Return mean and standard error in thousandths, as text."""
    mean = max(0, round(least + span * poor + abs(span) * dice.uniform(-0.12, 0.12)))
    error = round(abs(span) * dice.uniform(0.03, 0.11))
    return [f"{number // 1000}.{number % 1000:03}" for number in (mean, error)]


def _ends(run_id: Any) -> dict[str, str]:
    """Return the two villages of one township between which persons move: the one with most, and its neighbour."""
    lines = sorted(lines_of(run_id), key=lambda line: (-line.quota, line.code))
    giver = lines[0]
    sisters = [line for line in lines[1:] if line.inputs["township"] == giver.inputs["township"]]
    return {"from_code": giver.code, "to_code": (sisters or lines[1:])[-1].code}
