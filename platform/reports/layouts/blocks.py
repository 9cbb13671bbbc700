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


def facts(fields: Fields, *, title: str = "", columns: int = 2, label_width: int = 30, label_size: float = 9) -> Block:
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


def column(words: str, width: int = 0, *, side: str = "left") -> Block:
    """Return a column's head; a width of 0 takes what is left, a negative one that many shares of it.

    `side` is where the values stand: "left", "centre", or "right" for numbers that are compared.
    """
    return {"words": words, "width": width, "side": side}


def table(
    columns: Sequence[Block],
    rows: Iterable[Cells],
    *,
    title: str = "",
    empty: int = 0,
    note: str = "",
    tall: bool = False,
    size: float = 10.5,
) -> Block:
    """Return a table whose head is repeated on each page, with empty rows up to `empty` in all to write in.

    Its empty cells are `tall` where a sentence is written or a name signed.
    """
    cells = [[value_of(value) for value in row] for row in rows]
    return {
        "kind": "table",
        "title": title,
        "columns": list(columns),
        "rows": cells,
        "empty": max(0, empty - len(cells)),
        "note": note,
        "tall": tall,
        "size": size,
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


def sealed(office: str) -> Block:
    """Return the office that makes something known, with room for its seal and the day."""
    return {"kind": "sealed", "office": office, "seal": _("(seal)"), "day": _("Year      month      day")}


def ticks(options: Iterable[tuple[Any, str]], chosen: Iterable[Any] = ()) -> tuple[Tick, ...]:
    """Return choices with their boxes; those that are chosen are ticked."""
    taken = set(chosen)
    return tuple(Tick(words, code in taken) for code, words in options)


def income_blocks(income: IncomeSheet, *, across: int = 2) -> list[Block]:
    """Return the year's lines in some columns of pairs, and its sums with their formulas."""
    lines_of = list(income.lines)
    lines_of += [("", "")] * (-len(lines_of) % across)
    deep = len(lines_of) // across
    rows = [tuple(cell for pair in lines_of[at::deep] for cell in pair) for at in range(deep)]
    heads = [column(_("Item")), column(_("Yuan"), 24, side="right")] * across
    sums = (column(_("Sum"), 58), column(_("Yuan"), 26, side="right"), column(_("How it was reckoned")))
    return [table(heads, rows, title=income.title or _("Income of a year")), table(sums, income.sums)]
