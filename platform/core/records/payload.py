"""What a record says about a changed row: codes, ids, dates and amounts in public, everything else sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Numeric, inspect
from sqlalchemy.orm import InstanceState, Mapper, PassiveFlag

from core.privacy import field_of
from core.records.model import Recorded

MONEY_PRECISION = 14
SAFE_INTEGER = 2**53
LONGEST_CODE = 120


@dataclass(frozen=True)
class Part:
    """One column in records: attribute, name there, sealed or not, money or not."""

    key: str
    name: str
    sealed: bool
    money: bool


@lru_cache(maxsize=256)
def parts_of(mapper: Mapper[Any]) -> tuple[Part, ...]:
    """Return the columns that go into records; a column without a class is sealed."""
    return tuple(_parts(mapper))


def _parts(mapper: Mapper[Any]) -> Iterator[Part]:
    stream_key = mapper.class_.__stream__[1]
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if not isinstance(column, Column) or column is mapper.version_id_col:
            continue
        declared = field_of(column)
        if declared is not None and not declared.recorded:
            continue
        if attribute.key in {"id", stream_key}:
            continue
        money = isinstance(column.type, Numeric) and column.type.precision == MONEY_PRECISION
        yield Part(
            attribute.key,
            f"{column.name}_fen" if money else column.name,
            declared is None or declared.sealed,
            money,
        )


def values_of(row: Recorded, *, created: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the public and the sealed values that a flush has written for the row."""
    state: InstanceState[Any] = inspect(row)
    public: dict[str, Any] = {}
    sealed: dict[str, Any] = {}
    for part in parts_of(state.mapper):
        if _was_written(state, part.key, created=created):
            value = plain(state.dict.get(part.key), money=part.money)
            place(part.name, value, public, sealed, hidden=part.sealed)
    return public, sealed


def _was_written(state: InstanceState[Any], key: str, *, created: bool) -> bool:
    if created:
        return state.dict.get(key) is not None
    return key in state.committed_state and state.get_history(key, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes()


def place(name: str, value: Any, public: dict[str, Any], sealed: dict[str, Any], *, hidden: bool = False) -> None:
    """Put a plain value where it belongs: text that cannot be a code, an id, a date or an amount is sealed."""
    (sealed if hidden or not is_code(value) else public)[name] = value


def is_code(value: Any) -> bool:
    """Return whether a plain value may stand in public: no free text, no name."""
    if isinstance(value, str):
        return value.isascii() and len(value) <= LONGEST_CODE
    if isinstance(value, list):
        return all(is_code(item) for item in value)
    if isinstance(value, dict):
        return all(is_code(item) for pair in value.items() for item in pair)
    return True


def plain(value: Any, *, money: bool = False) -> Any:
    """Return the value as canonical JSON can hold it: money in fen, quantities as short decimal strings."""
    if isinstance(value, Decimal):
        return fen(value) if money else quantity(value)
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < SAFE_INTEGER else str(value)
    return _plain_object(value)


def _plain_object(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items) if isinstance(value, set | frozenset) else items
    raise TypeError(f"{type(value).__name__} has no place in an update record")


def fen(amount: Decimal) -> int:
    """Return yuan as whole fen; raises ValueError for a part of a fen."""
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError("an amount has at most two decimal places")
    return int(cents)


def quantity(amount: Decimal) -> str:
    """Return a quantity without trailing zeros: 6.00 is "6"."""
    found = format(amount.normalize(), "f")
    return "0" if found in {"-0", "0"} else found
