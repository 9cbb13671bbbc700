"""Lists that can be taken out: what each holds, who may read it, and what may stand in its cells.

Packages above register their own lists, since the registry may not know them. What a column shows says its class: P3
comes out masked or not at all (security.md 57), whoever asks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select

from core.db import db
from core.i18n import LazyString, _, _l, label
from core.policy import Actor, can
from core.privacy import Visibility, field_of
from core.spreadsheets.writing import Cell
from regions.codes import code_range
from regions.queries import Place, published_places
from registry.choices import ListKind

MOST_ROWS = 50_000
AT_ONCE = 1_000
Codes = tuple[str, str]
Rows = Select[*tuple[Any, ...]]
Value = Callable[[Any, Place | None], Any]


@dataclass(frozen=True)
class ListColumn:
    """One column: its heading, its value in a row, the columns on file that it shows, and how P3 is masked."""

    heading: str | LazyString
    value: Value
    shows: tuple[Any, ...]
    mask: Callable[[str], str] | None = None

    def cell(self, row: Any, place: Place | None) -> Cell:
        """Return the cell of a row: masked if it must be, words for codes, days as text."""
        found = self.value(row, place)
        return shown(self.mask(found or "") if self.mask is not None else found)

    @property
    def may_go_out(self) -> bool:
        """Return whether no value of P3 stands in it whole."""
        declared = [field_of(attribute.property.columns[0]) for attribute in self.shows]
        whole = (field is None or field.visibility is Visibility.P3 for field in declared)
        return self.mask is not None or not any(whole)


@dataclass(frozen=True)
class ListOut:
    """One list. `rows` selects what the actor sees of the codes from the first to before the second.

    The first part of each row has the region code of its place.
    """

    kind: ListKind
    permission: StrEnum
    rows: Callable[[Actor, Codes], Rows]
    columns: Callable[[], Sequence[ListColumn]]

    @property
    def going_out(self) -> list[ListColumn]:
        """Return the columns whose class lets them out."""
        return [column for column in self.columns() if column.may_go_out]


def place_column(model: Any) -> ListColumn:
    """Return the column with township and village of a row."""
    return ListColumn(_l("Place"), lambda row, place: place.said_whole if place else row[0].region_code, (model,))


def shown(value: Any) -> Cell:
    """Return a value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return value
    return str(value) if isinstance(value, str | LazyString) else float(value)


_lists: dict[ListKind, ListOut] = {}


def register_list(found: ListOut) -> None:
    """Let this list be taken out."""
    _lists[found.kind] = found


def list_of(kind: ListKind) -> ListOut:
    return _lists[kind]


def lists_for(actor: Actor) -> list[ListKind]:
    """Return the lists that the actor may read, in their fixed order."""
    return [kind for kind in ListKind if kind in _lists and can(actor, _lists[kind].permission)]


def cells_of(found: ListOut, actor: Actor, place: str) -> Iterator[list[Cell]]:
    """Return the rows of a place inside the actor's, fetched some at a time."""
    columns = found.going_out
    query = found.rows(actor, code_range(place)).limit(MOST_ROWS).execution_options(yield_per=AT_ONCE)
    for part in db.session.execute(query).partitions():
        places = published_places({row[0].region_code for row in part})
        for row in part:
            yield [column.cell(row, places.get(row[0].region_code)) for column in columns]
