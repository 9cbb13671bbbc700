"""Papers and photographs of a case: kept encrypted with the case's own key."""

from uuid import UUID

from core.db import db
from core.errors import NotValid
from core.files import StoredFile, read_sealed, store_sealed
from core.policy import Actor
from identification.models import IdentificationCase


def keep_file(case: IdentificationCase, content: bytes, *, actor: Actor, field: str) -> UUID:
    """Keep a scan or a photograph; what the file store refuses is said beside `field`."""
    try:
        stored = store_sealed(content, actor=actor, subject=case.record_subject())
    except NotValid as refusal:
        raise NotValid({field: refusal.errors.get("evidence", [])}) from refusal
    db.session.flush()  # the case refers to its file
    return stored.id


def open_file(case: IdentificationCase, file_id: UUID) -> tuple[StoredFile, bytes]:
    """Return a file of the case. Whoever calls has checked that it is one of its own."""
    return read_sealed(file_id, subject=case.record_subject())
