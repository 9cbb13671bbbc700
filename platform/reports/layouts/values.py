"""How values of the registers stand on paper: three-valued facts and closed sets as boxes, numbers without a tail."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from core.i18n import _, label
from reports.sheets import Tick, Value


def of(row: Any, name: str) -> Any:
    """Return a value of the row, or None where there is no row: a form to fill in by hand."""
    return None if row is None else getattr(row, name, None)


def boxes(kind: type[Enum], chosen: Any) -> Value:
    """Return all members of a closed set as boxes; `chosen` is a member, a list of codes, or None."""
    taken = _codes(chosen)
    return tuple(Tick(label(member), member.value in taken) for member in kind)


def _codes(chosen: Any) -> set[str]:
    if chosen is None:
        return set()
    many: Iterable[Any] = chosen if isinstance(chosen, list | tuple | set | frozenset) else (chosen,)
    return {str(getattr(one, "value", one)) for one in many}


def yes_or_no(value: bool | None) -> Value:
    """Return the two boxes of a fact; "not collected" leaves both empty."""
    return (Tick(_("Yes"), value is True), Tick(_("No"), value is False))


def said(value: Any) -> str:
    """Return a value as text: numbers without needless decimals, days as written, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal | int):
        return number(value)
    if isinstance(value, date):
        return value.isoformat()
    return label(value) if isinstance(value, Enum) else str(value)


def year(value: int | None) -> str:
    """Return a year as people write it: a number without a comma."""
    return "" if value is None else str(value)


def number(value: Decimal | int) -> str:
    """Return a number with a comma every three digits and without empty decimals."""
    exact = Decimal(value)
    return f"{int(exact):,}" if exact == exact.to_integral_value() else f"{exact.normalize():,f}"


def words_of(kind: type[Enum], codes: Iterable[str] | None) -> str:
    """Return the words of several codes in the order of their set."""
    taken = _codes(list(codes or ()))
    return _(", ").join(label(member) for member in kind if member.value in taken)
