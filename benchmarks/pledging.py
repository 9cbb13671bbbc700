"""P8 through the whole application: 32 donors pledge for one need by POST /api/v1/pledges."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from http.client import HTTPConnection
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import make_url

from benchmarks.clients import CLIENTS, tally
from benchmarks.figures import Figure, amount, at_most, missing
from benchmarks.served import NOT_SERVED, Served, serving
from benchmarks.server import Bench, dropped, plain
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.provision import prepare

NAME = "jiedui_bench_hot"
WANTED = 12
GOAL = at_most(0)


def measure(bench: Bench) -> list[Figure]:
    """Return by how much the application over-committed, with what the clients were told."""
    try:
        with (
            _small_world(bench) as there,
            serving(there, "bench-pledges", "web.app:create_app", factory=True, threads=8) as served,
        ):
            return [_pledged(there, served)]
    except NOT_SERVED as failure:
        return [missing("P8 over-commitment, POST /api/v1/pledges", str(failure), GOAL)]
    finally:
        db.configure(str(bench.settings.app_url), pool_size=2)


@contextmanager
def _small_world(bench: Bench) -> Iterator[Bench]:
    """Make a database of its own, so that services can fill it in the ordinary way."""
    dropped(str(bench.settings.admin_url), NAME)
    admin = make_url(str(bench.settings.admin_url)).set(database=NAME).render_as_string(hide_password=False)
    settings = replace(bench.settings, admin_url=admin, app_url=None)
    settings = replace(settings, app_url=prepare(settings, demo=False).app_url)
    db.configure(str(settings.app_url), pool_size=2)
    with psycopg.connect(plain(admin), autocommit=True) as observer:
        yield Bench(settings, observer, plain(admin), bench.size)


def _pledged(bench: Bench, served: Served) -> Figure:
    need, tokens = _scene()
    waiting = iter(tokens)
    answers = Counter(str(answer) for answer in tally(lambda: _pledging(served.port, next(waiting), need), calls=1))
    query = "SELECT coalesce(sum(quantity), 0) FROM pledge WHERE need_id = %s"
    row = bench.observer.execute(query, [need]).fetchone()
    said = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
    against = f"{CLIENTS} clients for {WANTED}: {said}"
    over = int(row[0] if row else 0) - WANTED
    return amount("P8 over-commitment, POST /api/v1/pledges", over, GOAL, unit="too many", against=against)


def _scene() -> tuple[UUID, list[str]]:
    """Return a published need of a paired household, and the API tokens of as many verified donors as clients."""
    from accounts.models import Account
    from accounts.services import make_token
    from tests.factories.donors import make_donor
    from tests.factories.needs import make_places
    from tests.factories.pledges import Scene
    from web.composition import wire

    wire()
    make_places()
    scene = Scene(quantity=str(WANTED))
    tokens = []
    for _ in range(CLIENTS):
        _donor, head = make_donor(officer=scene.people.county)
        with unit_of_work(SYSTEM):
            tokens.append(make_token(db.session.get_one(Account, head), name="bench")[1])
    return scene.need_id, tokens


def _pledging(port: int, token: str, need: UUID) -> Callable[[], object]:
    with unit_of_work(SYSTEM):
        due = today() + timedelta(days=14)
    promise = {"need_id": str(need), "quantity": f"{Decimal(1)}", "kind": "goods", "due_on": due.isoformat()}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def call() -> object:
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        connection.request("POST", "/api/v1/pledges", body=json.dumps(promise), headers=headers)
        answer = connection.getresponse()
        problem = json.loads(answer.read() or b"{}")
        return f"{answer.status} {problem.get('type', '').rpartition('/')[2]}".strip()

    return call
