"""Check all update records of a database: chains, heads, sealed parts, and what protects them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Engine

from core.records.reading import (
    HASH_OF_CIPHERTEXT,
    Driver,
    Head,
    Progress,
    Stored,
    snapshot,
    stored_heads,
    stored_records,
)
from core.records.standalone import INCOMPLETE, OK, TAMPERED, Chain, chain_hash
from core.records.standing import weaknesses

_STRAY = """
SELECT stream, seq FROM records.sealed s
WHERE NOT EXISTS (SELECT 1 FROM records.record r WHERE r.stream = s.stream AND r.seq = s.seq)
ORDER BY stream, seq LIMIT 100
"""


@dataclass
class Verdict:
    """What a check of the whole database found."""

    records: int = 0
    streams: int = 0
    tampered: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)

    @property
    def code(self) -> int:
        """0 everything fits, 1 something was changed, 2 something is missing."""
        if self.tampered:
            return TAMPERED
        return INCOMPLETE if self.incomplete else OK


def verify_database(
    engine: Engine, *, stream: str | None = None, progress: Progress | None = None
) -> Verdict:
    """Recompute every chain (or one stream's) and look at triggers, owners, rights and functions."""
    verdict, chain = Verdict(), Chain()
    with snapshot(engine) as driver:
        records = stored_records(driver, stream=stream, sealed_part=HASH_OF_CIPHERTEXT, progress=progress)
        _follow(records, stored_heads(driver, stream=stream), chain, verdict)
        verdict.tampered += [*chain.tampered, *chain.incomplete, *_strays(driver)]
    with engine.connect() as connection:
        verdict.tampered += weaknesses(connection)
    verdict.records, verdict.streams = chain.records, chain.streams
    return verdict


def _follow(records: Iterator[Stored], heads: Iterator[Head], chain: Chain, verdict: Verdict) -> None:
    """Merge records and heads, both in the order of streams."""
    head = next(heads, None)
    for row in records:
        while head is not None and head.stream < row.stream:
            chain.head(*head)
            head = next(heads, None)
        texts = (row.alg, row.stream, str(row.seq), *row[2:8])
        computed = chain_hash(texts, row.sealed or b"", row.prev)
        chain.step(row.stream, row.seq, row.at, row.alg, row.prev, row.hash, computed)
        if row.sealed != row.sealed_part:
            _judge_sealed(row, verdict)
    while head is not None:
        chain.head(*head)
        head = next(heads, None)
    chain.end()


def _judge_sealed(row: Stored, verdict: Verdict) -> None:
    place = f"{row.stream} {row.seq}"
    if row.sealed_part is None:
        verdict.incomplete.append(f"{place}: its sealed part is missing")
    else:
        verdict.tampered.append(f"{place}: the sealed part is not the one that was committed to")


def _strays(driver: Driver) -> list[str]:
    return [f"{stream} {seq}: a sealed part without its record" for stream, seq in driver.execute(_STRAY)]
