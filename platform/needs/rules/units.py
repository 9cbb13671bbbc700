"""Units in the reader's language: the standard list knows the English word of most of them."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from core.i18n import current_language

_FILE = Path(__file__).parents[1] / "defaults" / "items.json"
_SYMBOLS = frozenset({"kg"})


def unit_in_words(unit: str, count: Decimal | int | str = 2) -> str:
    """Return the unit as the reader says it of so many; nothing where one Chinese word counts many kinds of things.

    A unit that is not on the standard list stays as its author wrote it.
    """
    if current_language() == "zh":
        return unit
    word = _english().get(unit, unit)
    return f"{word}s" if word.isascii() and word and word not in _SYMBOLS and Decimal(count) != 1 else word


@cache
def _english() -> dict[str, str]:
    items = json.loads(_FILE.read_text(encoding="utf-8"))["items"]
    words: dict[str, set[str]] = {}
    for item in items:
        words.setdefault(item["unit_zh"], set()).add(item["unit_en"])
    return {unit: next(iter(found)) if len(found) == 1 else "" for unit, found in words.items()}
