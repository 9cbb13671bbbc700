"""How values of the registers stand on paper: three-valued facts and closed sets as boxes, numbers without a tail."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from babel.dates import format_date

from core.i18n import _, current_language, label
from reports.sheets import Tick, Value


def of(row: Any, name: str) -> Any:
    """Return a value of the row, or None where there is no row: a form to fill in by hand."""
    return None if row is None else getattr(row, name, None)


def boxes(kind: type[Enum], chosen: Any, *, hidden: Collection[Enum] = ()) -> Value:
    """Return all members of a closed set as boxes; `chosen` is a member, a list of codes, or None.

    A `hidden` member stands there only if it is chosen.
    """
    taken = _codes(chosen)
    return tuple(
        Tick(label(member), member.value in taken) for member in kind if member not in hidden or member.value in taken
    )


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


def yuan(value: Decimal) -> str:
    """Return a sum of money: whole yuan, or with both digits of its fen."""
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:,.2f}"


def day_said(value: date | None) -> str:
    """Return a day as an official paper writes it; nothing for None."""
    if value is None:
        return ""
    pattern = _("d MMMM y")  # a date pattern (Unicode LDML), not words
    language = "zh_Hans_CN" if current_language() == "zh" else "en_GB"
    return str(format_date(value, pattern, locale=language)).replace(" ", "\u00a0")


def words_of(kind: type[Enum], codes: Iterable[str] | None) -> str:
    """Return the words of several codes in the order of their set."""
    taken = _codes(list(codes or ()))
    return _(", ").join(label(member) for member in kind if member.value in taken)
