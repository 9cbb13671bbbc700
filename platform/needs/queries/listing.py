"""The public lists of needs: plain SQL, keyset, no objects of the mapper."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from core.db import db
from core.errors import NotValid
from core.i18n import _l
from core.paging import DEFAULT_LIMIT, MAX_LIMIT, Page, decode_cursor, encode_cursor, make_page
from core.policy import ANONYMOUS, Actor, can
from needs.policy import NeedPermission
from needs.queries.search import Search, plan_search
from regions.codes import code_range, is_prefix, pad, prefix

EVERYBODY, VERIFIED_DONORS = 1, 2
PLACE_COLUMNS = {2: "province_code", 4: "prefecture_code", 6: "county_code", 9: "township_code", 12: "place"}


class Sort(StrEnum):
    NEWEST = "newest"
    LEAST_HELPED = "least-helped"


@dataclass(frozen=True, slots=True)
class ListedNeed:
    """A need in a public list. `place` is the code that the public sees."""

    id: UUID
    title: str
    description: str
    category: str
    level: str
    place: str
    path_names: Sequence[str]
    quantity: Decimal
    unit: str
    min_lot: Decimal
    held: Decimal
    delivered: Decimal
    confirmed: Decimal
    status: str
    urgency: str
    published_at: datetime
    verified_at: datetime
    expires_at: datetime
    disputed: bool
    size_band: str | None
    needed_from: date | None
    needed_by: date | None
    rank: int = 0
    night: date | None = None

    @property
    def remaining(self) -> Decimal:
        return self.quantity - self.held


PATH_NAMES = "coalesce(r.path_names, CAST('{}' AS text[]))"
# A look-up for each row: joined, the planner may read every place of a county for twenty of them.
_PATH_NAMES = (
    "coalesce((SELECT r.path_names FROM region r WHERE r.code = b.place AND r.valid_to IS NULL), CAST('{}' AS text[]))"
)
_COLUMNS = (
    f"n.id, n.title, n.description, n.category, n.level, b.place, {_PATH_NAMES}, b.quantity, n.unit, n.min_lot, b.held,"
    " b.delivered, b.confirmed, b.progress, n.urgency, b.published_at, n.verified_at, n.expires_at,"
    " n.disputed_since IS NOT NULL, n.size_band, n.needed_from, n.needed_by"
)
_JOINS = " JOIN need n ON n.id = b.need_id"
_NEWEST = " ORDER BY b.published_at DESC, b.need_id DESC"


@dataclass
class _Filter:
    clauses: list[str]
    values: dict[str, Any]

    def add(self, clause: str, **values: object) -> None:
        self.clauses.append(clause)
        self.values.update(values)

    @property
    def where(self) -> str:
        return " AND ".join(self.clauses)


class _Anywhere:
    """Stands for no need in particular when the viewer's reach is asked for."""

    region_code = ""
    donor_id = None
    household_id = None
    village_id = None


def reach_of(viewer: Actor) -> int:
    """Return which needs the viewer finds in lists: 1 public ones, 2 also those for verified helpers."""
    if viewer is ANONYMOUS or not viewer.is_signed_in:
        return EVERYBODY
    return VERIFIED_DONORS if can(viewer, NeedPermission.NEED_READ_LIMITED, _Anywhere()) else EVERYBODY


def published_needs(
    *,
    region: str = "",
    category: str | Sequence[str] = (),
    level: str = "",
    status: str | Sequence[str] = (),
    q: str = "",
    sort: Sort = Sort.NEWEST,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
    viewer: Actor = ANONYMOUS,
) -> Page[ListedNeed]:
    """Return published needs; above a county, and with a search, newest first whatever was asked for."""
    limit = min(max(limit, 1), MAX_LIMIT)
    chosen = _filter(region, category, level, status, reach_of(viewer))
    search = plan_search(q)
    if q.strip() and search is None:
        return Page([], None)
    night = _night(region) if sort is Sort.LEAST_HELPED and search is None else None
    if night is not None:
        return _least_helped(chosen, region, cursor, limit, night)
    return _newest(chosen, search, cursor, limit)


def _filter(region: str, category: str | Sequence[str], level: str, status: str | Sequence[str], reach: int) -> _Filter:
    # `listed > 0` is what the indexes are made for. The reach is written out: as a parameter of a prepared
    # statement it would make the planner expect one need in two hundred.
    chosen = _Filter(["b.listed > 0", f"b.listed <= {reach:d}"], {})
    if region:
        add_place(chosen.add, region)
    for column, wanted in (("category", category), ("progress", status)):
        values = [wanted] if isinstance(wanted, str) else list(wanted)
        if len(values) == 1 and values[0]:
            chosen.add(f"b.{column} = :{column}", **{column: values[0]})
        elif len(values) > 1:
            chosen.add(f"b.{column} = ANY(:{column})", **{column: values})
    if level:
        chosen.add("b.level = :level", level=level)
    return chosen


def add_place(add: Callable[..., None], region: str) -> None:
    """Add the condition that a need lies in a place, by the column made for the place's level."""
    if not is_prefix(region):
        raise NotValid({"region": [_l("A place has 2, 4, 6, 9 or 12 digits.")]})
    short = prefix(region)
    code = pad(short) if len(short) >= 9 else short
    add(f"b.{PLACE_COLUMNS[len(short)]} = :place", place=code)


def _newest(chosen: _Filter, search: Search | None, cursor: str | None, limit: int) -> Page[ListedNeed]:
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        chosen.add("(b.published_at, b.need_id) < (:at, :last)", at=after[0], last=after[1])
    source = "need_balance b"
    head = ""
    if search is not None:
        head, source = search.head, search.source
        chosen.add(search.clause or "true", query=search.query)
    inner = f"SELECT b.* FROM {source} WHERE {chosen.where}{_NEWEST} LIMIT :fetch"  # noqa: S608 - our own words
    statement = f"{head}SELECT {_COLUMNS} FROM ({inner}) b{_JOINS}{_NEWEST}"  # noqa: S608 - our own words
    rows = db.session.execute(text(statement), {**chosen.values, "fetch": limit + 1})
    return make_page(_listed(rows), limit, lambda need: encode_cursor(need.published_at, need.id))


def _listed(rows: Iterable[Row[Any]]) -> list[ListedNeed]:
    return [ListedNeed(*tuple(row)) for row in rows]


def _night(region: str) -> date | None:
    """Return the frozen night of a county or of a place in it."""
    if not region or len(prefix(region)) < 6:
        return None
    statement = text("SELECT max(night) FROM village_share WHERE county_code = :county")
    found: date | None = db.session.execute(statement, {"county": prefix(region)[:6]}).scalar()
    return found


def _least_helped(chosen: _Filter, region: str, cursor: str | None, limit: int, night: date) -> Page[ListedNeed]:
    """Walk the places by their rank of one night, and each place's needs by date."""
    kinds = (date.fromisoformat, int, str, datetime.fromisoformat, UUID)
    after = decode_cursor(cursor, *kinds)
    places, county = "s.night = :night AND s.county_code = :county", prefix(region)[:6]
    values = {**chosen.values, "night": night, "county": county, "fetch": limit + 1}
    if county != prefix(region):  # for a whole county it would keep the planner from the index in the order of ranks
        places += " AND s.village_code >= :low AND s.village_code < :high"
        values["low"], values["high"] = code_range(region)
    inside = chosen.where
    if after is not None:
        names = ("night", "rank", "village", "at", "last")
        values.update(zip(names, after, strict=True))
        places += " AND (s.rank, s.village_code) >= (:rank, :village)"
        inside += " AND ((s.rank, s.village_code) > (:rank, :village) OR (b.published_at, b.need_id) < (:at, :last))"
    order = " ORDER BY b.rank, b.place, b.published_at DESC, b.need_id DESC"
    inner = (
        "SELECT b.*, s.rank, s.night FROM village_share s CROSS JOIN LATERAL"  # noqa: S608 - our own words
        f" (SELECT b.* FROM need_balance b WHERE b.place = s.village_code AND {inside}{_NEWEST} LIMIT :fetch) b"
        f" WHERE {places} ORDER BY s.rank, s.village_code, b.published_at DESC, b.need_id DESC LIMIT :fetch"
    )
    statement = f"SELECT {_COLUMNS}, b.rank, b.night FROM ({inner}) b{_JOINS}{order}"  # noqa: S608 - our own words
    rows = _listed(db.session.execute(text(statement), values))
    return make_page(
        rows, limit, lambda need: encode_cursor(need.night, need.rank, need.place, need.published_at, need.id)
    )
