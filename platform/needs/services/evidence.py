"""What backs a visit: a kept picture, or the number of a paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.db import db
from needs.models import Need, NeedEvidence

LONGEST_NUMBER = 80


@dataclass(frozen=True)
class Evidence:
    """One piece: `file_id` of `core.files`, or the number by which the office keeps the paper."""

    file_id: UUID | None = None
    paper_no: str = ""
    taken_on: date | None = None


def add_evidence(need: Need, pieces: Iterable[Evidence]) -> None:
    """Put the pieces beside the need."""
    for piece in pieces:
        row = NeedEvidence(
            need_id=need.id,
            file_id=piece.file_id,
            paper_no=piece.paper_no.strip()[:LONGEST_NUMBER],
            taken_on=piece.taken_on,
            subject=need.record_subject(),
        )
        db.session.add(row)
