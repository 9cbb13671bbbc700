"""The two jobs behind an import: check a sheet, take it in. Both can be killed at any moment and begin again.

A whole import is one transaction. Good rows go in batch by batch; how far it came stands in the same transaction as
the rows, so a second run counts nothing twice. The uploader's rights are looked up anew each time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.queries import actor_for_account
from core.db import db, unit_of_work
from core.jobs import job
from core.policy import SYSTEM, Actor
from core.spreadsheets.headings import Mapping
from core.spreadsheets.refusals import SheetRefused
from registry.choices import ImportStage
from registry.models import ImportBatch, ImportProgress
from registry.queries.imports import is_cancelled
from registry.services.importing.findings import restore, save_batch, save_end
from registry.services.importing.keeping import forget, opened_file
from registry.services.importing.kinds import Ordered, kind_of
from registry.services.importing.running import Mode, Outcome, opened_run
from registry.workflow import import_workflow

NO_RIGHTS = "no_rights"


class Stopped(Exception):
    """The uploader has asked to stop: what is not committed is undone."""


@dataclass(frozen=True)
class _Order:
    """What a job needs of its batch, read once."""

    id: UUID
    actor: Actor
    kind: Any
    ordered: Ordered
    mappings: tuple[Mapping, ...]
    only_good_rows: bool


@job("registry.check_import")
def check_import(*, batch_id: str) -> None:
    """Read a sheet and find every mistake in it; nothing is written."""
    batch = _batch(batch_id, ImportStage.UPLOADED)
    if batch is None:
        return
    order = _order(batch)
    if order is None:
        _fail(batch, NO_RIGHTS)
        return
    try:
        outcome = _checked(order)
    except SheetRefused as refusal:
        _fail(batch, refusal.code)
    except Stopped:
        return
    else:
        _keep_found(batch, outcome)
        import_workflow.fire(batch, "check", actor=SYSTEM)


@job("registry.run_import")
def run_checked_import(*, batch_id: str) -> None:
    """Take a checked sheet in."""
    batch = _batch(batch_id, ImportStage.RUNNING)
    order = None if batch is None else _order(batch)
    if batch is None or order is None:
        return
    try:
        outcome = _good_rows(order) if order.only_good_rows else _whole(order)
    except Stopped:
        return
    if outcome.fault_count and not order.only_good_rows:
        _keep_found(batch, outcome)
        import_workflow.fire(batch, "return", actor=SYSTEM)
        return
    batch.row_count, batch.accepted = outcome.rows, outcome.accepted
    batch.refused, batch.unchanged = outcome.refused, outcome.unchanged
    with db.session.no_autoflush:  # one change, one record
        import_workflow.fire(batch, "finish", actor=SYSTEM)
    _keep_found(batch, outcome)
    forget(batch.id)


def _batch(batch_id: str, stage: ImportStage) -> ImportBatch | None:
    found = db.session.get(ImportBatch, UUID(batch_id))
    return found if found is not None and found.stage is stage else None


def _order(batch: ImportBatch) -> _Order | None:
    """Return the order with the uploader's rights of this moment; None if the account has ended."""
    actor = actor_for_account(batch.uploaded_by)
    if actor is None:
        return None
    progress = db.session.get_one(ImportProgress, batch.id)
    mappings = tuple(Mapping.of_plain(mapping) for mapping in progress.mappings)
    ordered = Ordered(actor, batch.region_code, batch.as_of, batch.id, batch.year)
    return _Order(batch.id, actor, kind_of(batch.kind), ordered, mappings, batch.only_good_rows)


def _checked(order: _Order) -> Outcome:
    with unit_of_work(order.actor) as session:
        outcome = _walk(order, Mode.CHECK, lambda take, _outcome: take())
        session.rollback()
    return outcome


def _whole(order: _Order) -> Outcome:
    with unit_of_work(order.actor) as session:
        outcome = _walk(order, Mode.WHOLE, lambda take, _outcome: take())
        if outcome.fault_count:
            session.rollback()
        else:
            _save(order.id, outcome)
    return outcome


def _good_rows(order: _Order) -> Outcome:
    def in_its_own(take: Callable[[], None], outcome: Outcome) -> None:
        with unit_of_work(order.actor):
            take()
            _save(order.id, outcome)

    with unit_of_work(order.actor):
        return _walk(order, Mode.GOOD_ROWS, in_its_own)


def _walk(order: _Order, mode: Mode, surround: Callable[[Callable[[], None], Outcome], None]) -> Outcome:
    seen = 0
    with (
        opened_file(order.id) as path,
        opened_run(path, order.kind, order.ordered, mode=mode, mappings=order.mappings) as run,
    ):
        if mode is not Mode.CHECK:
            _restore(order.id, run.outcome)
        known = run.outcome.rows
        for rows in run.batches():
            earlier, new = rows[: max(known - seen, 0)], rows[max(known - seen, 0) :]
            seen += len(rows)
            _step(order.id, seen)
            if earlier:
                run.remember(earlier)
            if new:
                surround(lambda new=new: run.take(new), run.outcome)  # type: ignore[misc]  # bound at once
        return run.outcome


def _step(batch_id: UUID, seen: int) -> None:
    """Say how far it is, where the page can see it, and look whether to stop."""
    with unit_of_work(SYSTEM) as session:
        if is_cancelled(batch_id):
            raise Stopped
        progress = session.get_one(ImportProgress, batch_id)
        progress.done, progress.total = seen, max(seen, progress.total)


def _restore(batch_id: UUID, outcome: Outcome) -> None:
    """Go on counting where a killed run has stopped."""
    with unit_of_work(SYSTEM) as session:
        restore(session.get_one(ImportProgress, batch_id), outcome)


def _save(batch_id: UUID, outcome: Outcome) -> None:
    save_batch(db.session.get_one(ImportProgress, batch_id), outcome)


def _keep_found(batch: ImportBatch, outcome: Outcome) -> None:
    progress = db.session.get_one(ImportProgress, batch.id)
    db.session.refresh(progress)  # its own small transactions have moved it on
    save_end(progress, outcome)


def _fail(batch: ImportBatch, code: str) -> None:
    progress = db.session.get_one(ImportProgress, batch.id)
    db.session.refresh(progress)
    progress.fault = code
    import_workflow.fire(batch, "fail", actor=SYSTEM)
