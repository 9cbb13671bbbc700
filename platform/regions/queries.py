"""Reading places. They are public, so no actor is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute

from core.db import db
from core.errors import NotFound
from regions import names
from regions.codes import LENGTH, LEVELS, RegionKind, RegionLevel, is_prefix, pad
from regions.models import Region

Ranges = Sequence[tuple[str, str]]
_PATH = text(
    """
    WITH RECURSIVE up AS (
        SELECT r.*, 1 AS step FROM region r WHERE r.code = :code AND r.valid_to IS NULL
        UNION ALL
        SELECT r.*, up.step + 1 FROM region r JOIN up ON r.code = up.parent_code
        WHERE r.valid_to IS NULL AND up.step < :levels
    )
    SELECT code, name, level, kind, parent_code, county_code, township_code, path_names FROM up ORDER BY step DESC
    """
)
_CHILDREN = (
    "SELECT code, name, level, kind, parent_code, county_code, township_code, path_names FROM region"
    " WHERE {above} AND valid_to IS NULL AND code > :after ORDER BY code LIMIT :most"
)
_BELOW = text(_CHILDREN.format(above="parent_code = :parent"))
_PROVINCES = text(_CHILDREN.format(above="parent_code IS NULL"))
Columns = Select[str, str, RegionLevel, RegionKind, str | None, str, str | None, list[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A current place as pages and answers show it."""

    code: str
    name: str
    level: RegionLevel
    kind: RegionKind
    parent_code: str | None
    county_code: str
    township_code: str | None
    path_names: tuple[str, ...]

    @property
    def region_code(self) -> str:
        """The code under the name by which grants look for it."""
        return self.code

    @property
    def path(self) -> str:
        """The names from the province down, with blanks between."""
        return " ".join(self.path_names)

    @property
    def township(self) -> str | None:
        """The name of the township above a village; village names repeat within a county, so always show it."""
        if self.level is not RegionLevel.VILLAGE or len(self.path_names) < 2:
            return None
        return self.path_names[-2]

    @property
    def said(self) -> str:
        """The name as people say it, in the reader's language."""
        return names.said(self.name)

    @property
    def said_whole(self) -> str:
        """The township and the village as people say them, or the name alone above villages."""
        return names.said_together((self.township, self.name) if self.township else (self.name,))

    @property
    def said_path(self) -> str:
        """All names from the province down, as an address on paper says them."""
        return names.said_together(self.path_names)

    @property
    def full_name(self) -> str:
        """The township and the village, or the name alone above villages."""
        return f"{self.township} {self.name}" if self.township else self.name


def find_published_region(code: str) -> Place | None:
    """Return the current place of a code or a prefix with whole segments, or None."""
    if not is_prefix(code):
        return None
    return next(iter(_places(_current().where(Region.code == pad(code)))), None)


def published_region(code: str) -> Place:
    """Return the current place of a code or a prefix with whole segments, or raise NotFound."""
    found = find_published_region(code)
    if found is None:
        raise NotFound(region=code)
    return found


def published_region_on(code: str, day: date) -> Place:
    """Return the place as it stood on a day, also if it has been closed or renamed since; or raise NotFound."""
    if not is_prefix(code):
        raise NotFound(region=code)
    stood = and_(Region.valid_from <= day, or_(Region.valid_to.is_(None), Region.valid_to > day))
    found = _places(_columns().where(Region.code == pad(code), stood).order_by(Region.valid_from.desc()).limit(1))
    if not found:
        raise NotFound(region=code)
    return found[0]


def published_successors(code: str) -> tuple[str, ...]:
    """Return the codes that took over a closed place, or nothing."""
    last = select(Region.successor_codes).where(Region.code == code, Region.valid_to.is_not(None))
    return tuple(db.session.scalars(last.order_by(Region.valid_to.desc()).limit(1)).first() or ())


def published_places(codes: Iterable[str]) -> dict[str, Place]:
    """Return the current places of many codes at once; codes that are not current are left out."""
    wanted = sorted(set(codes))
    return {place.code: place for place in _places(_current().where(Region.code.in_(wanted)))} if wanted else {}


def published_children(parent: str | None, *, after: str = "", limit: int | None = None) -> list[Place]:
    """Return the places directly below one (the provinces, without one) in the order of their codes."""
    values = {"parent": pad(parent) if parent else None, "after": after, "most": limit}
    return [_place(row) for row in db.session.execute(_BELOW if parent else _PROVINCES, values)]


def published_path(code: str) -> list[Place]:
    """Return the places from the province down to this one, by the column parent_code; raise NotFound without it."""
    if not is_prefix(code):
        raise NotFound(region=code)
    rows = db.session.execute(_PATH, {"code": pad(code), "levels": len(LEVELS)}).all()
    if not rows or (rows[0].parent_code is not None and len(rows) < len(LEVELS)):
        raise NotFound(region=code)
    return [_place(row) for row in rows]


def _place(row: Row[Any]) -> Place:
    code, name, level, kind, parent, county, township, path_names = tuple(row)
    return Place(code, name, RegionLevel(level), RegionKind(kind), parent, county, township, tuple(path_names))


def published_search(text: str, *, within: Ranges = (), limit: int = 8) -> list[Place]:
    """Return places by a part of their name, by pinyin or by the beginning of the code, best first.

    Several words: the last one names the place, the others stand somewhere above it. `within` keeps to code ranges.
    """
    words = names.normalised(text).lower().split()
    if not words:
        return []
    clauses = [_names_it(words[-1]), *(_stands_above(word) for word in words[:-1])]
    if within:
        clauses.append(or_(*(and_(Region.code >= low, Region.code < high) for low, high in within)))
    begins = case((func.starts_with(Region.name, words[-1]), 0), else_=1)
    rank = case(*((Region.level == level, number) for number, level in enumerate(LEVELS)), else_=len(LEVELS))
    found = _current().where(*clauses).order_by(begins, rank, Region.pinyin_key, Region.code)
    return _places(found.limit(limit))


def _names_it(word: str) -> ColumnElement[bool]:
    if word.isascii() and word.isdigit():
        return Region.code.between(word[:LENGTH].ljust(LENGTH, "0"), word[:LENGTH].ljust(LENGTH, "9"))
    if word.isascii() and word.isalnum():
        return Region.pinyin_key.like(word + "%")
    kept = names.searchable(word)
    return and_(Region.grams.contains(names.query_grams(word)), _holds(Region.name, kept))


def _stands_above(word: str) -> ColumnElement[bool]:
    return _holds(func.array_to_string(Region.path_names, " "), word)


def _holds(column: ColumnElement[str] | InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return func.strpos(column, literal(word)) > 0


def _current() -> Columns:
    return _columns().where(Region.valid_to.is_(None))


def _columns() -> Columns:
    return select(
        Region.code,
        Region.name,
        Region.level,
        Region.kind,
        Region.parent_code,
        Region.county_code,
        Region.township_code,
        Region.path_names,
    )


def _places(query: Columns) -> list[Place]:
    rows = db.session.execute(query)
    return [
        Place(code, name, level, kind, parent, county, township, tuple(names_above))
        for code, name, level, kind, parent, county, township, names_above in rows
    ]
