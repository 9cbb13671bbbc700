"""Check all update records of a database: chains, heads, sealed parts, and what protects them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import sleep

from sqlalchemy import Engine

from core.records.reading import HASH_OF_CIPHERTEXT, Driver, Head, Progress, Stored, entries, snapshot
from core.records.standalone import INCOMPLETE, OK, TAMPERED, Chain, chain_hash
from core.records.standing import weaknesses

_STRAY = """
SELECT stream, seq FROM records.sealed s
WHERE NOT EXISTS (SELECT 1 FROM records.record r WHERE r.stream = s.stream AND r.seq = s.seq)
ORDER BY stream, seq LIMIT 100
"""
LENT = " is a member of jiedui_records"
LOOKS, SECONDS_BETWEEN = 20, 0.5


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


def verify_database(engine: Engine, *, stream: str | None = None, progress: Progress | None = None) -> Verdict:
    """Recompute every chain (or one stream's) and look at triggers, owners, rights and functions."""
    verdict, chain = Verdict(), Chain()
    with snapshot(engine) as driver:
        found = entries(driver, stream=stream, sealed_part=HASH_OF_CIPHERTEXT, progress=progress)
        _follow(found, chain, verdict)
        verdict.tampered += [*chain.tampered, *chain.incomplete, *_strays(driver)]
    verdict.tampered += _lasting_weaknesses(engine)
    verdict.records, verdict.streams = chain.records, chain.streams
    return verdict


def _lasting_weaknesses(engine: Engine) -> list[str]:
    """Return the weaknesses of the database. A migration lends the role for seconds: only a loan that stays counts."""
    for _ in range(LOOKS):
        with engine.connect() as connection:
            found = weaknesses(connection)
        if not any(name.endswith(LENT) for name in found):
            break
        sleep(SECONDS_BETWEEN)
    return found


def _follow(found: Iterator[Stored | Head], chain: Chain, verdict: Verdict) -> None:
    for entry in found:
        if isinstance(entry, Head):
            chain.head(*entry)
            continue
        texts = (entry.alg, entry.stream, str(entry.seq), *entry[2:8])
        computed = chain_hash(texts, entry.sealed or b"", entry.prev)
        chain.step(entry.stream, entry.seq, entry.at, entry.alg, entry.prev, entry.hash, computed)
        if entry.sealed != entry.sealed_part:
            _judge_sealed(entry, verdict)
    chain.end()


def _judge_sealed(row: Stored, verdict: Verdict) -> None:
    place = f"{row.stream} {row.seq}"
    if row.sealed_part is None:
        verdict.incomplete.append(f"{place}: its sealed part is missing")
    else:
        verdict.tampered.append(f"{place}: the sealed part is not the one that was committed to")


def _strays(driver: Driver) -> list[str]:
    return [f"{stream} {seq}: a sealed part without its record" for stream, seq in driver.execute(_STRAY)]
