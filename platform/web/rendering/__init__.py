"""What templates may call: icons, geometry, and the way numbers and dates are written."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment

from core.i18n import current_language, gettext, label, ngettext
from identification.receipts import shown_receipt_no
from needs.rules.units import unit_in_words
from web.rendering import formats
from web.rendering.hills import hill_range
from web.rendering.icons import category_icon, icon
from web.rendering.menu import DESK_MENU, PATHS, PUBLIC_MENU
from web.rendering.quantity import quantity_bar

FILTERS: dict[str, Callable[..., Any]] = {
    "days_left": formats.days_left,
    "day": formats.day,
    "emphasis": formats.emphasis,
    "iso_day": formats.iso_day,
    "joined": formats.joined,
    "label": label,
    "moment": formats.moment,
    "money": formats.money,
    "number": formats.number,
    "percent": formats.percent,
    "qty": formats.qty,
    "receipt_number": shown_receipt_no,
    "short_day": formats.short_day,
    "short_hash": formats.short_hash,
    "short_stamp": formats.short_stamp,
    "size_band": formats.size_band,
    "stamp": formats.stamp,
    "unit_word": unit_in_words,
}


def without_empty(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes of an element that have a value."""
    return {name: value for name, value in attributes.items() if value is not None and value != ""}


def install(env: Environment, *, asset: Callable[[str], str] | None = None) -> None:
    """Give the environment every filter and global that the shared templates call."""
    env.filters.update(FILTERS)
    env.globals.update(
        _=gettext,
        bar_of=quantity_bar,
        category_icon=category_icon,
        current_language=current_language,
        desk_menu=DESK_MENU,
        hill_range=hill_range,
        icon=icon,
        ngettext=ngettext,
        paths=PATHS,
        plain=without_empty,
        public_menu=PUBLIC_MENU,
    )
    if asset is not None:
        env.globals["asset"] = asset
