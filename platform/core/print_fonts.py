"""Which characters the print fonts can draw, read from their own tables: names may hold any of 100,000."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "web" / "fonts"
GROUPS = 12  # the table that lists whole ranges, also beyond the first 65,536 characters


def not_drawn(text: str) -> str:
    """Return the characters of a text that stand as an empty box on paper, each once, in their order."""
    kept = (one for one in dict.fromkeys(text) if ord(one) not in _drawn())
    return "".join(one for one in kept if unicodedata.category(one)[0] not in "CZ")


@cache
def _drawn() -> frozenset[int]:
    found: set[int] = set()
    for path in sorted(FONTS.glob("*Regular.ttf")):
        for first, last in _ranges(path.read_bytes()):
            found.update(range(first, last + 1))
    return frozenset(found)


def _ranges(font: bytes) -> Iterator[tuple[int, int]]:
    """Return the first and last character of each range that an OpenType font covers."""
    start = _character_map(font)
    (tables,) = struct.unpack_from(">H", font, start + 2)
    for number in range(tables):
        (offset,) = struct.unpack_from(">I", font, start + 8 + 8 * number)
        if struct.unpack_from(">H", font, start + offset)[0] == GROUPS:
            (count,) = struct.unpack_from(">I", font, start + offset + 12)
            rows = font[start + offset + 16 : start + offset + 16 + 12 * count]
            yield from ((first, last) for first, last, _glyph in struct.iter_unpack(">III", rows))
            return


def _character_map(font: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    return next(int(offset) for tag, _sum, offset, _length in entries if tag == b"cmap")
