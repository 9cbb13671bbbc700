"""Writing values that have dates: a change closes the standing row, a correction replaces it and keeps it.

Every writer of the register goes through `write_dated` or `write_sheet`. The household (or village) is locked first, so
that two officers write one after the other; the second is told if what he looked at is no longer so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from registry.choices import Source
from registry.guards import ENDED, ERASED
from registry.models import Household, Village
from registry.services.values import checked, data_columns

FIRST_DAY = date(1949, 10, 1)
STALE = _l("Somebody has changed this since you opened it. Look at the new values before you save yours.")


@dataclass(frozen=True)
class Writing:
    """When it is so, when it was seen, where it comes from, and the revision that the writer looked at.

    `expected` is the revision of the row he saw, 0 if he saw none, None if it does not matter (imports, the platform).
    """

    actor: Actor
    valid_from: date
    as_of: date
    source: Source
    expected: int | None = None


@dataclass(frozen=True)
class About:
    """Whom the row is about: the column and id of the subject, and every id and place that the row carries."""

    column: str
    id: UUID
    carried: Mapping[str, Any]


def about_household(household: Household) -> About:
    """Return the subject of a household's own rows."""
    return About("household_id", household.id, {"household_id": household.id, **place_of(household)})


def about_village(village: Village) -> About:
    """Return the subject of a village's rows."""
    return About("village_id", village.id, {"village_id": village.id, **place_of(village)})


def place_of(row: Household | Village) -> dict[str, str]:
    """Return the two columns by which a row is in somebody's places."""
    return {"region_code": row.region_code, "county_code": row.county_code}


def lock(row: Household | Village) -> None:
    """Let writers of one household or village wait for each other; refuse one that was erased or has ended."""
    kind = type(row)
    db.session.execute(select(kind.id).where(kind.id == row.id).with_for_update())
    if isinstance(row, Household):
        db.session.refresh(row)
        if row.erased_at is not None:
            raise Refused(ERASED, code="erased")
        if row.ended_on is not None:
            raise Refused(ENDED, code="ended")


def check_days(valid_from: date, as_of: date) -> None:
    """Raise NotValid for days that have not come yet, or lie before everything."""
    now = today()
    wrong = {name: day for name, day in (("valid_from", valid_from), ("as_of", as_of)) if not FIRST_DAY <= day <= now}
    if wrong:
        raise NotValid({name: [_l("Enter a day that is not in the future.")] for name in wrong})


def write_dated(model: Any, about: About, values: Mapping[str, Any], writing: Writing) -> Any:
    """Write what is so from a day on, until the next row begins; return the row that says it.

    Fields that are not named stay as they were that day. If nothing is different, nothing is written.
    """
    check_days(writing.valid_from, writing.as_of)
    new = checked(model, values)
    rows = live_rows(model, about)
    refuse_stale(rows, writing)
    old = covering(rows, writing.valid_from)
    whole = _merged(model, old, new)
    if old is not None and all(getattr(old, name) == value for name, value in whole.items()):
        return old
    row = _row(model, about, whole, writing, revision=next_revision(model, about))
    row.valid_from, row.valid_to = writing.valid_from, _end(rows, old, writing.valid_from)
    if old is not None and old.valid_from == writing.valid_from:
        old.superseded_by = row.id
    elif old is not None:
        old.valid_to = writing.valid_from
    db.session.add(row)
    db.session.flush()  # the row is read again, and others point to it
    return row


def write_sheet(
    model: Any, about: About, year: int, values: Mapping[str, Any], writing: Writing, *, whole: bool = False
) -> Any:
    """Write the sheet of a year in place of the one that stands, if there is one; return it.

    With `whole` the values are stored as they are, with columns that `checked` does not know.
    """
    check_days(writing.as_of, writing.as_of)
    rows = [row for row in live_rows(model, about) if row.year == year]
    old = rows[0] if rows else None
    if writing.expected is not None and (old.revision if old else 0) != writing.expected:
        raise Refused(STALE, code="stale_revision")
    found = dict(values) if whole else _merged(model, old, checked(model, values))
    if old is not None and not whole and all(getattr(old, name) == value for name, value in found.items()):
        return old
    row = _row(model, about, {**found, "year": year}, writing, revision=next_revision(model, about))
    if old is not None:
        old.superseded_by = row.id
    db.session.add(row)
    db.session.flush()  # items and pages need row.id
    return row


def live_rows(model: Any, about: About) -> Sequence[Any]:
    """Return the subject's rows that were not replaced, the earliest first."""
    column = getattr(model, about.column)
    order = model.valid_from if hasattr(model, "valid_from") else model.year
    return db.session.scalars(
        select(model).where(column == about.id, model.superseded_by.is_(None)).order_by(order)
    ).all()


def covering(rows: Sequence[Any], day: date) -> Any | None:
    """Return the row that holds on the day: from its first day on, no longer on its last."""
    return next((row for row in rows if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)), None)


def refuse_stale(rows: Sequence[Any], writing: Writing) -> None:
    """Refuse if a row newer than the one that the writer saw says something about the days that he writes about."""
    if writing.expected is None:
        return
    for row in rows:
        concerned = row.valid_to is None or row.valid_to > writing.valid_from
        if concerned and row.revision > writing.expected:
            raise Refused(STALE, code="stale_revision")


def next_revision(model: Any, about: About) -> int:
    """Return the number of the subject's next row."""
    column = getattr(model, about.column)
    return int(db.session.scalar(select(func.max(model.revision)).where(column == about.id)) or 0) + 1


def _merged(model: Any, old: Any | None, new: Mapping[str, Any]) -> dict[str, Any]:
    if old is None:
        return dict(new)
    return {name: new[name] if name in new else getattr(old, name) for name in data_columns(model)}


def _end(rows: Sequence[Any], old: Any | None, day: date) -> date | None:
    if old is not None:
        return old.valid_to  # type: ignore[no-any-return]  # a date of the model
    return next((row.valid_from for row in rows if row.valid_from > day), None)


def _row(model: Any, about: About, values: Mapping[str, Any], writing: Writing, *, revision: int) -> Any:
    return model(
        id=uuid4(),
        **about.carried,
        **values,
        as_of=writing.as_of,
        source=writing.source,
        recorded_by=writing.actor.account_id,
        revision=revision,
    )
