"""Lists: published runs by place and year, the runs of an officer's places, the places of one run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, or_, select, text

from core.db import db
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, require
from core.scope import within_scope
from identification.models import QuotaRun, QuotaTransfer, RunStage, TransferStage
from identification.policy import QuotaPermission
from identification.queries.quotas.places import COUNTRY
from regions.codes import code_range

_PLACES = text(
    """
    SELECT l.region_code AS code, coalesce(r.name, l.region_code) AS name, coalesce(r.parent_code, '') AS above,
           coalesce(a.name, '') AS above_name, l.population, l.quota, l.low_confidence,
           coalesce(m.moved, 0) AS moved
      FROM quota_line l
      LEFT JOIN region r ON r.code = l.region_code AND r.valid_to IS NULL
      LEFT JOIN region a ON a.code = r.parent_code AND a.valid_to IS NULL
      LEFT JOIN (
          SELECT side.code, sum(side.persons) AS moved FROM quota_transfer t
            CROSS JOIN LATERAL (VALUES (t.to_code, t.persons), (t.from_code, -t.persons)) AS side (code, persons)
           WHERE t.run_id = :run AND t.stage = 'agreed' GROUP BY side.code
      ) AS m ON m.code = l.region_code
     WHERE l.run_id = :run AND l.region_code > :after
       AND (:words = '' OR strpos(r.name, :words) > 0 OR strpos(a.name, :words) > 0
            OR starts_with(l.region_code, :words))
     ORDER BY l.region_code LIMIT :limit
    """
)
_GROUPS = text(
    """
    SELECT coalesce(r.parent_code, '') AS code, coalesce(a.name, '') AS name, count(*) AS places,
           sum(l.population) AS population, sum(l.quota) AS quota
      FROM quota_line l
      LEFT JOIN region r ON r.code = l.region_code AND r.valid_to IS NULL
      LEFT JOIN region a ON a.code = r.parent_code AND a.valid_to IS NULL
     WHERE l.run_id = :run GROUP BY 1, 2 ORDER BY 1
    """
)
_YEARS = text("SELECT DISTINCT year FROM quota_run WHERE stage = 'published' ORDER BY year DESC")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of a run: its number from the run, and what was moved since."""

    code: str
    name: str
    above: str
    above_name: str
    population: int
    quota: int
    low_confidence: bool
    moved: int

    @property
    def persons(self) -> int:
        return self.quota + self.moved


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The places of a run under one parent, together."""

    code: str
    name: str
    places: int
    population: int
    quota: int


def published_years() -> list[int]:
    """Return the years for which anything is published, newest first."""
    return list(db.session.scalars(_YEARS))


def published_runs(
    *, year: int | None = None, region: str = "", cursor: str | None = None, limit: int = 20
) -> Page[QuotaRun]:
    """Return published runs of a year (or of all), of a place and those inside it: upper places first."""
    query = select(QuotaRun).where(QuotaRun.stage == RunStage.PUBLISHED)
    if year is not None:
        query = query.where(QuotaRun.year == year)
    if region:
        low, high = code_range(region)
        query = query.where(QuotaRun.region_code >= low, QuotaRun.region_code < high)
    if (after := decode_cursor(cursor, int, str)) is not None:
        before, code = after
        query = query.where(or_(QuotaRun.year < before, and_(QuotaRun.year == before, QuotaRun.region_code > code)))
    rows = db.session.scalars(query.order_by(QuotaRun.year.desc(), QuotaRun.region_code).limit(limit + 1)).all()
    return make_page(rows, limit, lambda run: encode_cursor(run.year, run.region_code))


def runs_in_scope(actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[QuotaRun]:
    """Return all runs of the actor's places, newest first."""
    require(actor, QuotaPermission.QUOTA_READ)
    query: Any = within_scope(select(QuotaRun), QuotaRun, actor)
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        at, last = after
        query = query.where(or_(QuotaRun.created_at < at, and_(QuotaRun.created_at == at, QuotaRun.id < last)))
    rows = db.session.scalars(query.order_by(QuotaRun.created_at.desc(), QuotaRun.id.desc()).limit(limit + 1)).all()
    return make_page(rows, limit, lambda run: encode_cursor(run.created_at, run.id))


def waiting_transfers(actor: Actor, *, limit: int = 50) -> Sequence[QuotaTransfer]:
    """Return what waits for a second officer in the actor's places, oldest first."""
    require(actor, QuotaPermission.QUOTA_READ)
    query: Any = within_scope(
        select(QuotaTransfer).join(QuotaRun, QuotaRun.id == QuotaTransfer.run_id), QuotaTransfer, actor
    ).where(QuotaTransfer.stage == TransferStage.ASKED, QuotaRun.stage == RunStage.PUBLISHED)
    found: Sequence[QuotaTransfer] = db.session.scalars(query.order_by(QuotaTransfer.created_at).limit(limit)).all()
    return found


def published_places_of(run_id: UUID, *, words: str = "", cursor: str | None = None, limit: int = 50) -> Page[PlaceRow]:
    """Return the places of a run by code; `words` is a part of a name or the beginning of a code."""
    after = decode_cursor(cursor, str)
    values = {"run": run_id, "after": after[0] if after else "", "words": words.strip(), "limit": limit + 1}
    rows = [_place(row) for row in db.session.execute(_PLACES, values)]
    return make_page(rows, limit, lambda row: encode_cursor(row.code))


def published_names(run_id: UUID, *codes: str) -> dict[str, PlaceRow]:
    """Return some places of a run."""
    found = {row.code: row for code in codes for row in published_places_of(run_id, words=code, limit=1).items}
    return {code: row for code, row in found.items() if code in codes}


def _place(row: Row[Any]) -> PlaceRow:
    values = {**row._mapping, "moved": int(row.moved)}
    return PlaceRow(**values)


def published_groups(run_id: UUID) -> list[GroupRow]:
    """Return the sums by the places above: prefectures of a province's counties, townships of a county's villages."""
    rows = db.session.execute(_GROUPS, {"run": run_id})
    return [GroupRow(row.code, row.name, row.places, int(row.population), int(row.quota)) for row in rows]


def place_name(region_code: str, names: dict[str, Any]) -> str | None:
    """Return a place's name as people say it; None for the nation."""
    if region_code == COUNTRY:
        return None
    return str(names[region_code].said) if region_code in names else region_code
