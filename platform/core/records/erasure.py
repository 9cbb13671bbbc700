"""Erasure: the subject's key goes, the chain stays."""

from sqlalchemy import text

from core.clock import now
from core.crypto.subjects import forget_ciphers
from core.db import db
from core.records.appending import Entry, append_all

ERASED = "subject.erased"


def erase_subject(subject: str) -> bool:
    """Delete the subject's key, so that nothing sealed under it can be read again; return whether there was one.

    The subject's own stream, where it has one, gets a record without any personal value. Streams of needs get
    none: the same mark on all needs of one household would join them.
    """
    found = db.session.execute(
        text(
            "UPDATE subject_key SET wrapped = NULL, erased_at = :at"
            " WHERE subject = :subject AND wrapped IS NOT NULL RETURNING 1"
        ),
        {"at": now(), "subject": subject},
    )
    forget_ciphers(db.session)
    erased = bool(found.all())
    if erased and _has_stream(subject):
        append_all(db.session, [Entry(subject, ERASED, "", "", {})])
    return erased


def _has_stream(subject: str) -> bool:
    query = text("SELECT 1 FROM records.head WHERE stream = :stream")
    return bool(db.session.execute(query, {"stream": subject}).scalar())
