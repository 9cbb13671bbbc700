"""Values on their way into a dated row: read by the kind of their column, refused with the field's name."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Boolean, Column, Date, Enum, Integer, Numeric, inspect

from core.errors import NotValid
from core.i18n import LazyString, _l
from registry.choices import Cause, Fuel, Health, HouseholdCategory, RiskType

SETS: dict[str, type[StrEnum]] = {
    "fuel_types": Fuel,
    "health_status": Health,
    "household_category": HouseholdCategory,
    "other_causes": Cause,
    "risk_types": RiskType,
}
BOUNDS = {"work_months": (0, 12), "job_months": (0, 12), "disability_level": (1, 4)}
YEARS = (1900, 2100)
COUNTS = (0, 99_999_999)
SIGNED = {"lon", "lat"}
LONGEST, LONGEST_NOTE = 200, 2000
NOTES = {"cause_note", "counts_reason", "dropout_reason", "relocation_difficulties", "development_direction", "effect"}
KEPT = frozenset(
    {
        *("id", "version", "household_id", "member_id", "village_id", "plan_id", "year", "region_code", "county_code"),
        *("as_of", "source", "recorded_by", "revision", "superseded_by", "valid_from", "valid_to", "created_at"),
    }
)
Errors = dict[str, list[str | LazyString]]


class Unreadable(ValueError):
    """A value that its column cannot hold; the words say what it can."""

    def __init__(self, words: LazyString) -> None:
        super().__init__(str(words))
        self.words = words


@cache
def data_columns(model: Any) -> dict[str, Column[Any]]:
    """Return the columns that say something about the subject, without dates, ids and bookkeeping."""
    columns = inspect(model).columns
    return {key: column for key, column in columns.items() if key not in KEPT}


def checked(model: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as the model's columns hold them, or raise NotValid. An unknown name is a TypeError."""
    columns, errors, found = data_columns(model), Errors(), {}
    for name, value in values.items():
        if name not in columns:
            raise TypeError(f"{model.__name__} has no field {name}")
        try:
            found[name] = _read(columns[name], name, value)
        except Unreadable as refusal:
            errors[name] = [refusal.words]
    if errors:
        raise NotValid(errors)
    return found


def _read(column: Column[Any], name: str, value: Any) -> Any:
    if isinstance(column.type, ARRAY):
        return _set(name, value)
    if isinstance(value, str) and not value.strip():
        value = None
    if value is None:
        return _nothing(column)
    return _reader(column)(column, name, value)


def _nothing(column: Column[Any]) -> Any:
    """Return what stands for "not collected": None, or the empty text; a status or a yes that must be is asked for."""
    if column.nullable:
        return None
    if isinstance(column.type, Enum | Boolean):
        raise Unreadable(_l("Choose one of the list."))
    return ""


def _reader(column: Column[Any]) -> Callable[[Column[Any], str, Any], Any]:
    for kind, reader in (
        (Enum, _choice),
        (Boolean, _truth),
        (Integer, _number),
        (Numeric, _amount),
        (Date, _day),
    ):
        if isinstance(column.type, kind):
            return reader
    return _text


def _set(name: str, value: Any) -> list[Any]:
    if name not in SETS:
        return None if value is None else [_number_of(item) for item in value]  # type: ignore[return-value]
    try:
        return list(dict.fromkeys(SETS[name](item).value for item in value or ()))
    except ValueError as failure:
        raise Unreadable(_l("Choose from the list.")) from failure


def _number_of(value: Any) -> int:
    return _within(int(value), *COUNTS)


def _choice(column: Column[Any], name: str, value: Any) -> Any:
    kind = column.type.enum_class  # type: ignore[attr-defined]  # only asked for an Enum
    try:
        return kind(value)
    except ValueError as failure:
        raise Unreadable(_l("Choose one of the list.")) from failure


def _truth(column: Column[Any], name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unreadable(_l("Choose yes, no, or not known."))
    return value


def _number(column: Column[Any], name: str, value: Any) -> int:
    try:
        number = int(str(value))
    except ValueError as failure:
        raise Unreadable(_l("Enter a whole number.")) from failure
    return _within(number, *(YEARS if name.endswith("_year") else BOUNDS.get(name, COUNTS)))


def _within(number: int, low: int, high: int) -> int:
    if not low <= number <= high:
        raise Unreadable(_l("Enter a number from %(low)s to %(high)s.", low=low, high=high))
    return number


def _amount(column: Column[Any], name: str, value: Any) -> Decimal:
    kind: Any = column.type
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
        if not number.is_finite():
            raise InvalidOperation
        places = number.quantize(Decimal(1).scaleb(-kind.scale))
    except InvalidOperation as failure:
        raise Unreadable(_l("Enter a number.")) from failure
    if places != number:
        raise Unreadable(_l("At most %(places)s digits behind the point.", places=kind.scale))
    if number < 0 and name not in SIGNED:
        raise Unreadable(_l("Enter 0 or more."))
    if abs(number) >= Decimal(10) ** (kind.precision - kind.scale):
        raise Unreadable(_l("This number is too large."))
    return places


def _day(column: Column[Any], name: str, value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as failure:
        raise Unreadable(_l("Enter a day, for example 2026-03-31.")) from failure


def _text(column: Column[Any], name: str, value: Any) -> str:
    text = str(value).strip()
    if len(text) > (LONGEST_NOTE if name in NOTES else LONGEST):
        raise Unreadable(_l("This text is too long."))
    return text
