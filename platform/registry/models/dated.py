"""What every value with dates carries.

`valid_from` is the first day, `valid_to` the first day on which the value is no longer so. A change from a day on
closes the standing row; a correction writes a new row of the same days and leaves the old one with `superseded_by`.
Rows that were not superseded never overlap: an exclusion constraint of each table says so, checked at commit.
`revision` counts the rows of one subject, whatever their days.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Text, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core.privacy import public, restricted
from core.types import choice
from registry.choices import Source

LIVE = text("superseded_by IS NULL")


class Noted:
    """Who wrote a row, when it was so, and where it comes from; `created_at` says when it was written."""

    as_of: Mapped[date] = mapped_column(Date, info=public())
    source: Mapped[Source] = mapped_column(choice(Source), info=public())
    recorded_by: Mapped[UUID | None] = mapped_column(info=restricted())
    revision: Mapped[int] = mapped_column(default=1, server_default="1", info=public())
    superseded_by: Mapped[UUID | None] = mapped_column(info=public())

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        return {"version_id_col": cls.version}  # type: ignore[attr-defined]  # every model has one


class Dated(Noted):
    """A value from a day to a day."""

    valid_from: Mapped[date] = mapped_column(Date, info=public())
    valid_to: Mapped[date | None] = mapped_column(Date, info=public())


def _same(column: str) -> tuple[Any, str]:
    """Return the comparison that two rows are of one subject: a key of 128 bits needs no extension (decision 0023)."""
    return text(f"uuid_key({column})"), "="


def no_overlap(table: str, column: str, *, where: str = "", name: str = "one_at_a_time") -> ExcludeConstraint:
    """Return the constraint that no two live rows of one subject hold on one day."""
    condition = "superseded_by IS NULL" + (f" AND {where}" if where else "")
    return ExcludeConstraint(
        _same(column),
        (text("daterange(valid_from, valid_to)"), "&&"),
        name=f"{table}_{name}",
        where=text(condition),
        ops={f"uuid_key({column})": "inet_ops"},
        deferrable=True,
        initially="DEFERRED",
    )


def one_live(table: str, column: str) -> ExcludeConstraint:
    """Return the constraint that one sheet of a year stands; it waits for the commit, for old and new are written."""
    return ExcludeConstraint(
        _same(column),
        (text("int4range(year, year, '[]')"), "&&"),
        name=f"{table}_one_live",
        where=LIVE,
        ops={f"uuid_key({column})": "inet_ops"},
        deferrable=True,
        initially="DEFERRED",
    )


def codes(info: dict[str, Any]) -> Any:
    """Return a column that holds a set of codes, in order; services let known codes in only."""
    return mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"), info=info)
