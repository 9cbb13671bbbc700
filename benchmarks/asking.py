"""What one question costs: the CPU time of this process and of PostgreSQL, without any web server."""

import time
from collections.abc import Callable

from sqlalchemy import text

from benchmarks.alternating import Measure
from benchmarks.cpu import Meter, backends
from benchmarks.server import OURS, Bench
from core.db import db, unit_of_work
from core.policy import ANONYMOUS

WARM = 12
MICROSECONDS = "us CPU"


def asking(bench: Bench, call: Callable[[], object], *, calls: int, schema: str = "public") -> Measure:
    """Return a measure of `calls` calls in one transaction, in microseconds a call."""

    def measure() -> float:
        with unit_of_work(ANONYMOUS):
            if schema != "public":
                db.session.execute(text(f"SET LOCAL search_path = {schema}, public"))
            for _ in range(min(WARM, calls)):
                call()
            meter = Meter(lambda: backends(bench.observer, OURS))
            began = time.thread_time_ns()
            for _ in range(calls):
                call()
            spent = time.thread_time_ns() - began
            return (spent + meter.lap()) / calls / 1000

    return measure
