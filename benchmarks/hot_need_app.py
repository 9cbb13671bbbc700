"""Three ways to pledge one unit of one need, for the benchmark only: guarded, with a row lock, and naive.

Each answers 200 where it held the unit and 409 where nothing was left. All use the same pool and unit of work.
"""

import os
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

import benchmarks  # noqa: F401 - puts the source root on the path
from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import SYSTEM
from needs.figures_models import progress_case
from needs.services.sums import hold

ONE = Decimal(1)
LOCK = text("SELECT quantity, held FROM need_balance WHERE need_id = :need FOR UPDATE")
RAISE = text(
    f"UPDATE need_balance SET held = :held, progress = {progress_case(':held')} WHERE need_id = :need"  # our own words
)
READ = text("SELECT quantity, held FROM bench_naive WHERE need_id = :need")
WRITE = text("UPDATE bench_naive SET held = :held WHERE need_id = :need")


def guarded(need: UUID) -> bool:
    """Hold by the application's own statement."""
    try:
        hold(need, ONE)
    except Refused:
        return False
    return True


def locking(need: UUID) -> bool:
    """Lock the row, look, write: four statements with the begin and the commit."""
    return _look_and_write(need, LOCK, RAISE)


def naive(need: UUID) -> bool:
    """Look and write without a lock, on a table without a check: the control that must go wrong."""
    return _look_and_write(need, READ, WRITE)


def _look_and_write(need: UUID, look: Any, write: Any) -> bool:
    quantity, held = db.session.execute(look, {"need": need}).one()
    if held + ONE > quantity:
        return False
    db.session.execute(write, {"need": need, "held": held + ONE})
    return True


WAYS: dict[str, Callable[[UUID], bool]] = {"guarded": guarded, "locking": locking, "naive": naive}


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer POST /WAY/NEED."""
    _, way, need = environ["PATH_INFO"].split("/")
    with unit_of_work(SYSTEM):
        held = WAYS[way](UUID(need))
    start_response("200 OK" if held else "409 Conflict", [("Content-Length", "0")])
    return []


THREADS = int(os.environ.get("BENCH_THREADS", "16"))
db.configure(os.environ["APP_DATABASE_URL"], pool_size=THREADS, max_overflow=0)
