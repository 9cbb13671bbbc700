"""How a name looks, and how it sounds: two keys that are equal where people would take one name for the other."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from core.names.syllables import syllables

_TABLE = Path(__file__).with_name("look_alikes.json")
# Drawn alike in most letters; after everything is a small letter.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s"})
_PAIRS = (("rn", "m"), ("vv", "w"))


def look_key(name: str) -> str:
    """Return what the name looks like: letters of any alphabet as Latin ones, twins as one, no blanks, no signs."""
    letters, characters = _tables()
    normal = unicodedata.normalize("NFKC", name).translate(letters).casefold().translate(letters)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", normal) if sign.isalnum() or sign == "|")
    key = bare.translate(_ALIKE).translate(characters)
    for pair, one in _PAIRS:
        key = key.replace(pair, one)
    return key


def sound_key(name: str) -> str:
    """Return how the name is read: syllables without tones, so that old and new characters and homophones agree."""
    normal = unicodedata.normalize("NFKC", name).translate(_tables()[1])
    return " ".join(found for sign in normal if (found := _reading(sign)))


@cache
def _reading(sign: str) -> str:
    return re.sub(r"[^a-z0-9]", "", syllables(sign)[0].lower())


@cache
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    letters = {ord(sign): one for one, signs in table["letters"].items() for sign in signs}
    characters = {ord(sign): group[0] for group in table["characters"] for sign in group[1:]}
    return letters, characters
