"""What a notice may say, as a type: nothing that has no field here can get onto a board or a page (domain.md 7.6)."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from uuid import UUID

import rfc8785

from identification.notice_choices import EntryKind, NoticeStep, ReasonGroup

STAR = "*"
SUFFIX_LENGTH = 3


@dataclass(frozen=True)
class Line:
    """One household on the board: village and group, head's name, persons, kind, reason in one word group."""

    place_code: str
    group_no: str
    name: str
    household_suffix: str
    persons: int
    kind: EntryKind
    reason_group: ReasonGroup


@dataclass(frozen=True)
class WebLine:
    """The same household on the web: no name but its first character, no line at all of what is masked."""

    entry_id: UUID
    place_code: str
    group_no: str
    masked_name: str
    household_suffix: str
    persons: int
    kind: EntryKind
    reason_group: ReasonGroup
    last_day: date | None
    is_masked: bool


def masked(name: str) -> str:
    """Return the first character and one star, whatever the length."""
    return f"{name[:1]}{STAR}" if name else STAR


def suffix_of(household_no: str) -> str:
    """Return the end of a household's number, by which its own people know it."""
    return household_no[-SUFFIX_LENGTH:]


def content_hash(step: NoticeStep, lines: Iterable[Line]) -> str:
    """Return the hash that pins what the board says."""
    rows = sorted([str(value) for value in astuple(line)] for line in lines)
    return hashlib.sha256(rfc8785.dumps([step.value, rows])).hexdigest()
