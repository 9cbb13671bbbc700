"""Rows of the registers, many at once: inserted in a few statements, each with the record it would have got singly."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Table, insert, inspect

from core.db import Base, db
from core.records.bulk import Told, record_many
from core.records.model import Recorded, stream_of
from core.records.payload import plain, values_of


def write_rows(rows: Sequence[Base], *, role: str) -> None:
    """Insert the rows, table by table in the order of their first appearance, and write a record of each."""
    tables: dict[type[Base], list[Base]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    connection = db.session.connection()
    for model, found in tables.items():
        connection.execute(insert(_table(model)), [_columns(row) for row in found])
    db.session.info["acting_role"] = role
    record_many(list(_told(rows)))


def _table(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model)
    return table


def _columns(row: Base) -> dict[str, Any]:
    """Return what each column gets; those that the database fills alone are left to it."""
    found: dict[str, Any] = {}
    for attribute in inspect(type(row)).column_attrs:
        column = attribute.columns[0]
        if not isinstance(column, Column):
            continue
        if attribute.key == "version":
            found[column.name] = 1
        elif (value := row.__dict__.get(attribute.key)) is not None:
            found[column.name] = value
        elif column.default is None and column.server_default is None:
            found[column.name] = None
        elif column.default is not None:
            found[column.name] = _default(column)
    return found


def _default(column: Column[Any]) -> Any:
    default = column.default
    value = getattr(default, "arg", None)
    return value(None) if callable(value) else value


def _told(rows: Iterable[Base]) -> Iterable[Told]:
    for row in rows:
        if isinstance(row, Recorded):
            public, sealed = values_of(row, created=True)
            table = inspect(type(row)).local_table.description
            shown = {"table": table, "id": plain(row.__dict__["id"]), **public}
            yield Told(stream_of(row), f"{table}.created", shown, sealed, row.record_subject())
