"""What an officer does with a sheet: hand it in, name its columns, let it in, stop it."""

import hashlib
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, text

from core.clock import now, today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.jobs import enqueue
from core.policy import Actor
from core.spreadsheets.checks import MAX_BYTES, checked_format
from core.spreadsheets.headings import Mapping
from core.spreadsheets.refusals import SheetRefused
from regions.codes import county_code, pad
from registry.choices import ImportPurpose, ImportStage, SheetKind
from registry.models import ImportBatch, ImportProgress
from registry.queries.imports import KEPT_DAYS, progress_of
from registry.services.importing.keeping import forget, is_kept, keep, memory_file
from registry.services.importing.kinds import kind_of
from registry.services.importing.working import check_import, run_checked_import
from registry.workflow import import_workflow

GONE = _l("The file was deleted meanwhile. Please hand it in again.")
_ASK_TO_STOP = text("UPDATE import_progress SET cancel_asked = true WHERE batch_id = :id")


def hand_in(
    content: bytes,
    *,
    actor: Actor,
    kind: SheetKind,
    place: str,
    purpose: ImportPurpose,
    file_name: str,
    as_of: date | None = None,
    year: int | None = None,
) -> ImportBatch:
    """Keep an uploaded sheet and let a job read it; raise NotValid for a file that is refused at once."""
    day = as_of or today()
    _check_upload(content, day)
    batch = ImportBatch(
        id=uuid4(),
        region_code=pad(place),
        county_code=county_code(place),
        kind=kind,
        purpose=purpose,
        as_of=day,
        year=year,
        file_name=file_name.replace("\\", "/").rsplit("/", 1)[-1][:200] or "-",
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor.account_id,
    )
    import_workflow.fire(batch, "upload", actor=actor)
    db.session.add(batch)
    db.session.flush()  # its progress points to it
    db.session.add(ImportProgress(batch_id=batch.id, counts={}, mappings=[], done=0, total=0, fault=""))
    keep(batch.id, content)
    enqueue(check_import, batch_id=str(batch.id))
    return batch


def _check_upload(content: bytes, day: date) -> None:
    if day > today():
        raise NotValid({"as_of": [_l("The day must be today or earlier.")]})
    if len(content) > MAX_BYTES:
        raise NotValid({"file": [_l("The file is larger than 30 MB. Split it by township or village.")]})
    try:
        with memory_file(content) as path:
            checked_format(path)
    except SheetRefused as refusal:
        raise NotValid({"file": [refusal.detail]}) from refusal


def name_columns(batch: ImportBatch, choices: dict[str, dict[str, int | None]], *, actor: Actor) -> None:
    """Read the sheet again with the columns that the officer has named: sheet → column → index."""
    layout = kind_of(batch.kind).layout()
    mappings = [mapping.changed(choices.get(mapping.sheet, {}), layout) for mapping in progress_of(batch).mappings]
    _refuse_gone(batch.id)
    import_workflow.fire(batch, "map", actor=actor)
    _restart(batch.id, mappings)
    enqueue(check_import, batch_id=str(batch.id))


def start_import(batch: ImportBatch, *, actor: Actor, only_good_rows: bool) -> None:
    """Let a checked sheet in, as a whole or its good rows; a job does it."""
    found = progress_of(batch)
    if not only_good_rows and found.fault_count:
        raise Refused(_l("Some rows have mistakes. Mend the file, or take only its good rows."), code="has_faults")
    _refuse_gone(batch.id)
    batch.only_good_rows = only_good_rows
    with db.session.no_autoflush:  # one change, one record
        import_workflow.fire(batch, "start", actor=actor)
    _restart(batch.id, list(found.mappings))
    enqueue(run_checked_import, batch_id=str(batch.id))


def cancel_import(batch: ImportBatch, *, actor: Actor) -> None:
    """Stop it. What good rows were taken in already stay; a whole import leaves nothing."""
    import_workflow.fire(batch, "cancel", actor=actor)
    db.session.execute(_ASK_TO_STOP, {"id": batch.id})
    forget(batch.id)


def forget_old_imports() -> None:
    """Delete files, and what was found in them, when nobody needs them any more; for the nightly job."""
    ended = ImportBatch.stage.in_((ImportStage.DONE, ImportStage.CANCELLED, ImportStage.FAILED))
    old = ImportBatch.created_at < now() - timedelta(days=KEPT_DAYS)
    joined = select(ImportProgress, old.label("old")).join(ImportBatch, ImportBatch.id == ImportProgress.batch_id)
    for progress, is_old in db.session.execute(joined.where(ImportProgress.file_gone_at.is_(None), ended | old)):
        forget(progress.batch_id)
        if is_old:
            progress.found, progress.file_gone_at = None, now()


def _refuse_gone(batch_id: UUID) -> None:
    if not is_kept(batch_id):
        raise Refused(GONE, code="file_gone")


def _restart(batch_id: UUID, mappings: list[Mapping]) -> None:
    progress = db.session.get_one(ImportProgress, batch_id)
    progress.done, progress.counts, progress.fault = 0, {}, ""
    progress.mappings = [mapping.as_plain() for mapping in mappings]
