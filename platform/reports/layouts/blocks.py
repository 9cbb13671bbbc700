"""The blocks that `print/style.typ` knows, built from plain values."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from core.i18n import _
from reports.sheets import Cells, Fields, IncomeSheet, Tick, Value

Block = dict[str, Any]
# A name of another alphabet has no place to break; the compiler would push it over the rule.
_LONG = re.compile(r"[^\s\u2e80-\uffff\U00020000-\U0003ffff]{13,}")
_STEP = 8
BREAK = "\u200b"


def breakable(words: str) -> str:
    """Return the text with places to break inside long words of letters or digits."""
    return _LONG.sub(lambda found: _stepped(found.group()), words)


def _stepped(word: str) -> str:
    return BREAK.join(word[start : start + _STEP] for start in range(0, len(word), _STEP))


def value_of(value: Value) -> Any:
    """Return a value as the template reads it: a text, or choices with their boxes."""
    if isinstance(value, str):
        return breakable(value)
    return [{"words": tick.words, "on": tick.on} for tick in value]


def facts(
    fields: Fields, *, title: str = "", columns: int = 2, label_width: int = 30, label_size: float = 8.5
) -> Block:
    """Return a ruled grid of names and values; a row that cannot take the next field ends with a wider one."""
    placed = _fill(list(fields), columns)
    rows = [{"words": one.words, "value": value_of(one.value), "span": span} for one, span in placed]
    widths = {"columns": columns, "label-width": label_width, "label-size": label_size}
    return {"kind": "facts", "title": title, "fields": rows, **widths}


def _fill(fields: list[Any], columns: int) -> list[tuple[Any, int]]:
    """Give each field its span; the last of a row takes what is left of it."""
    placed: list[tuple[Any, int]] = []
    used = 0
    for one in fields:
        span = min(one.span, columns)
        if used + span > columns:
            placed[-1] = (placed[-1][0], placed[-1][1] + columns - used)
            used = 0
        placed.append((one, span))
        used = (used + span) % columns
    if used and placed:
        placed[-1] = (placed[-1][0], placed[-1][1] + columns - used)
    return placed


def column(words: str, width: int = 0, *, centred: bool = False) -> Block:
    """Return a column's head; a width of 0 takes what is left, a negative one that many shares of it."""
    return {"words": words, "width": width, "centred": centred}


def table(columns: Sequence[Block], rows: Iterable[Cells], *, title: str = "", empty: int = 0, note: str = "") -> Block:
    """Return a table whose head is repeated on each page, with empty rows to write in."""
    cells = [[value_of(value) for value in row] for row in rows]
    return {
        "kind": "table",
        "title": title,
        "columns": list(columns),
        "rows": cells,
        "empty": max(0, empty - len(cells)),
        "note": note,
    }


def part(words: str) -> Block:
    return {"kind": "part", "words": words}


def text(*paragraphs: str, size: float = 10.5, bold: bool = False, indent: bool = False) -> Block:
    return {"kind": "words", "paragraphs": list(paragraphs), "size": size, "bold": bold, "indent": indent}


def framed(*paragraphs: str) -> Block:
    return {"kind": "framed", "paragraphs": list(paragraphs)}


def lines(title: str, count: int) -> Block:
    return {"kind": "lines", "title": title, "count": count}


def gap(size: int) -> Block:
    return {"kind": "gap", "size": size}


def new_page() -> Block:
    return {"kind": "page"}


def signatures(*boxes: tuple[str, str], title: str = "", across: int = 4, height: int = 20) -> Block:
    """Return boxes to sign in; each has a name, a line beneath it, and room for the day."""
    day = _("Year      month      day")
    drawn = [{"words": words, "note": note, "day": day} for words, note in boxes]
    return {"kind": "signatures", "title": title, "across": across, "height": height, "boxes": drawn}


def ticks(options: Iterable[tuple[Any, str]], chosen: Iterable[Any] = ()) -> tuple[Tick, ...]:
    """Return choices with their boxes; those that are chosen are ticked."""
    taken = set(chosen)
    return tuple(Tick(words, code in taken) for code, words in options)


def income_blocks(income: IncomeSheet, *, empty: int = 8) -> list[Block]:
    """Return the year's lines in two columns of pairs, and its sums with their formulas."""
    lines_of = list(income.lines) or [("", "")] * empty
    lines_of += [("", "")] * (len(lines_of) % 2)
    half = len(lines_of) // 2
    rows = [(*lines_of[at], *lines_of[half + at]) for at in range(half)]
    heads = (column(_("Item")), column(_("Yuan"), 26), column(_("Item")), column(_("Yuan"), 26))
    found = [table(heads, rows, title=income.title or _("Income of a year"))]
    if income.sums:
        sums = (column(_("Sum"), 52), column(_("Yuan"), 26), column(_("How it was reckoned")))
        found.append(table(sums, income.sums))
    return found
