"""Finding the row of headings and what each column holds: title rows, merged headings, any order, many names."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from core.spreadsheets.cells import TENS_OF_THOUSANDS
from core.spreadsheets.columns import Column, Layout, plain_heading
from core.spreadsheets.reading import Cell

LOOK_AT = 15
LEAST_MATCHES = 2
EXACT, WITHOUT_BRACKETS, PART, SIMILAR = 100, 95, 75, 60
_BRACKETS = re.compile(r"[(\[\u3010\u300c<{].*?[)\]\u3011\u300d>}]")
Rows = Sequence[tuple[int, list[Cell]]]


@dataclass(frozen=True)
class Place:
    """Where a column stands in the file, what it is called there, how sure that is (100 is certain)."""

    name: str
    index: int
    heading: str
    confidence: int
    in_ten_thousands: bool = False


@dataclass(frozen=True)
class Mapping:
    """How a sheet is read: the last row of its headings, the places, and headings that mean nothing to us."""

    sheet: str
    last_heading_row: int
    places: tuple[Place, ...]
    unknown: tuple[tuple[int, str], ...]

    def as_plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_plain(cls, stored: dict[str, Any]) -> "Mapping":
        places = tuple(Place(**place) for place in stored["places"])
        unknown = tuple((int(index), str(heading)) for index, heading in stored["unknown"])
        return cls(stored["sheet"], stored["last_heading_row"], places, unknown)

    def headings(self) -> list[tuple[int, str]]:
        """Return all headings of the sheet from left to right."""
        return sorted([*((place.index, place.heading) for place in self.places), *self.unknown])

    def changed(self, choices: dict[str, int | None], layout: Layout) -> "Mapping":
        """Return the mapping that an officer has set by hand: column name to index, or None for none."""
        titles = dict(self.headings())
        certain = {place.name: place for place in self.places}
        places: list[Place] = []
        for column in layout.columns:
            index = choices.get(column.name, certain[column.name].index if column.name in certain else None)
            if index is None or index not in titles or index in {place.index for place in places}:
                continue
            old = certain.get(column.name)
            sure = old.confidence if old and old.index == index else EXACT
            places.append(Place(column.name, index, titles[index], sure, _is_ten_thousands(column, titles[index])))
        taken = {place.index for place in places}
        unknown = tuple((index, title) for index, title in titles.items() if index not in taken)
        return Mapping(self.sheet, self.last_heading_row, tuple(places), unknown)


def recognise(sheet: str, rows: Rows, layout: Layout) -> Mapping | None:
    """Return the mapping of a sheet from its first rows, or None if no row looks like headings."""
    best: tuple[int, int, Mapping] | None = None
    for start in range(min(LOOK_AT, len(rows))):
        for height in (1, 2, 3):
            found = _try(sheet, rows[start : start + height], layout) if start + height <= len(rows) else None
            if found is None:
                continue
            score = sum(place.confidence for place in found.places)
            if best is None or score > best[0]:
                best = (score, height, found)
    if best is None or len(best[2].places) < min(LEAST_MATCHES, len(layout.columns)):
        return None
    return replace(best[2], last_heading_row=_last_heading(best[2], rows, layout))


def _last_heading(found: Mapping, rows: Rows, layout: Layout) -> int:
    """Return the last row of headings: codes or a second language may stand below the first."""
    last = found.last_heading_row
    for number, cells in rows:
        if number > last:
            more = _try(found.sheet, [(number, cells)], layout)
            sure = [place for place in more.places if place.confidence >= WITHOUT_BRACKETS] if more else []
            if 2 * len(sure) < len(found.places) or len(sure) < LEAST_MATCHES:
                return last
            last = number
    return last


def _try(sheet: str, block: Rows, layout: Layout) -> Mapping | None:
    if any(_is_filled_in(cells) for _, cells in block):
        return None
    titles = list(_titles([cells for _, cells in block]))
    found = sorted(
        (
            (-confidence, index, column.name, shown)
            for index, (shown, candidates) in enumerate(titles)
            if shown
            for column in layout.columns
            if (confidence := max((_likeness(word, layout.known_as[column.name]) for word in candidates), default=0))
        ),
    )
    places: dict[str, Place] = {}
    taken: set[int] = set()
    for negative, index, name, shown in found:
        if name in places or index in taken:
            continue
        taken.add(index)
        places[name] = Place(name, index, shown, -negative, _is_ten_thousands(layout.column(name), shown))
    unknown = tuple((index, shown) for index, (shown, _) in enumerate(titles) if shown and index not in taken)
    return Mapping(sheet, block[-1][0], tuple(places.values()), unknown) if places else None


def _is_filled_in(cells: list[Cell]) -> bool:
    """A row below a heading that holds figures, dates or long digits is no heading."""
    return any(
        not isinstance(cell, str)
        and cell is not None
        or isinstance(cell, str)
        and sum(letter.isdigit() for letter in cell) >= 6
        for cell in cells
    )


def _titles(block: list[list[Cell]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield for each column what is shown as its heading, and the words to look up; merged cells run to the right."""
    width = max(len(cells) for cells in block)
    texts = [[_word(cells[i]) if i < len(cells) else "" for i in range(width)] for cells in block]
    for upper in texts[:-1]:
        below = texts[texts.index(upper) + 1 :]
        for i in range(1, width):
            if not upper[i] and any(row[i] for row in below):
                upper[i] = upper[i - 1]
    for i in range(width):
        parts = list(dict.fromkeys(row[i] for row in texts if row[i]))
        joined = "".join(parts)
        yield " ".join(parts), tuple(dict.fromkeys(word for word in (joined, *reversed(parts)) if word))


def _word(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


@lru_cache(maxsize=20_000)
def _likeness(heading: str, names: tuple[str, ...]) -> int:
    whole = plain_heading(heading)
    bare = plain_heading(_BRACKETS.sub("", unicodedata.normalize("NFKC", heading)))
    if whole in names:
        return EXACT
    if bare and bare in names:
        return WITHOUT_BRACKETS
    if len(bare) > 30 or not bare:
        return 0
    longest = max((len(name) for name in names if len(name) >= 3 and name in bare), default=0)
    if longest:
        return min(PART + longest, WITHOUT_BRACKETS - 1)
    letters = set(bare)
    near = (name for name in names if 2 * len(letters & set(name)) >= 0.8 * (len(letters) + len(set(name))))
    alike = max((SequenceMatcher(None, bare, name).ratio() for name in near), default=0)
    return SIMILAR + int(alike * 10) if alike >= 0.8 else 0


def _is_ten_thousands(column: Column, heading: str) -> bool:
    return column.money and any(unit in heading for unit in TENS_OF_THOUSANDS)
