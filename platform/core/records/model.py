"""What a recorded model declares, and the note by which a service says what happened."""

import re
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import inspect
from sqlalchemy.orm import object_session
from sqlalchemy.orm.attributes import flag_dirty

from core.db import db

NOTES = "records.notes"
CODE = re.compile(r"[a-z0-9_.-]{0,64}")
WRITTEN = "written"


class Recorded:
    """Every change of the model leaves an update record. `__stream__`: the kind of stream, the attribute of its id."""

    __stream__: ClassVar[tuple[str, str]]

    def record_subject(self) -> str:
        """Return whose key seals the personal part of this row's records."""
        return stream_of(self)


@dataclass
class Note:
    """What happened, in codes; free text (a written reason) goes into the sealed part."""

    kind: str
    reason: str = ""
    role: str = ""
    public: dict[str, Any] = field(default_factory=dict)
    sealed: dict[str, Any] = field(default_factory=dict)


def stream_of(row: Recorded) -> str:
    """Return the name of the stream that the row's changes go to."""
    kind, attribute = row.__stream__
    return f"{kind}/{getattr(row, attribute)}"


def note(row: Recorded, kind: str, reason: str = "", **public: Any) -> None:
    """Say what the next flush of the row means. A reason that is no code is sealed; so is any value that is text.

    A row without a changed column is recorded as well.
    """
    state = inspect(row)
    session = object_session(row)
    entry = Note(kind, reason.strip(), public=public)
    if not CODE.fullmatch(entry.reason):
        entry.sealed["reason"], entry.reason = entry.reason, WRITTEN
    if session is not None or db.is_open:
        entry.role = (session or db.session).info.get("acting_role") or ""
    state.info.setdefault(NOTES, []).append(entry)
    if session is not None and state.persistent:
        flag_dirty(row)
