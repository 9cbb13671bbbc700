"""The years before the demo's two: the villages of the round on file in 2014, and what became of their households."""

from datetime import UTC, datetime
from random import Random

from core.clock import move_clock
from core.db import unit_of_work
from core.policy import SYSTEM
from identification.queries.quotas import published_quota
from web.demo.clockwork import Clockwork
from web.demo.past.filing import keep_households
from web.demo.past.living_on import Decade
from web.demo.past.places import ON_FILE, YEAR, round_villages
from web.demo.past.round_days import hold_rounds
from web.demo.past.setting import Past
from web.demo.past.village_round import VillageRound
from web.demo.plan import VillagePlan
from web.demo.village import Since, Wanted, draw_homes, place_of

FILED_AT = datetime(ON_FILE.year, ON_FILE.month, ON_FILE.day, 2, 15, tzinfo=UTC)
EVENTS_PER_COMMIT = 100


def tell_past(past: Past) -> dict[str, Since]:
    """Tell what happened before the demo's two years; return the households on file since then, by village."""
    found: dict[str, Since] = {}
    clock = Clockwork(past.until)
    rounds = []
    for number, village in enumerate(round_villages(past.plan)):
        wanted, decade = _file(past, village, whole=number == 0)
        decade.begin(clock)
        found[village.code] = Since(wanted, decade.end)
        dice = Random(f"{decade.place.seed}/round/{village.code}")  # noqa: S311 - a demo that can be repeated
        rounds.append(VillageRound(village.code, decade.kept, past.officers[village.code], dice))
    hold_rounds(past, rounds, clock)
    _live(clock)
    return found


def _file(past: Past, village: VillagePlan, *, whole: bool) -> tuple[list[Wanted], Decade]:
    """Put a village's households on file."""
    officers, setting = past.officers[village.code], past.settings[village.code]
    with unit_of_work(SYSTEM):
        move_clock(FILED_AT)
        place = place_of(village, officers, setting)
        wanted = draw_homes(village, setting)
        quota = published_quota(village.code, YEAR) or 0
        return wanted, Decade(place, keep_households(place, [one.planned for one in wanted], quota, whole=whole))


def _live(clock: Clockwork) -> None:
    while True:
        with unit_of_work(SYSTEM):
            done = clock.run(EVENTS_PER_COMMIT, before=move_clock)
        if done < EVENTS_PER_COMMIT:
            return
