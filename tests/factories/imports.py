"""Imports on their way: handed in, checked and started; killed in the middle, and what stands afterwards."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, select, text

from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.spreadsheets.reading import Chunk, opened_table
from registry.choices import ImportPurpose, SheetKind
from registry.models import Household, HouseholdProfile, ImportBatch, ImportProgress, Member, MemberProfile
from registry.queries.imports import get_batch, progress_of
from registry.services.importing import working
from registry.services.importing.batches import hand_in, start_import
from tests.factories.people import VILLAGE, acting

ROWS_OF_A_BATCH = 8
STATE = (
    select(Household.household_no, Household.size, Household.head_name, Household.id_number, Household.phone),
    select(HouseholdProfile.main_cause, HouseholdProfile.address_detail, HouseholdProfile.revision),
    select(Member.name, Member.id_number, Member.sex),
    select(MemberProfile.education_level, MemberProfile.work_months, MemberProfile.revision),
    select(
        ImportBatch.stage, *(getattr(ImportBatch, name) for name in ("row_count", "accepted", "unchanged", "refused"))
    ),
    text("SELECT kind, count(*) FROM records.record GROUP BY kind"),
)


@contextmanager
def small_batches(path: Path) -> Iterator[Iterator[Chunk]]:
    """Stand in for `opened_table`: a few rows at a time."""
    with opened_table(path) as chunks:
        yield (
            Chunk(chunk.sheet, chunk.rows[start : start + ROWS_OF_A_BATCH])
            for chunk in chunks
            for start in range(0, len(chunk.rows), ROWS_OF_A_BATCH)
        )


def start_sheet(content: bytes, kind: SheetKind, *, account: UUID) -> UUID:
    """Hand a sheet in, check it, and let its good rows in; the job has not run yet."""
    with acting(account) as actor:
        values: dict[str, Any] = {"kind": kind, "place": VILLAGE, "purpose": ImportPurpose.CORRECTION}
        batch_id = hand_in(content, actor=actor, file_name="sheet.xlsx", **values).id
    working.check_import(batch_id=str(batch_id))
    with acting(account) as actor:
        start_import(get_batch(actor, batch_id), actor=actor, only_good_rows=True)
    return batch_id


def run_sheet(batch_id: UUID) -> int:
    """Run the job; return how many times it spoke to the database."""
    spoken: list[int] = []

    def hear(*_told: Any) -> None:
        spoken.append(1)

    for what in ("before_cursor_execute", "commit"):
        event.listen(db.engine, what, hear)
    working.run_checked_import(batch_id=str(batch_id))
    for what in ("before_cursor_execute", "commit"):
        event.remove(db.engine, what, hear)
    return len(spoken)


def kill_sheet(batch_id: UUID, *, moment: int) -> bool:
    """Run the job in a process that is killed when it speaks to the database for that time; return whether it was."""
    child = os.fork()
    if child == 0:
        _run_until(moment, batch_id)
    _child, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _run_until(moment: int, batch_id: UUID) -> None:
    times = count(1)

    def strike(*_told: Any) -> None:
        if next(times) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        db.engine.dispose(close=False)  # the parent's connections are not ours to close
        for what in ("before_cursor_execute", "commit"):
            event.listen(db.engine, what, strike)
        working.run_checked_import(batch_id=str(batch_id))
    finally:
        os._exit(0)


def final_state(batch_id: UUID) -> list[Any]:
    """Return what stands on file, how many records tell of it, and what the batch's page says."""
    with unit_of_work(SYSTEM) as session:
        rows = [sorted(str(tuple(row)) for row in session.execute(query)) for query in STATE]
        told = progress_of(session.get_one(ImportBatch, batch_id))
        done = session.get_one(ImportProgress, batch_id).done
    return [*rows, told.counts, told.faults, told.fault_count, told.rows, done]
