"""Loading the demo county: cast, then one process per township, then the figures."""

import json
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.managers import ValueProxy
from pathlib import Path
from typing import Any

from sqlalchemy import text

from accounts.services.messages import forget_messages
from core import settings
from core.clock import move_clock
from core.db import db, unit_of_work
from core.errors import Refused, StartupRefused
from core.i18n import _l
from core.policy import SYSTEM
from identification.services.cases.escalating import escalate_due
from identification.services.freezing import freeze_county
from needs.services import expire_needs, freeze_village_shares, roll_up_counters
from pledges.services import (
    close_unanswered,
    dispute_unmended,
    escalate_pledges,
    lapse_pledges,
    remind_unanswered,
)
from regions.queries import find_published_region
from regions.services import BAISE, import_regions
from web.composition import wire
from web.demo.cast import Cast, Casting
from web.demo.casting import cast_county
from web.demo.county_desk import set_county_desk
from web.demo.desks import NEEDS
from web.demo.plan import TownshipPlan, plan_county
from web.demo.quotas import set_quotas
from web.demo.township import Errand, tell_township
from web.demo_flag import is_demo

YEARS = timedelta(days=730)
CASES = 500
Progress = Callable[[int], None]


@dataclass(frozen=True)
class DemoWish:
    """What to load."""

    county: str = "451028"
    households: int = 2000
    needs: int = 3000
    seed: int = 1


@dataclass(frozen=True)
class DemoReport:
    """What was loaded."""

    townships: int
    villages: int
    households: int
    happenings: int
    needs: int


def load_demo(wish: DemoWish, *, on_progress: Progress) -> DemoReport:
    """Load the county into an empty demo database; raise StartupRefused anywhere else."""
    _check_empty()
    with unit_of_work(SYSTEM):
        end = db.session.execute(text("SELECT date_trunc('day', clock_timestamp(), 'Asia/Shanghai')")).scalar_one()
        if find_published_region(wish.county.ljust(12, "0")) is None:
            import_regions(BAISE)
    casting, cast, plans = _prepare(wish, end)
    set_quotas(cast, plans[0], wish.seed)
    happenings = _play(wish, cast, plans, end, on_progress)
    set_county_desk(casting, cast, end)
    _settle(wish.county)
    write_accounts(casting)
    with unit_of_work(SYSTEM):
        households, needs = db.session.execute(
            text("SELECT (SELECT count(*) FROM household), (SELECT count(*) FROM need)")
        ).one()
    return DemoReport(len(plans), sum(len(plan.villages) for plan in plans), households, happenings, needs)


def _check_empty() -> None:
    if not is_demo():
        raise StartupRefused("This database was not made as a demo. Start with an empty one: make demo-reset")
    with unit_of_work(SYSTEM):
        if db.session.execute(text("SELECT EXISTS (SELECT FROM account)")).scalar():
            raise Refused(
                _l("This database is in use already. The demo is loaded into an empty one."), code="not_empty"
            )


def _prepare(wish: DemoWish, end: datetime) -> tuple[Casting, Cast, list[TownshipPlan]]:
    with unit_of_work(SYSTEM):
        county, drawn = wish.county.ljust(12, "0"), wish.needs - NEEDS
        plans = plan_county(county, households=wish.households, needs=drawn, seed=wish.seed)
        move_clock(end - YEARS)
        casting, cast = cast_county(wish.county, plans, start=end - YEARS, end=end)
    return casting, cast, plans


def _play(wish: DemoWish, cast: Cast, plans: list[TownshipPlan], end: datetime, on_progress: Progress) -> int:
    errands = [
        Errand(cast, plan, number, wish.seed, end - YEARS + timedelta(hours=2), end)
        for number, plan in enumerate(plans)
    ]
    errands.sort(key=lambda errand: -sum(v.household_needs + v.village_needs for v in errand.plan.villages))
    spawn = get_context("spawn")
    with spawn.Manager() as manager:
        told = manager.Value("q", 0)
        lock = manager.Lock()
        url = db.engine.url.render_as_string(hide_password=False)
        with ProcessPoolExecutor(
            os.cpu_count() or 2, mp_context=spawn, initializer=_enter, initargs=(settings.current(), url)
        ) as pool:
            waiting = [pool.submit(_run, errand, told, lock) for errand in errands]
            return _watch(waiting, told, on_progress)


def _watch(waiting: list[Future[int]], told: "ValueProxy[int]", on_progress: Progress) -> int:
    seen = 0
    while True:
        done, left = wait(waiting, timeout=0.5)
        for future in done:
            future.result()
        now = told.get()
        on_progress(now - seen)
        seen = now
        if not left:
            return sum(future.result() for future in waiting)


def _enter(own: settings.Settings, url: str) -> None:
    """Make a fresh process ready to work, with the settings and keys of its parent."""
    settings.configure(own)
    db.configure(url, pool_size=2)
    wire()


def _run(errand: Errand, told: "ValueProxy[int]", lock: Any) -> int:
    def tell(count: int) -> None:
        with lock:
            told.set(told.get() + count)

    try:
        return tell_township(errand, tell)
    except Refused as refusal:  # its facts do not travel between processes
        raise RuntimeError(f"{errand.plan.name}: {refusal.code}, {refusal.detail}, {_words(refusal)}") from None


def _words(refusal: Refused) -> object:
    """Return what a refusal says beside its sentence."""
    fields = {name: [str(word) for word in words] for name, words in getattr(refusal, "errors", {}).items()}
    return fields or refusal.facts


_READ_LONG_AGO = text("UPDATE message SET seen_at = created_at WHERE created_at < records.clock() - interval '7 days'")


def _settle(county: str) -> None:
    """Let the jobs do what is due, bring the figures up to date, and send none of two invented years' messages.

    Who signs in finds those of the last week as new ones.
    """
    for due in (expire_needs, escalate_pledges, lapse_pledges, dispute_unmended, remind_unanswered, close_unanswered):
        while _done(due):
            continue
    with unit_of_work(SYSTEM):
        escalate_due(limit=CASES)
        roll_up_counters()
        freeze_village_shares()
        freeze_county(county)
        db.session.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'todo'"))
        db.session.execute(_READ_LONG_AGO)
        forget_messages()


def _done(due: Callable[[], int]) -> int:
    with unit_of_work(SYSTEM):
        return due()


def write_accounts(casting: Casting) -> Path:
    """Write the listed accounts into `var/demo-accounts.json`, readable by the owner only."""
    path = settings.current().var / "demo-accounts.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(row) for row in casting.listed], ensure_ascii=False, indent=2) + "\n")
    return path
