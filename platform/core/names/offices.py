"""Whether a name speaks for a public office."""

import json
import unicodedata
from functools import cache
from pathlib import Path

from core.names.keys import look_key, sound_key

_WORDS = Path(__file__).with_name("offices.json")
# Shorter words have too many homophones among the names of people.
SHORTEST_HEARD = 3


def reads_like_office(name: str) -> bool:
    """Return whether the name holds a word of a public office, however it is written."""
    looks, sounds, latin = _keys()
    key, heard = look_key(name), f" {sound_key(name)} "
    if any(word in key for word in looks) or any(f" {word} " in heard for word in sounds):
        return True
    spelled = f" {_spelled(name)} "
    return any(f" {word} " in spelled for word in latin)


def _spelled(name: str) -> str:
    """Return the words of a Latin name in look keys, one blank between them."""
    normal = unicodedata.normalize("NFKC", name)
    parts = "".join(sign if sign.isalnum() else " " for sign in normal).split()
    return " ".join(look_key(part) for part in parts)


@cache
def _keys() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    found = json.loads(_WORDS.read_text(encoding="utf-8"))
    words = found["words"]
    return (
        frozenset(look_key(word) for word in words),
        frozenset(sound_key(word) for word in words if len(word) >= SHORTEST_HEARD),
        frozenset(_spelled(word) for word in found["latin"]),
    )
