"""What each kind of sheet brings to an import: its layout, its permission, and who takes its rows in.

Packages above register their own kinds, since the registry may not know them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from core.policy import Actor
from core.spreadsheets.columns import Layout
from core.spreadsheets.tables import Row
from registry.choices import RowResult, SheetKind


@dataclass(frozen=True)
class Ordered:
    """Who imports, for which place, as of which day, for which batch; `place` is a code or a prefix, or empty."""

    actor: Actor
    place: str
    as_of: date
    batch_id: UUID | None = None
    year: int | None = None


class Taker(Protocol):
    """Takes the rows of one import, batch by batch, in the caller's transaction.

    `take` adds faults to rows that cannot be; with `write` it writes the others. It returns what became of each row
    without faults, in order. `remember` is for rows that an earlier run has taken: they are only kept in mind, so that
    later rows are held against them; it writes nothing.
    """

    def take(self, rows: list[Row], *, write: bool) -> list[RowResult]: ...

    def remember(self, rows: list[Row]) -> None: ...


@dataclass(frozen=True)
class Kind:
    """One kind of sheet."""

    code: SheetKind
    layout: Callable[[], Layout]
    permission: StrEnum
    taker: Callable[[Ordered], Taker]


_kinds: dict[SheetKind, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Let sheets of this kind be imported."""
    _kinds[kind.code] = kind


def kind_of(code: SheetKind) -> Kind:
    return _kinds[code]


def known_kinds() -> Mapping[SheetKind, Kind]:
    """Return all kinds in their fixed order."""
    return {code: _kinds[code] for code in SheetKind if code in _kinds}


def good(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that nothing stands against yet."""
    return [row for row in rows if not row.faults]
