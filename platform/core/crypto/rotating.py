"""After a new key was put in front: wrap every subject's key anew, and count what still needs an older one."""

from collections.abc import Iterator

from sqlalchemy import text

from core.crypto.keyring import NotDecipherable, keyring
from core.db import Base, db
from core.errors import Refused
from core.i18n import _l
from core.types import EncryptedText

BATCH = 500

# The id of the key stands behind the format byte of every message.
_OLD = text(
    "SELECT subject, wrapped FROM subject_key WHERE wrapped IS NOT NULL AND substring(wrapped FROM 2 FOR 4) <> :newest"
    " ORDER BY subject LIMIT :limit FOR UPDATE SKIP LOCKED"
)
_WRAP = text("UPDATE subject_key SET wrapped = :wrapped WHERE subject = :subject")
_LEFT = text(
    "SELECT count(*) FROM subject_key WHERE wrapped IS NOT NULL AND substring(wrapped FROM 2 FOR 4) <> :newest"
)


def rewrap_subjects(*, limit: int = BATCH) -> int:
    """Wrap up to `limit` subjects' keys under the newest key; return how many. Repeat until 0, in a unit of work each.

    Erased subjects have no key. A run that was cut off goes on where it stopped.
    """
    ring = keyring()
    rows = db.session.execute(_OLD, {"newest": ring.newest_id, "limit": limit}).all()
    for subject, wrapped in rows:
        try:
            plain = ring.decrypt("subject", bytes(wrapped), subject.encode())
        except NotDecipherable as failure:
            words = _l("A key that is needed is not in ENCRYPTION_KEYS. Add it behind the newest and run this again.")
            raise Refused(words, code="key_missing") from failure
        fresh = ring.encrypt("subject", plain, subject.encode())
        db.session.execute(_WRAP, {"subject": subject, "wrapped": fresh})
    return len(rows)


def subjects_left() -> int:
    """Return how many subjects' keys are still wrapped under an older key."""
    return int(db.session.execute(_LEFT, {"newest": keyring().newest_id}).scalar_one())


def values_under_older_keys() -> dict[str, int]:
    """Return for each encrypted column how many values were written under an older key, zeros left out."""
    counts = {name: _count(name) for name in _encrypted_columns()}
    return {name: count for name, count in counts.items() if count}


def _encrypted_columns() -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedText):
                yield f"{table.name}.{column.name}"


def _count(name: str) -> int:
    table, _dot, column = name.partition(".")
    query = f"SELECT count(*) FROM {table} WHERE substring({column} FROM 2 FOR 4) <> :newest"  # noqa: S608 - our models
    return int(db.session.execute(text(query), {"newest": keyring().newest_id}).scalar_one())
