"""Households that meet the standard beyond the number: who waits how long, where there is room (domain.md 3.7.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from core.clock import today
from core.db import db
from core.policy import Actor, require
from identification.case_choices import CaseStage
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.models import IdentificationCase, QuotaAnswer
from identification.queries.cases.listing import CaseRow, case_rows, in_scope
from identification.queries.cases.quota import number_of, quota_left

MOST = 200


@dataclass(frozen=True)
class OverQuotaRow:
    """One such household: since when, how many days it may wait for an answer, and what is left of the number."""

    case: CaseRow
    persons: int
    since: date
    limit: int
    day: int
    left: int | None
    run_id: UUID | None
    answer: QuotaAnswer | None

    @property
    def answer_by(self) -> date:
        return self.since + timedelta(days=self.limit)

    @property
    def is_late(self) -> bool:
        return self.answer is None and self.day > self.limit

    @property
    def has_room(self) -> bool:
        return self.left is None or self.left > 0


def households_over_quota(actor: Actor) -> list[OverQuotaRow]:
    """Return the households of the actor's places that wait beyond the number; unanswered ones first, then the longest.

    `day` 0 is the day on which the household was put there.
    """
    require(actor, CasePermission.CASE_COUNTY)
    query = in_scope(actor).where(IdentificationCase.stage == CaseStage.ELIGIBLE_OVER_QUOTA)
    cases = db.session.scalars(
        query.order_by(IdentificationCase.over_quota_since, IdentificationCase.id).limit(MOST)
    ).all()
    answers = _answers([case.id for case in cases])
    rooms: dict[tuple[str, UUID | None, int], tuple[int | None, UUID | None]] = {}
    for case in cases:
        key = _room(case)
        if key not in rooms:
            rooms[key] = quota_left(case), number_of(case)
    found = [_row(case, row, answers.get(case.id), *rooms[_room(case)]) for case, row in _paired(cases)]
    return sorted(found, key=lambda row: row.answer is not None)


def _paired(cases: Sequence[IdentificationCase]) -> list[tuple[IdentificationCase, CaseRow]]:
    return list(zip(cases, case_rows(cases), strict=True))


def _room(case: IdentificationCase) -> tuple[str, UUID | None, int]:
    """Return what the number left depends on: the village, and the year of the round or of the entry."""
    return case.region_code, case.round_id, case.entered_on.year


def _answers(ids: list[UUID]) -> dict[UUID, QuotaAnswer]:
    """Return the last answer to each household."""
    query = select(QuotaAnswer).where(QuotaAnswer.case_id.in_(ids)).order_by(QuotaAnswer.created_at)
    return {answer.case_id: answer for answer in db.session.scalars(query)}


def _row(
    case: IdentificationCase, row: CaseRow, answer: QuotaAnswer | None, left: int | None, run_id: UUID | None
) -> OverQuotaRow:
    limit = int(pack_of(case.pack, case.region_code, case.entered_on)["over_quota_answer_days"])
    since = case.over_quota_since or case.stage_on
    return OverQuotaRow(row, case.persons or 0, since, limit, (today() - since).days, left, run_id, answer)
