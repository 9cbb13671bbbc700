"""How names of places are looked up: pairs of characters, and pinyin to sort and to type."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

from core.i18n import current_language
from core.names.syllables import syllables

START = "^"
MAX_QUERY = 40
_PLACES = Path(__file__).parent / "places"


def normalised(text: str) -> str:
    """Return a search text in its plain form: no full-width letters, no repeated blanks, no end without end."""
    return " ".join(normalize("NFKC", text).split())[:MAX_QUERY]


def grams(name: str) -> list[str]:
    """Return what a name is found by: its pairs of characters, and its first one marked as the beginning.

    The tail that nearly every village name has is left out, else half the country is a hit for it.
    """
    kept = searchable(name)
    pairs = sorted({first + second for first, second in pairwise(kept)})
    return [START + kept[:1], *pairs]


def query_grams(word: str) -> list[str]:
    """Return the pairs that a name must have to hold the word; one character must stand at the beginning."""
    kept = searchable(word)
    if len(kept) < 2:
        return [START + kept]
    return sorted({kept[i : i + 2] for i in range(len(kept) - 1)})


def searchable(name: str) -> str:
    """Return the name without the tail of its committee, or the whole name if nothing else is left."""
    for tail in _tails("name_tails.txt"):
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name.removesuffix(tail)
    return name


def pinyin_key(name: str, *, by_phrase: bool) -> str:
    """Return lower-case letters and digits to sort and search by.

    By phrase a character with several readings gets the one of its word; one by one is ten times faster and
    good enough for the 620 thousand villages, whose names are in no dictionary.
    """
    spelled = "".join(syllables(name)) if by_phrase else "".join(map(_reading, name))
    small = spelled.lower()
    return small if small.isascii() and small.isalnum() else re.sub(r"[^a-z0-9]", "", small)


@cache
def spelled(name: str) -> str:
    """Return the name in Latin letters, as signs write it, without the word for its kind: Leye, Hua'er."""
    kept = searchable(name)
    for tail in _tails("kind_tails.txt"):
        if kept.endswith(tail) and len(kept) > len(tail) + 1:
            kept = kept.removesuffix(tail)
            break
    letters = [_exceptions()[kept]] if kept in _exceptions() else syllables(kept, v_to_u=True)
    joined = "".join(f"'{part}" if number and part[:1] in "aeo" else part for number, part in enumerate(letters))
    return joined[:1].upper() + joined[1:]


@cache
def _exceptions() -> dict[str, str]:
    """Return names with a reading that is in no dictionary."""
    rows = (_PLACES / "readings.txt").read_text(encoding="utf-8").splitlines()
    return {name: letters for name, _blank, letters in (row.partition(" ") for row in rows)}


def said(name: str) -> str:
    """Return a place's name as people say it: a village without the tail of its committee, in English spelled out."""
    return searchable(name) if current_language() == "zh" else spelled(name)


def said_together(path_names: Sequence[str]) -> str:
    """Return the names of places, from the wider one down, in one word; in English the smaller one first."""
    kept = [said(name) for name in path_names]
    return "".join(kept) if current_language() == "zh" else ", ".join(reversed(kept))


@cache
def _reading(character: str) -> str:
    return syllables(character)[0]


@cache
def _tails(file: str) -> tuple[str, ...]:
    return tuple((_PLACES / file).read_text(encoding="utf-8").split())
