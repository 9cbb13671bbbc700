"""Idempotency keys: the same key and body get the same answer again, another body is refused."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import encrypt_value
from core.db import Base, db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.privacy import restricted, sensitive
from core.types import CreatedAt, EncryptedText

BODY = "idempotency_key.body"


class IdempotencyKey(Base):
    """A claimed key with the answer that was given."""

    __tablename__ = "idempotency_key"

    owner: Mapped[str] = mapped_column(primary_key=True, info=restricted())
    key: Mapped[str] = mapped_column(primary_key=True, info=restricted())
    request_hash: Mapped[bytes] = mapped_column(LargeBinary, info=restricted())
    status: Mapped[int | None] = mapped_column(info=restricted())
    content_type: Mapped[str | None] = mapped_column(info=restricted())
    location: Mapped[str | None] = mapped_column(info=restricted())
    body: Mapped[str | None] = mapped_column(EncryptedText(BODY), info=sensitive())
    created_at: Mapped[CreatedAt]


@dataclass(frozen=True)
class Answer:
    """A stored answer."""

    status: int
    content_type: str
    location: str | None
    body: bytes


def request_hash(method: str, path: str, body: bytes) -> bytes:
    """Return what makes two requests the same."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).digest()


def claim(owner: str, key: str, digest: bytes) -> Answer | None:
    """Claim the key in this transaction; return the earlier answer if it was claimed before.

    Raises NotValid (422) if the key was used for another request.
    """
    if not 8 <= len(key) <= 200:
        raise NotValid({"Idempotency-Key": [_l("A key has 8 to 200 characters.")]})
    claimed = db.session.execute(
        text(
            "INSERT INTO idempotency_key (owner, key, request_hash) VALUES (:owner, :key, :digest)"
            " ON CONFLICT DO NOTHING RETURNING 1"
        ),
        {"owner": owner, "key": key, "digest": digest},
    ).scalar()
    if claimed:
        return None
    return _earlier(owner, key, digest)


def _earlier(owner: str, key: str, digest: bytes) -> Answer:
    row = db.session.get_one(IdempotencyKey, (owner, key))
    if row.request_hash != digest:
        raise NotValid({"Idempotency-Key": [_l("This key was used for another request.")]})
    if row.status is None:
        raise Refused(_l("The same request is still being worked on."), code="in_progress")
    return Answer(row.status, row.content_type or "", row.location, (row.body or "").encode("latin-1"))


def keep(owner: str, key: str, answer: Answer) -> None:
    """Store the answer beside the key, in the transaction of the request."""
    db.session.execute(
        text(
            "UPDATE idempotency_key SET status = :status, content_type = :content_type, location = :location,"
            " body = :body WHERE owner = :owner AND key = :key"
        ),
        {
            "owner": owner,
            "key": key,
            "status": answer.status,
            "content_type": answer.content_type,
            "location": answer.location,
            "body": encrypt_value(BODY, answer.body.decode("latin-1")),  # an answer may hold a token
        },
    )


def forget_before(moment: datetime) -> int:
    """Delete keys older than `moment`; return how many."""
    found = db.session.execute(
        text("DELETE FROM idempotency_key WHERE created_at < :moment RETURNING 1"), {"moment": moment}
    )
    return len(found.all())
