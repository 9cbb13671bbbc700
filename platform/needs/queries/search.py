"""Two plans for a search: look up the hits of a rare word, or walk the list by date for a frequent one."""

from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any

from sqlalchemy import text

from core.db import db
from needs.bigrams import query_text

PAGE = 20
# PostgreSQL says 0.5 % of any word that its statistics do not hold: that is no frequent word.
UNKNOWN = 0.006
KEPT_SECONDS = 600
_HITS = text("EXPLAIN (FORMAT JSON) SELECT 1 FROM need WHERE search @@ CAST(:query AS tsquery)")
_SIZE = text("SELECT reltuples FROM pg_class WHERE oid = 'need_balance'::regclass")

_LOOK_UP_HEAD = "WITH hits AS MATERIALIZED (SELECT id FROM need WHERE search @@ CAST(:query AS tsquery)) "
# OFFSET 0 in both plans keeps the planner from a join that reads the whole table once it plans without values.
_LOOK_UP = "hits CROSS JOIN LATERAL (SELECT * FROM need_balance l WHERE l.need_id = hits.id OFFSET 0) b"
_WALK = (
    "EXISTS (SELECT FROM need w WHERE w.id = b.need_id AND coalesce(w.search, '') @@ CAST(:query AS tsquery) OFFSET 0)"
)


@dataclass(frozen=True)
class Search:
    """A search as parts of a statement."""

    query: str
    head: str = ""
    source: str = "need_balance b"
    clause: str = ""


def plan_search(words: str) -> Search | None:
    """Return how to search, or None if the words hold nothing to search for."""
    query = query_text(words)
    if not query:
        return None
    if _is_frequent(query, int(monotonic() / KEPT_SECONDS)):
        return Search(query, clause=_WALK)
    return Search(query, head=_LOOK_UP_HEAD, source=_LOOK_UP)


@lru_cache(maxsize=4096)
def _is_frequent(query: str, period: int) -> bool:
    """Return whether walking the list costs less; kept for a period, since either plan finds the same.

    Looking up costs one step for each hit, walking costs size / hits for each row shown; the planner's statistics
    say how many hits there will be.
    """
    hits, size = _expected_hits(query), _size()
    return hits * hits > PAGE * size and hits > UNKNOWN * size


def _expected_hits(query: str) -> float:
    plan: Any = db.session.execute(_HITS, {"query": query}).scalar_one()
    return float(plan[0]["Plan"]["Plan Rows"])


def _size() -> float:
    return max(1.0, float(db.session.execute(_SIZE).scalar_one()))
