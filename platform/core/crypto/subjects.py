"""One key per subject: whoever deletes the key has erased the person from every sealed payload."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import CheckConstraint, CursorResult, LargeBinary, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.arrays import ByteStrings, Texts
from core.crypto.keyring import KEY, NONCE, keyring, open_with
from core.db import Base, db
from core.errors import Gone
from core.i18n import _l
from core.privacy import restricted
from core.types import CreatedAt

FORMAT = b"\x01"
SALT = 32
_CACHE = "subject_keys"
_BEGIN = text(
    "INSERT INTO subject_key (subject, wrapped) SELECT * FROM unnest(CAST(:subjects AS text[]),"
    " CAST(:wrapped AS bytea[])) ON CONFLICT (subject) DO NOTHING"
)


class SubjectErased(Gone):
    """The subject's key was deleted; what was sealed under it is gone for good."""

    code = "subject_erased"
    detail = _l("These particulars were erased on request.")


class SubjectKey(Base):
    """A subject's data key, wrapped by the keyring; erased subjects have none."""

    __tablename__ = "subject_key"
    __table_args__ = (CheckConstraint("(wrapped IS NULL) = (erased_at IS NOT NULL)", name="erased_is_keyless"),)

    subject: Mapped[str] = mapped_column(primary_key=True, info=restricted())
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary, info=restricted())
    created_at: Mapped[CreatedAt]
    erased_at: Mapped[datetime | None] = mapped_column(info=restricted())


def seal(subject: str, row_context: str, plaintext: bytes) -> bytes:
    """Encrypt for a subject, bound to `row_context`; raises SubjectErased."""
    cipher = subject_ciphers(db.session, [subject])[subject]
    if cipher is None:
        raise SubjectErased
    return seal_with(cipher, subject, row_context, plaintext)


def open_sealed(subject: str, row_context: str, message: bytes) -> bytes:
    """Return what was sealed; raises SubjectErased, or NotDecipherable for a changed or moved ciphertext."""
    found = _load(db.session, [subject])
    if subject not in found or found[subject] is None:
        raise SubjectErased
    cipher = AESGCM(_unwrap(subject, found[subject] or b""))
    return open_with(cipher, message[1:], _bound(subject, row_context))[SALT:]


def seal_with(cipher: AESGCM, subject: str, row_context: str, plaintext: bytes) -> bytes:
    """Encrypt salt and plaintext; the salt keeps the commitment from being guessed even if the key leaks."""
    nonce = secrets.token_bytes(NONCE)
    salted = secrets.token_bytes(SALT) + plaintext
    return FORMAT + nonce + cipher.encrypt(nonce, salted, _bound(subject, row_context))


def subject_ciphers(session: Session, subjects: Collection[str]) -> dict[str, AESGCM | None]:
    """Return a cipher per subject, making keys that are missing; None for an erased subject."""
    cache: dict[str, AESGCM | None] = session.info.setdefault(_CACHE, {})
    wanted = sorted({subject for subject in subjects if subject not in cache})
    if wanted:
        found = _load(session, wanted)
        found |= _make(session, [subject for subject in wanted if subject not in found])
        for subject, wrapped in found.items():
            cache[subject] = None if wrapped is None else AESGCM(_unwrap(subject, wrapped))
    return {subject: cache[subject] for subject in subjects}


def new_subject_ciphers(session: Session, subjects: Collection[str]) -> dict[str, AESGCM | None]:
    """Make keys for subjects that begin, and return their ciphers; these come in great numbers and are not kept."""
    keys = {subject: secrets.token_bytes(KEY) for subject in sorted(subjects)}
    if not keys:
        return {}
    encrypt = keyring().encryptor("subject")
    wrapped = ByteStrings(encrypt(key, subject.encode()) for subject, key in keys.items())
    made = session.connection().execute(_BEGIN, {"subjects": Texts(keys), "wrapped": wrapped})
    if cast(CursorResult[Any], made).rowcount < len(keys):
        return subject_ciphers(session, subjects)  # some were there already: their keys count
    return {subject: AESGCM(key) for subject, key in keys.items()}


def forget_ciphers(session: Session) -> None:
    """Drop the keys held for this transaction: it ended, was rolled back, or a subject was erased."""
    session.info.pop(_CACHE, None)


def _load(session: Session, subjects: list[str]) -> dict[str, bytes | None]:
    query = text("SELECT subject, wrapped FROM subject_key WHERE subject = ANY(:subjects)")
    return {row.subject: row.wrapped for row in session.connection().execute(query, {"subjects": subjects})}


def _make(session: Session, subjects: list[str]) -> dict[str, bytes | None]:
    """Insert new keys; where another transaction was first, its key counts."""
    if not subjects:
        return {}
    wrapped = [keyring().encrypt("subject", secrets.token_bytes(KEY), s.encode()) for s in subjects]
    query = text(
        "INSERT INTO subject_key (subject, wrapped) SELECT * FROM unnest(CAST(:subjects AS text[]),"
        " CAST(:wrapped AS bytea[])) ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject"
        " RETURNING subject, wrapped"
    )
    rows = session.connection().execute(query, {"subjects": subjects, "wrapped": wrapped})
    return {row.subject: row.wrapped for row in rows}


def _unwrap(subject: str, wrapped: bytes) -> bytes:
    return keyring().decrypt("subject", wrapped, subject.encode())


def _bound(subject: str, row_context: str) -> bytes:
    return f"{subject}\0{row_context}".encode()
