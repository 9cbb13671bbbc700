"""P8: 32 clients on one need, by statements and over HTTP; a naive control over-commits in the same run."""

from collections.abc import Callable
from uuid import UUID

import psycopg
from sqlalchemy.dialects.postgresql import psycopg as dialect

from benchmarks import pledging
from benchmarks.alternating import compare
from benchmarks.clients import CLIENTS, Client, posting, rate, tally
from benchmarks.figures import Figure, amount, at_least, at_most, missing, speed
from benchmarks.served import NOT_SERVED, Served, serving
from benchmarks.server import Bench, plain
from needs.figures_models import progress_case
from needs.services.sums import _HOLD

SECONDS = 0.8
FEW, ENDLESS = 40, 1_000_000_000
HOLD = str(_HOLD.compile(dialect=dialect.dialect()))
LOCK = "SELECT quantity, held FROM need_balance WHERE need_id = %(need_id)s FOR UPDATE"
RAISE = (
    "UPDATE need_balance SET held = held + %(n)s,"
    f" progress = {progress_case('(held + %(n)s)')} WHERE need_id = %(need_id)s"
)


def measure(bench: Bench) -> list[Figure]:
    need = _hot_need(bench)
    figures = [_by_statement(bench, need, flushed=False), _by_statement(bench, need, flushed=True)]
    try:
        with serving(bench, "bench-hot", "benchmarks.hot_need_app:app", threads=16) as served:
            figures += [*_over_http(bench, served, need), *_overcommitted(bench, served, need)]
    except NOT_SERVED as failure:
        figures.append(missing("P8 over HTTP", str(failure), at_least(1)))
    return [*figures, *pledging.measure(bench)]


def _hot_need(bench: Bench) -> UUID:
    bench.observer.execute(
        "CREATE TABLE IF NOT EXISTS bench_naive (need_id uuid PRIMARY KEY, quantity numeric, held numeric)"
    )
    bench.observer.execute("GRANT SELECT, UPDATE ON bench_naive TO jiedui_app")
    row = bench.observer.execute(
        "SELECT need_id FROM need_balance WHERE listed = 1 ORDER BY need_id LIMIT 1"
    ).fetchone()
    need = UUID(str(row[0])) if row else UUID(int=0)
    bench.observer.execute("INSERT INTO bench_naive VALUES (%s, 0, 0) ON CONFLICT DO NOTHING", [need])
    return need


def _reset(bench: Bench, need: UUID, quantity: int) -> None:
    bench.observer.execute(
        "UPDATE need_balance SET quantity = %s, held = 0, delivered = 0, confirmed = 0, progress = 'open',"
        " fulfilled_at = NULL WHERE need_id = %s",
        [quantity, need],
    )
    bench.observer.execute("UPDATE bench_naive SET quantity = %s, held = 0 WHERE need_id = %s", [quantity, need])


def _by_statement(bench: Bench, need: UUID, *, flushed: bool) -> Figure:
    """Compare the statements: by themselves, and with each commit waiting for the disk, which costs both the same."""
    _reset(bench, need, ENDLESS)
    compared = compare(
        lambda: rate(_statements(bench, need, _one, flushed=flushed), seconds=SECONDS),
        lambda: rate(_statements(bench, need, _four, flushed=flushed), seconds=SECONDS),
        rounds=bench.size.rounds,
    )
    name = "P8 guarded statement, commits flushed to disk" if flushed else "P8 guarded statement alone"
    goal = None if flushed else at_least(2)
    return speed(name, *compared.middle, goal, unit="holds/s", against="SELECT FOR UPDATE, four statements")


Way = Callable[["psycopg.Connection[tuple[object, ...]]", dict[str, object]], None]


def _statements(bench: Bench, need: UUID, way: Way, *, flushed: bool) -> Client:
    def make() -> Callable[[], object]:
        connection = psycopg.connect(plain(str(bench.settings.app_url)), autocommit=True)
        connection.execute(f"SET synchronous_commit = {'on' if flushed else 'off'}")
        values: dict[str, object] = {"need_id": need, "n": 1}
        return lambda: way(connection, values)

    return make


def _one(connection: "psycopg.Connection[tuple[object, ...]]", values: dict[str, object]) -> None:
    connection.execute(HOLD, values)


def _four(connection: "psycopg.Connection[tuple[object, ...]]", values: dict[str, object]) -> None:
    connection.execute("BEGIN")
    connection.execute(LOCK, values).fetchone()
    connection.execute(RAISE, values)
    connection.execute("COMMIT")


def _over_http(bench: Bench, served: Served, need: UUID) -> list[Figure]:
    _reset(bench, need, ENDLESS)
    compared = compare(
        lambda: rate(posting(served.port, f"/guarded/{need}"), seconds=SECONDS),
        lambda: rate(posting(served.port, f"/locking/{need}"), seconds=SECONDS),
        rounds=bench.size.rounds,
    )
    name = "P8 guarded statement over HTTP"
    return [speed(name, *compared.middle, at_least(1), unit="holds/s", against="SELECT FOR UPDATE over HTTP")]


def _overcommitted(bench: Bench, served: Served, need: UUID) -> list[Figure]:
    found = {}
    for way in ("guarded", "locking", "naive"):
        _reset(bench, need, FEW)
        answers = tally(posting(served.port, f"/{way}/{need}"), calls=4)
        found[way] = answers.count(200) - FEW
    against = f"naive control: {found['naive']} too many, {CLIENTS} clients, {FEW} wanted"
    return [
        amount("P8 over-commitment, guarded", found["guarded"], at_most(0), unit="too many", against=against),
        amount("P8 control goes wrong, naive", found["naive"], at_least(1), unit="too many", against="must be seen"),
    ]
