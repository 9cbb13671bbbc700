"""Lists of cases: all of an officer's places, clues, households beyond the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from core.clock import today
from core.db import db
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, require
from core.privacy import mask_name
from core.scope import scope_clause
from identification.case_choices import CaseOrigin, CaseStage, OfficeLevel
from identification.case_policy import CasePermission
from identification.models import IdentificationCase
from identification.queries.cases.reading import office_of
from registry.models import Household


@dataclass(frozen=True)
class CaseRow:
    """A case in a list: the name masked, and how many days are left."""

    id: UUID
    region_code: str
    pack: str
    stage: CaseStage
    origin: CaseOrigin
    masked_name: str
    household_no: str
    entered_on: date
    due_on: date | None
    days_left: int | None
    office: str
    passed_on: bool
    decide_by: date | None
    sentinels: tuple[str, ...]


def cases_of(
    actor: Actor,
    *,
    stage: CaseStage | None = None,
    region_code: str = "",
    pack: str = "",
    round_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> Page[CaseRow]:
    """Return the cases of the actor's places, newest first."""
    require(actor, CasePermission.CASE_READ)
    query = in_scope(actor)
    if stage is not None:
        query = query.where(IdentificationCase.stage == stage)
    if region_code:
        query = query.where(IdentificationCase.region_code == region_code)
    if pack:
        query = query.where(IdentificationCase.pack == pack)
    if round_id is not None:
        query = query.where(IdentificationCase.round_id == round_id)
    if (after := decode_cursor(cursor, date.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(IdentificationCase.entered_on, IdentificationCase.id) < after)
    ordered = query.order_by(IdentificationCase.entered_on.desc(), IdentificationCase.id.desc())
    rows = case_rows(db.session.scalars(ordered.limit(limit + 1)).all())
    return make_page(rows, limit, lambda row: encode_cursor(row.entered_on, row.id))


def clue_rows(actor: Actor, *, region_code: str = "", limit: int = 200) -> list[CaseRow]:
    """Return the clues that nobody has taken up yet, the oldest first."""
    query = in_scope(actor).where(IdentificationCase.stage == CaseStage.CLUE)
    if region_code:
        query = query.where(IdentificationCase.region_code == region_code)
    ordered = query.order_by(IdentificationCase.due_on, IdentificationCase.id).limit(limit)
    return case_rows(db.session.scalars(ordered).all())


def over_quota_rows(actor: Actor, *, limit: int = 200) -> list[CaseRow]:
    """Return the households that meet the standard beyond the number, the longest waiting first."""
    query = in_scope(actor).where(IdentificationCase.stage == CaseStage.ELIGIBLE_OVER_QUOTA)
    ordered = query.order_by(IdentificationCase.over_quota_since, IdentificationCase.id).limit(limit)
    return case_rows(db.session.scalars(ordered).all())


def in_scope(actor: Actor) -> Select[Any]:
    """Return the cases of the actor's places."""
    return select(IdentificationCase).where(scope_clause(IdentificationCase, actor))


def case_rows(cases: Sequence[IdentificationCase]) -> list[CaseRow]:
    """Return cases as rows of a list."""
    ids = [case.household_id for case in cases if case.household_id is not None]
    numbers = {
        row.id: row.household_no
        for row in db.session.execute(select(Household.id, Household.household_no).where(Household.id.in_(ids)))
    }
    day = today()
    return [_row(case, numbers, day) for case in cases]


def _row(case: IdentificationCase, numbers: dict[UUID, str], day: date) -> CaseRow:
    return CaseRow(
        case.id,
        case.region_code,
        case.pack,
        case.stage,
        case.origin,
        mask_name(case.applicant_name),
        numbers.get(case.household_id, "") if case.household_id else "",
        case.entered_on,
        case.due_on,
        None if case.due_on is None else (case.due_on - day).days,
        office_of(case),
        case.escalated_to is not OfficeLevel.NONE,
        case.decide_by,
        tuple(case.sentinels),
    )
