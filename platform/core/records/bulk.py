"""Records of many rows at once: what the listener writes one by one, for whole batches (decision 0019).

Whoever writes rows past the session (COPY, `INSERT … SELECT`) tells here what happened, in the same transaction; the
deferred guards of the tables refuse at commit what was not told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.crypto.subjects import new_subject_ciphers, seal_with, subject_ciphers
from core.db import db
from core.records.appending import Entry, append_batch, canonical


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to one stream; `sealed` is for the eyes of who may open the subject's particulars.

    `is_first` spares looking for the key of a subject that begins here; where there is one it is used all the same.
    """

    stream: str
    kind: str
    public: dict[str, Any]
    sealed: dict[str, Any] = field(default_factory=dict)
    subject: str | None = None
    reason: str = ""
    is_first: bool = False


def record_many(told: Sequence[Told]) -> int:
    """Write a record for each; several of one stream follow each other in the order given. Return how many."""
    return sum(append_batch(db.session, entries) for entries in _rounds(_sealed(told)))


def _sealed(told: Sequence[Told]) -> list[Entry]:
    sealed = [one for one in told if one.sealed]
    ciphers = new_subject_ciphers(db.session, {one.subject or one.stream for one in sealed if one.is_first})
    ciphers |= subject_ciphers(db.session, {one.subject or one.stream for one in sealed if not one.is_first})
    found = []
    for one in told:
        subject = one.subject or one.stream
        cipher = ciphers[subject] if one.sealed else None
        text = canonical(one.sealed).encode() if cipher is not None else b""
        ciphertext = None if cipher is None else seal_with(cipher, subject, one.stream, text)
        found.append(Entry(one.stream, one.kind, one.reason, "", one.public, subject, ciphertext))
    return found


def _rounds(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Part the entries so that each stream comes once in a round."""
    while entries:
        first: dict[str, Entry] = {}
        rest = []
        for entry in entries:
            if first.setdefault(entry.stream, entry) is not entry:
                rest.append(entry)
        yield list(first.values())
        entries = rest
