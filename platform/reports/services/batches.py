"""A village's handbooks as one file. Each step is a transaction of its own: progress can be seen, and resumed."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from accounts.queries import actor_for_account
from core.clock import now, today
from core.crypto import SubjectKey
from core.db import act_as, db
from core.errors import Gone, NotFound, Refused
from core.files import forget_file, read_sealed, store_own_pdf
from core.i18n import _l, use_locale
from core.jobs import enqueue, job
from core.pdf_joining import joined_pdfs
from core.policy import SYSTEM, Actor, can, require
from registry.choices.papers import PaperKind, PrintPurpose
from registry.models import Household, Village
from registry.services.papers import record_print
from reports.models import HandbookBatch, HandbookPiece
from reports.papers import handbook_paper
from reports.policy import ReportPermission
from reports.printing import HANDBOOK, papers_pdf, sheet_of
from reports.queries.households import handbook_sheet
from reports.services.framing import frame_of, printed_words

STEP = 25
SET_AT_ONCE = 4  # what was set stays in the compiler's memory for ten times
KEPT = timedelta(days=1)


def ask_handbooks(village: Village, *, actor: Actor, purpose: PrintPurpose, language: str) -> HandbookBatch:
    """Ask for the handbooks of all households of a village; raises Refused while the actor's last wish runs."""
    require(actor, ReportPermission.HANDBOOKS_PRINT, village)
    total = len(_households(village.region_code))
    if total == 0:
        raise Refused(_l("No household of this village is on file."), code="no_households")
    if any(batch.is_running and batch.asked_by == actor.account_id for batch in _recent(village.region_code)):
        raise Refused(_l("Your last print of this village is still being made."), code="batch_running")
    batch = HandbookBatch(
        id=uuid4(),
        region_code=village.region_code,
        county_code=village.county_code,
        asked_by=actor.account_id,
        purpose=purpose,
        language=language,
        total=total,
        done=0,
        moved_at=now(),
    )
    db.session.add(batch)
    db.session.flush()  # the job refers to it
    enqueue(fill_handbooks, batch_id=str(batch.id))
    return batch


def _recent(region_code: str) -> Sequence[HandbookBatch]:
    query = select(HandbookBatch).where(
        HandbookBatch.region_code == region_code, HandbookBatch.created_at > now() - KEPT
    )
    return db.session.scalars(query).all()


def _households(region_code: str) -> Sequence[UUID]:
    query = select(Household.id).where(Household.region_code == region_code, Household.erased_at.is_(None))
    return db.session.scalars(query.order_by(Household.household_no, Household.id)).all()


@job("reports.fill_handbooks")
def fill_handbooks(*, batch_id: str) -> None:
    """Write the sheets of the next households; then ask for the next step."""
    batch = _locked(UUID(batch_id))
    if batch is None or not batch.is_running:
        return
    asker = actor_for_account(batch.asked_by)
    if asker is None or not can(asker, ReportPermission.HANDBOOKS_PRINT, batch):
        batch.cancelled_at = now()  # the role ended meanwhile
        return
    act_as(db.session, asker)
    written = set(db.session.scalars(select(HandbookPiece.household_id).where(HandbookPiece.batch_id == batch.id)))
    ordered = _households(batch.region_code)
    waiting = [(place, key) for place, key in enumerate(ordered) if key not in written]
    with use_locale(batch.language):
        printed = printed_words(asker)
    for place, household_id in waiting[:STEP]:
        db.session.add(_piece(batch, asker, household_id, place, printed))
    batch.done = min(batch.total, len(written) + len(waiting[:STEP]))
    batch.moved_at = now()
    enqueue(fill_handbooks if len(waiting) > STEP else bind_handbooks, batch_id=batch_id)


def _locked(batch_id: UUID) -> HandbookBatch | None:
    return db.session.scalar(select(HandbookBatch).where(HandbookBatch.id == batch_id).with_for_update())


def _piece(batch: HandbookBatch, asker: Actor, household_id: UUID, place: int, printed: str) -> HandbookPiece:
    household = db.session.get_one(Household, household_id)
    version = record_print(household, PaperKind.HANDBOOK, purpose=batch.purpose)
    with use_locale(batch.language):
        frame = frame_of(version, asker, printed=printed)
        sheet = sheet_of(handbook_paper(handbook_sheet(household, today())), frame)
    return HandbookPiece(
        batch_id=batch.id, household_id=household_id, place=place, sheet=json.dumps(sheet, ensure_ascii=False)
    )


@job("reports.bind_handbooks")
def bind_handbooks(*, batch_id: str) -> None:
    """Make one file of all sheets, sealed with a key of its own."""
    batch = _locked(UUID(batch_id))
    if batch is None or not batch.is_running:
        return
    stored = store_own_pdf(joined_pdfs(list(_parts(batch))), actor=SYSTEM, subject=batch.subject)
    db.session.flush()  # the batch refers to the file
    batch.file_id, batch.finished_at, batch.moved_at = stored.id, now(), now()
    _drop_pieces(batch)


def _parts(batch: HandbookBatch) -> Iterator[bytes]:
    """Set some handbooks at a time: all at once would take gigabytes of memory."""
    query = select(HandbookPiece).where(HandbookPiece.batch_id == batch.id).order_by(HandbookPiece.place)
    pieces = db.session.scalars(query).all()
    for start in range(0, len(pieces), SET_AT_ONCE):
        sheets = [json.loads(piece.sheet) for piece in pieces[start : start + SET_AT_ONCE]]
        yield papers_pdf(HANDBOOK, sheets, tagged=False)


def _drop_pieces(batch: HandbookBatch) -> None:
    db.session.execute(delete(HandbookPiece).where(HandbookPiece.batch_id == batch.id))


def cancel_handbooks(batch: HandbookBatch) -> None:
    """Stop a print that runs; a second time changes nothing."""
    found = _locked(batch.id)
    if found is not None and found.is_running:
        found.cancelled_at = found.moved_at = now()
        _drop_pieces(found)


def read_handbooks(batch: HandbookBatch) -> bytes:
    """Return the file; raises NotFound before it is made, Gone after its day."""
    if batch.removed_at is not None:
        raise Gone
    if batch.file_id is None:
        raise NotFound
    return read_sealed(batch.file_id, subject=batch.subject)[1]


def remove_handbooks(batch: HandbookBatch) -> None:
    """Remove the file and its key: what was downloaded is all that is left."""
    if batch.file_id is not None:
        forget_file(batch.file_id)
    db.session.execute(delete(SubjectKey).where(SubjectKey.subject == batch.subject))
    _drop_pieces(batch)
    batch.file_id, batch.removed_at = None, now()


def remove_old_handbooks() -> None:
    """Remove the files that were made more than a day ago, and prints that never ended."""
    query = select(HandbookBatch).where(HandbookBatch.removed_at.is_(None), HandbookBatch.created_at < now() - KEPT)
    for batch in db.session.scalars(query).all():
        remove_handbooks(batch)


def remove_handbooks_with(household: Household) -> None:
    """Remove every file that could hold a household whose particulars are erased."""
    query = select(HandbookBatch).where(
        HandbookBatch.region_code == household.region_code, HandbookBatch.removed_at.is_(None)
    )
    for batch in db.session.scalars(query).all():
        remove_handbooks(batch)
