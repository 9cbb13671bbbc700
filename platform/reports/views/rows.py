"""Kept papers as pages list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from core.i18n import label
from core.records import RecordRow
from registry.models import SignedPaper
from registry.queries.papers import changes_after, papers_of, version_number
from registry.record_kinds import KINDS


@dataclass(frozen=True)
class KeptPaper:
    """One signed paper with its pages, and what was said anew since it was printed."""

    name: str
    number: str
    signed_on: date
    kept_at: datetime
    pages: Sequence[SignedPaper]
    changes: int


@dataclass(frozen=True)
class Change:
    """One thing that was said anew after a version."""

    words: str
    at: datetime


def kept_papers(stream: str) -> list[KeptPaper]:
    """Return the signed papers of a stream that the caller has loaded, newest version first."""
    groups = groupby(papers_of(stream), key=lambda paper: (paper.seq, paper.kind))
    return [_kept(stream, list(pages)) for _key, pages in groups]


def _kept(stream: str, pages: list[SignedPaper]) -> KeptPaper:
    first = pages[0]
    return KeptPaper(
        name=label(first.kind),
        number=version_number(first.seq, first.hash),
        signed_on=first.signed_on,
        kept_at=first.created_at,
        pages=pages,
        changes=len(changes_after(stream, first.seq)),
    )


def change_rows(rows: Sequence[RecordRow]) -> list[Change]:
    """Return what was said anew, in words."""
    return [Change(str(KINDS[row.kind]), row.at) for row in rows]
