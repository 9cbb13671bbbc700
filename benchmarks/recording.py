"""P9: what an update record costs: a recorded change, a check of all records, bytes on disk."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Column, MetaData, Table, text
from sqlalchemy.orm import registry

from benchmarks.alternating import Compared, alternate
from benchmarks.cpu import Meter, backends
from benchmarks.figures import Figure, amount, at_most, cost, missing
from benchmarks.server import OURS, Bench
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records.checking import verify_database
from needs.models import Need

CHANGES = 80
BATCH = 5_000
CHAIN = 10
MILLION = 1_000_000
APPEND = text("""
SELECT set_config('app.actor', 'bench', true), set_config('app.role', 'system', true),
    count(records.append('need/' || md5((n / :chain)::text), 'need.changed', '', jsonb_build_object('id',
        md5((n / :chain)::text), 'table', 'need', 'stage', jsonb_build_array('submitted', 'verified'), 'verified_at',
        '2026-11-18T08:00:00.000000Z')::text, 'household/' || md5((n / :chain)::text),
        sha256(n::text::bytea) || sha256((n + 1)::text::bytea) || sha256((n + 2)::text::bytea)
        || substr(sha256((n + 3)::text::bytea), 1, 24)))
FROM (SELECT set_config('app.actor', 'bench', true), set_config('app.role', 'system', true) OFFSET 0) AS told,
    generate_series(CAST(:low AS bigint), CAST(:high AS bigint)) AS n
""")
READ = "SELECT r.*, s.ciphertext FROM records.record r LEFT JOIN records.sealed s USING (stream, seq) ORDER BY 1, 2"
SIZES = """
SELECT count(*), pg_total_relation_size('records.record') / count(*), pg_total_relation_size('records.head') / count(*),
    (SELECT pg_total_relation_size('records.sealed') / greatest(count(*), 1) FROM records.sealed)
FROM records.record
"""


class PlainNeed:
    """A need on a table of the same form that nobody records or guards."""


def measure(bench: Bench) -> list[Figure]:
    changed = _changed(bench)
    _append(bench)
    return [*changed, _verified(bench), _bytes(bench)]


def _changed(bench: Bench) -> list[Figure]:
    _plain_table(bench)
    needs = _needs(bench)
    recorded, plain = _change(bench, Need, needs), _change(bench, PlainNeed, needs)
    recorded(), plain()  # the first change of a stream also makes its head and its subject's key
    found = alternate({"recorded": recorded, "plain": plain}, rounds=bench.size.rounds)
    cpu = Compared([one[0] for one in found["recorded"]], [one[0] for one in found["plain"]])
    elapsed = Compared([one[1] for one in found["recorded"]], [one[1] for one in found["plain"]])
    against = "the same change unrecorded"
    return [
        cost("P9 recorded change, one sealed field", *cpu.middle, at_most(3.5), unit="us CPU", against=against),
        cost("P9 the same, elapsed with the disk", *elapsed.middle, None, unit="us", against=against),
    ]


def _plain_table(bench: Bench) -> None:
    bench.observer.execute("DROP TABLE IF EXISTS bench_need")
    bench.observer.execute("CREATE TABLE bench_need (LIKE need INCLUDING ALL)")
    bench.observer.execute("GRANT SELECT, UPDATE ON bench_need TO jiedui_app")
    query = "INSERT INTO bench_need SELECT * FROM need WHERE level = 'household' ORDER BY id LIMIT %s"
    bench.observer.execute(query, [CHANGES])
    bench.observer.execute("ANALYZE bench_need")
    columns = [Column(column.name, column.type, primary_key=column.primary_key) for column in Need.__table__.columns]
    table = Table("bench_need", MetaData(), *columns)
    registry().map_imperatively(PlainNeed, table, version_id_col=table.c.version)


def _needs(bench: Bench) -> list[UUID]:
    return [UUID(str(row[0])) for row in bench.observer.execute("SELECT id FROM bench_need ORDER BY id")]


def _change(bench: Bench, kind: type[Any], needs: list[UUID]) -> Callable[[], Any]:
    """Return a measure: microseconds of CPU and elapsed for reading a need, changing its title, and the commit."""

    def measure() -> tuple[float, float]:
        meter = Meter(lambda: backends(bench.observer, OURS))
        began, ran = time.perf_counter_ns(), time.thread_time_ns()
        for need_id in needs:
            with unit_of_work(SYSTEM) as session:
                need = session.get_one(kind, need_id)
                need.title = f"{need.title[:12]} {began}"
        elapsed, ran = time.perf_counter_ns() - began, time.thread_time_ns() - ran
        return (ran + meter.lap()) / len(needs) / 1000, elapsed / len(needs) / 1000

    return measure


def _append(bench: Bench) -> None:
    """Let the application's role append until there are enough records, ten to a stream."""
    with unit_of_work(SYSTEM):
        there = int(db.session.execute(text("SELECT count(*) FROM records.record")).scalar_one())
    for low in range(there, bench.size.records, BATCH):
        with unit_of_work(SYSTEM):
            db.session.execute(text("SET LOCAL synchronous_commit = off"))
            db.session.execute(APPEND, {"low": low, "high": low + BATCH - 1, "chain": CHAIN})
    bench.observer.execute("ANALYZE records.record")


def _verified(bench: Bench) -> Figure:
    """Check everything; CPU of both sides added up, since elapsed time belongs to whoever else is on the machine."""
    goal = at_most(20)
    meter = Meter(lambda: backends(bench.observer, OURS))
    began, ran = time.perf_counter(), time.thread_time()
    verdict = verify_database(db.engine)
    elapsed, ran = time.perf_counter() - began, time.thread_time() - ran
    if verdict.code:
        return missing("P9 check of the records", (verdict.tampered + verdict.incomplete)[0], goal)
    seconds, read = ran + meter.lap() / 1e9, _reading(meter)
    scaled = seconds * MILLION / verdict.records
    against = f"{verdict.records:,} took {seconds:.1f} s ({elapsed:.1f} s elapsed); only to read them: {read:.1f} s"
    return amount("P9 check of 1,000,000 records", scaled, goal, unit="s CPU", against=against)


def _reading(meter: Meter) -> float:
    """Return the seconds of CPU for the same rows without looking at them."""
    ran = time.thread_time()
    with db.engine.connect() as connection:
        for _ in connection.execution_options(yield_per=2000).exec_driver_sql(READ):
            pass
        spent = meter.lap() / 1e9
    return time.thread_time() - ran + spent


def _bytes(bench: Bench) -> Figure:
    row = bench.observer.execute(SIZES).fetchone()
    count, each, head, sealed = (int(value) for value in row) if row else (0, 0, 0, 0)
    against = f"of {count:,}; beside it {sealed} for a sealed part, {head} for the heads of streams"
    return amount("P9 bytes of a record with indexes", each, at_most(500), unit="bytes", against=against)
