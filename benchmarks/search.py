"""P5: two Chinese characters, a rare pair against LIKE and a frequent one against the plain list."""

from sqlalchemy import text

from benchmarks.alternating import compare
from benchmarks.asking import MICROSECONDS, asking
from benchmarks.figures import Figure, at_least, at_most, cost, gain
from benchmarks.filling import texts
from benchmarks.server import Bench
from core.db import db, unit_of_work
from core.policy import ANONYMOUS
from needs.queries import published_needs

LIKE = text(
    "SELECT n.*, b.* FROM need_balance b JOIN need n ON n.id = b.need_id WHERE b.listed > 0 AND b.listed <= 1"
    " AND (n.title LIKE :like OR n.description LIKE :like) ORDER BY b.published_at DESC, b.need_id DESC LIMIT 21"
)


def measure(bench: Bench) -> list[Figure]:
    words = texts()
    return [_rare(bench, words["rare"]), _frequent(bench, words["frequent"])]


def _rare(bench: Bench, word: str) -> Figure:
    with unit_of_work(ANONYMOUS):
        hits = len(published_needs(q=word, limit=100).items)
    compared = compare(
        asking(bench, lambda: published_needs(q=word), calls=40),
        asking(bench, lambda: db.session.execute(LIKE, {"like": f"%{word}%"}).all(), calls=1),
        rounds=bench.size.rounds,
    )
    # The gain grows with the number of needs: LIKE reads every row, the index only the hits.
    goal = at_least(1000 * bench.size.needs / 1_000_000)
    name = f"P5 rare pair {word}, {hits} hits"
    return gain(name, *compared.middle, goal, unit=MICROSECONDS, against="LIKE")


def _frequent(bench: Bench, word: str) -> Figure:
    compared = compare(
        asking(bench, lambda: published_needs(q=word), calls=40),
        asking(bench, published_needs, calls=40),
        rounds=bench.size.rounds,
    )
    name = f"P5 frequent pair {word}, newest 20"
    return cost(name, *compared.middle, at_most(2), unit=MICROSECONDS, against="the plain list page")
