"""Reading runs: with the actor's places or as the public may, a place's number as it stands now."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text

from core.db import db
from core.errors import NotFound
from core.policy import Actor, can
from core.scope import within_scope
from identification.models import QuotaLine, QuotaRun, QuotaTransfer, RunStage, TransferStage
from identification.policy import QuotaPermission
from identification.queries.quotas.places import COUNTRY
from identification.quotas.tasks import Line, Task
from regions.codes import path
from regions.queries import published_path

SHOWN = (RunStage.PUBLISHED, RunStage.REPLACED)

_STANDING = text(
    """
    SELECT r.id AS run_id, l.quota, coalesce((
               SELECT sum(CASE WHEN t.to_code = l.region_code THEN t.persons ELSE -t.persons END)
                 FROM quota_transfer t
                WHERE t.run_id = r.id AND t.stage = 'agreed' AND l.region_code IN (t.from_code, t.to_code)), 0) AS moved
      FROM quota_run r JOIN quota_line l ON l.run_id = r.id AND l.region_code = :code
     WHERE r.stage = 'published' AND r.year = :year AND r.region_code = ANY(:above)
    """
)
_MOVED = text(
    """
    SELECT code, sum(persons) AS persons FROM (
        SELECT to_code AS code, persons FROM quota_transfer WHERE run_id = :run AND stage = 'agreed'
        UNION ALL
        SELECT from_code, -persons FROM quota_transfer WHERE run_id = :run AND stage = 'agreed'
    ) AS both_sides GROUP BY code
    """
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A place's number now: what its run gave, and what agreed transfers moved."""

    run_id: UUID
    given: int
    moved: int

    @property
    def persons(self) -> int:
        return self.given + self.moved


def get_run(actor: Actor, run_id: UUID) -> QuotaRun:
    """Return the run if it lies in the actor's places, else raise NotFound."""
    query = within_scope(select(QuotaRun).where(QuotaRun.id == run_id), QuotaRun, actor)
    found: QuotaRun | None = db.session.scalar(query)
    if found is None or not can(actor, QuotaPermission.QUOTA_READ, found):
        raise NotFound
    return found


def published_run(run_id: UUID, actor: Actor) -> QuotaRun:
    """Return a run that is or was published; one that is not yet only to those in whose places it lies."""
    found = db.session.get(QuotaRun, run_id)
    if found is None:
        raise NotFound
    if found.stage not in SHOWN and not can(actor, QuotaPermission.QUOTA_READ, found):
        raise NotFound
    return found


def get_transfer(actor: Actor, transfer_id: UUID) -> QuotaTransfer:
    """Return the transfer if its run lies in the actor's places, else raise NotFound."""
    query = within_scope(select(QuotaTransfer).where(QuotaTransfer.id == transfer_id), QuotaTransfer, actor)
    found: QuotaTransfer | None = db.session.scalar(query)
    if found is None or not can(actor, QuotaPermission.QUOTA_READ, found):
        raise NotFound
    return found


def stored_runs(*, run_id: UUID | None = None, year: int | None = None) -> Sequence[QuotaRun]:
    """Return one run, those of a year, or all, in the order in which they were computed."""
    query = select(QuotaRun)
    if run_id is not None:
        query = query.where(QuotaRun.id == run_id)
    if year is not None:
        query = query.where(QuotaRun.year == year)
    return db.session.scalars(query.order_by(QuotaRun.created_at, QuotaRun.id)).all()


def current_run(region_code: str, year: int) -> QuotaRun | None:
    """Return the run that counts for a place's parts in a year, or None."""
    return db.session.scalar(
        select(QuotaRun).where(
            QuotaRun.region_code == region_code, QuotaRun.year == year, QuotaRun.stage == RunStage.PUBLISHED
        )
    )


def current_runs(year: int) -> dict[str, UUID]:
    """Return the runs that count in a year, by the places whose numbers they split."""
    query = select(QuotaRun.region_code, QuotaRun.id).where(QuotaRun.year == year, QuotaRun.stage == RunStage.PUBLISHED)
    return {row.region_code: row.id for row in db.session.execute(query)}


def standing(region_code: str, year: int) -> Standing | None:
    """Return a place's published number of a year with what was moved since, or None where there is none."""
    values = {"code": region_code, "year": year, "above": _above(region_code)}
    row = db.session.execute(_STANDING, values).one_or_none()
    return None if row is None else Standing(row.run_id, row.quota, int(row.moved))


def published_quota(region_code: str, year: int) -> int | None:
    """Return how many persons a village (or county, or province) has for a year: its run and agreed transfers."""
    found = standing(region_code, year)
    return None if found is None else found.persons


def _above(region_code: str) -> list[str]:
    """Return the places above by the register, and by the code itself for places that were closed since."""
    if region_code == COUNTRY:
        return []
    found = {COUNTRY, *path(region_code)}
    with suppress(NotFound):
        found |= {place.code for place in published_path(region_code)}
    return sorted(found - {region_code})


def task_of(run: QuotaRun) -> Task:
    """Return what a run split, as it is computed."""
    return Task(run.level, run.total, run.method, run.factors)


def lines_of(run_id: UUID) -> list[Line]:
    """Return all lines of a run with their inputs, by code."""
    columns = (
        QuotaLine.region_code,
        QuotaLine.population,
        QuotaLine.inputs,
        QuotaLine.quota,
        QuotaLine.low_confidence,
    )
    rows = db.session.execute(select(*columns).where(QuotaLine.run_id == run_id).order_by(QuotaLine.region_code))
    return [Line(code, population, inputs, quota, weak) for code, population, inputs, quota, weak in rows]


def moved_in(run_id: UUID) -> dict[str, int]:
    """Return what agreed transfers brought to or took from each place of a run."""
    return {row.code: int(row.persons) for row in db.session.execute(_MOVED, {"run": run_id})}


def transfers_of(run_id: UUID, *stages: TransferStage) -> Sequence[QuotaTransfer]:
    """Return the transfers of a run, newest first."""
    query = select(QuotaTransfer).where(QuotaTransfer.run_id == run_id)
    if stages:
        query = query.where(QuotaTransfer.stage.in_(stages))
    return db.session.scalars(query.order_by(QuotaTransfer.created_at.desc(), QuotaTransfer.id)).all()
