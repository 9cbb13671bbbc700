"""Field classes: each column says how far its value may travel (domain.md, visibility classes)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Visibility(StrEnum):
    """P0 public, P1 public as an aggregate, P2 restricted, P3 sensitive."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


@dataclass(frozen=True)
class Field:
    """What a column declares: its class, and whether its value goes sealed into update records."""

    visibility: Visibility
    sealed: bool
    recorded: bool = True


def public(*, sealed: bool = False, recorded: bool = True) -> dict[str, Any]:
    """Declare a public column. Free text says `sealed=True`: records hold codes, ids, dates and amounts only."""
    return {"privacy": Field(Visibility.P0, sealed=sealed, recorded=recorded)}


def aggregate_only() -> dict[str, Any]:
    """Declare a column that the public sees only in groups of five or more."""
    return {"privacy": Field(Visibility.P1, sealed=True)}


def restricted(*, recorded: bool = True) -> dict[str, Any]:
    """Declare a column for officials in scope and parties."""
    return {"privacy": Field(Visibility.P2, sealed=True, recorded=recorded)}


def sensitive(*, recorded: bool = True) -> dict[str, Any]:
    """Declare a column that is encrypted at rest and never shown in public."""
    return {"privacy": Field(Visibility.P3, sealed=True, recorded=recorded)}


def field_of(column: Any) -> Field | None:
    """Return what the column declared, or None."""
    found = column.info.get("privacy")
    return found if isinstance(found, Field) else None


def undeclared_columns(metadata: Any) -> Iterator[str]:
    """Yield `table.column` of every column without a class; the build fails on the first."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if field_of(column) is None:
                yield f"{table.name}.{column.name}"


def mask_name(name: str) -> str:
    """Return the name with its first character and two stars, whatever its length."""
    return f"{name[:1]}**" if name else ""
