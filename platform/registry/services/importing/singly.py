"""Rows that services write one by one: each in a savepoint, every refusal put beside its cell."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from core.db import db
from core.errors import NotValid, Refused
from core.spreadsheets.tables import Row
from registry.choices import RowFault, RowResult
from registry.services.importing.kinds import Ordered, good
from registry.services.importing.places import Places

_SEQ = text("SELECT seq FROM records.head WHERE stream = :stream")


class RowRefused(Exception):
    """The row has got its fault; what was begun for it is undone."""


@dataclass
class OneByOne:
    """A taker whose rows are written by services. It writes while checking, too: a check is rolled back as a whole."""

    ordered: Ordered
    places: Places
    seen: set[Hashable] = field(default_factory=set)

    def act(self, row: Row) -> RowResult:
        """Write the row; raise what stands against it."""
        raise NotImplementedError

    def compare(self, row: Row) -> None:
        """Refuse the row if an earlier one of the file is about the same; its village is known."""
        raise NotImplementedError

    def take(self, rows: list[Row], *, write: bool) -> list[RowResult]:
        self.remember(rows)
        found = (self._tried(row) for row in good(rows))
        return [result for result in found if result is not None]

    def remember(self, rows: list[Row]) -> None:
        for row in good(rows):
            row.values["region_code"] = self.places.find(row)
            if not row.faults:
                self.compare(row)

    def once(self, row: Row, column: str, fault: RowFault, *key: Hashable) -> None:
        """Refuse the row if the key was there before."""
        if key in self.seen:
            row.refuse(column, fault)
        self.seen.add(key)

    def _tried(self, row: Row) -> RowResult | None:
        try:
            with db.session.begin_nested():
                return self.act(row)
        except RowRefused:
            pass
        except NotValid as refusal:
            for name, messages in refusal.errors.items():
                row.refuse(name, RowFault.REFUSED, str(messages[0]))
        except Refused as refusal:
            row.refuse("", RowFault.REFUSED, str(refusal.detail))
        return None

    def refuse(self, row: Row, column: str, fault: RowFault) -> RowRefused:
        """Put the fault beside the cell; the caller raises what is returned."""
        row.refuse(column, fault)
        return RowRefused()


def given(row: Row, names: frozenset[str]) -> dict[str, Any]:
    """Return what the row says; an empty cell says nothing."""
    return {name: value for name, value in row.values.items() if name in names and value not in (None, "", [])}


def changed_by(stream: str, write: Callable[[], object]) -> bool:
    """Return whether a service has left a record in the stream."""
    before = _last(stream)
    write()
    db.session.flush()  # records are written with the rows
    return _last(stream) != before


def _last(stream: str) -> int:
    return int(db.session.scalar(_SEQ, {"stream": stream}) or 0)
