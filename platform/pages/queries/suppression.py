"""Small cells: which rows of a table of counts are not shown, so that nobody can work them out.

A row is a place or a category, its cells are counts at the levels verified >= pledged >= delivered >= confirmed, and
the sums of each level are shown. Rows are hidden whole, so every level hides the same rows and each hidden cell may
be anything from nothing to the whole hidden sum (security.md, row 29).
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

FEW = 5
Key = TypeVar("Key")
Levels = Sequence[int]


def is_small(levels: Levels) -> bool:
    """Return whether one of the counts is more than nothing and less than five."""
    return any(0 < count < FEW for count in levels)


def hidden_rows(rows: Mapping[Key, Levels]) -> set[Key]:
    """Return the rows to hide: those with a small count, and as many more as it takes.

    At least two rows are hidden, and each of them might, for all that the sums say, hold five needs; the smallest
    rows go first. If that cannot be, all rows are hidden, and the caller hides the sums as well: see `sums_hidden`.
    """
    hidden = {key for key, levels in rows.items() if is_small(levels)}
    if not hidden:
        return hidden
    others = sorted((key for key in rows if key not in hidden), key=lambda key: (rows[key][0] == 0, tuple(rows[key])))
    for key in others:
        if _is_enough(hidden, rows):
            break
        hidden.add(key)
    return hidden


def _is_enough(hidden: set[Key], rows: Mapping[Key, Levels]) -> bool:
    verified = [rows[key][0] for key in hidden if rows[key][0] > 0]
    return len(verified) >= 2 and sum(verified) - (len(verified) - 1) >= FEW


def sums_hidden(sums: Levels, rows: Mapping[Key, Levels]) -> bool:
    """Return whether the sums must not be shown either: they are small, or would give a hidden row away."""
    hidden = hidden_rows(rows)
    return is_small(sums) or bool(hidden and not _is_enough(hidden, rows))
