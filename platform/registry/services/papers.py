"""Papers on their way out and back: a print is recorded, a signed one is kept with its version."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from sqlalchemy import func, select

from core.clock import local_day, now, today
from core.db import db
from core.errors import NotValid
from core.files import forget_file, read_sealed, store_sealed
from core.i18n import _l
from core.policy import Actor
from core.records import Recorded, note, stream_of
from registry.choices.papers import PaperKind, PrintPurpose
from registry.models import Household, SignedPaper, Village
from registry.policy import RegistryPermission, role_for
from registry.queries.papers import PrintedVersion, find_version, newest_record, read_number, version_of

MOST_PAGES = 12
Subject = Household | Village
UNKNOWN = _l("No paper with this number was printed here. It stands at the foot of each page.")
NOT_THEN = _l("Enter the day of the signature: not before it was printed, not after today.")


def record_print(
    subject: Recorded, kind: PaperKind, *, purpose: PrintPurpose | None = None, as_of: date | None = None
) -> PrintedVersion:
    """Record that a paper of the subject is printed now; return the version that it will carry.

    Call it before the values are read: from here to the end of the transaction nobody else writes to the stream,
    so that the paper shows exactly what its record covers. `as_of` is the earlier day that the paper speaks of.
    """
    reason = purpose.value if purpose else ""
    earlier = {} if as_of is None or as_of == today() else {"as_of": as_of.isoformat()}
    note(subject, f"{subject.__stream__[0]}.printed", reason=reason, paper=kind.value, **earlier)
    db.session.flush()  # the record's own hash goes on the paper
    row = newest_record(stream_of(subject))
    return version_of(row)


def keep_paper(
    subject: Subject, *, actor: Actor, number: str, signed_on: date, pages: Sequence[bytes]
) -> list[SignedPaper]:
    """Keep the photographs of a signed paper with the version that it names; raise NotValid for what does not fit."""
    role = role_for(actor, RegistryPermission.PAPER_KEEP, subject)
    version = _version(stream_of(subject), number)
    _check(version, signed_on, pages)
    first = _next_page(version)
    kept = [_kept(subject, version, page_no, page, signed_on, actor) for page_no, page in enumerate(pages, first)]
    db.session.info["acting_role"] = role
    note(subject, f"{subject.__stream__[0]}.paper_kept", seq=version.seq, pages=len(kept))
    return kept


def _version(stream: str, number: str) -> PrintedVersion:
    named = read_number(number)
    found = find_version(stream, *named) if named else None
    if found is None:
        raise NotValid({"number": [UNKNOWN]})
    return found


def _check(version: PrintedVersion, signed_on: date, pages: Sequence[bytes]) -> None:
    if not local_day(version.at) <= signed_on <= today():
        raise NotValid({"signed_on": [NOT_THEN]})
    if not 1 <= len(pages) <= MOST_PAGES:
        raise NotValid({"pages": [_l("Add one photograph for each page, at most 12.")]})


def _next_page(version: PrintedVersion) -> int:
    same = (SignedPaper.stream == version.stream, SignedPaper.seq == version.seq)
    return (db.session.scalar(select(func.max(SignedPaper.page_no)).where(*same)) or 0) + 1


def _kept(
    subject: Subject, version: PrintedVersion, page_no: int, page: bytes, signed_on: date, actor: Actor
) -> SignedPaper:
    try:
        stored = store_sealed(page, actor=actor, subject=subject.record_subject())
    except NotValid as refusal:
        raise NotValid({"pages": refusal.errors.get("evidence", [])}) from refusal
    db.session.flush()  # the paper refers to its file
    paper = SignedPaper(
        id=uuid4(),
        region_code=subject.region_code,
        county_code=subject.county_code,
        household_id=subject.id if isinstance(subject, Household) else None,
        stream=version.stream,
        seq=version.seq,
        hash=version.hash,
        page_no=page_no,
        kind=version.kind,
        file_id=stored.id,
        signed_on=signed_on,
        uploaded_by=actor.account_id,
    )
    db.session.add(paper)
    return paper


def show_paper(paper: SignedPaper, subject: Subject, *, actor: Actor, purpose: PrintPurpose) -> tuple[str, bytes]:
    """Return kind and bytes of a kept paper; who looked and why goes into the records."""
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.PAPER_READ, subject)
    note(subject, f"{subject.__stream__[0]}.paper_shown", reason=purpose.value, seq=paper.seq, page=paper.page_no)
    stored, content = read_sealed(paper.file_id, subject=subject.record_subject())
    return stored.mime, content


def erase_papers(household: Household) -> None:
    """Forget the photographs of a household whose particulars are erased; which versions were signed stays."""
    papers = db.session.scalars(
        select(SignedPaper).where(SignedPaper.stream == stream_of(household), SignedPaper.erased_at.is_(None))
    )
    moment = now()
    for paper in papers:
        forget_file(paper.file_id)
        paper.erased_at = moment
