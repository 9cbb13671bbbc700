"""Cells that hold one word, or several, of a closed set: by label in either language, by code, by what people write."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from core.i18n import label, use_locale
from core.spreadsheets.cells import ALSO_NOTHING, NOTHING, Reader, narrow, parts_of
from core.spreadsheets.reading import Cell
from core.spreadsheets.refusals import CellFault, CellRefused

Words = Mapping[str, str]


def words_of(closed_set: type[StrEnum], synonyms: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return every accepted word in its plain form, with the code it stands for."""
    found: dict[str, str] = {}
    for member in closed_set:
        for language in ("zh", "en"):
            with use_locale(language):
                found[plain(label(member))] = member.value
        found[plain(member.value)] = member.value
        found |= {plain(word): member.value for word in synonyms.get(member.value, ())}
    return found


def plain(word: str) -> str:
    return "".join(narrow(word).split()).lower()


def one_of(words: Words, *, none_is_a_word: bool = False) -> Reader:
    """Read one code; what was understood once is remembered, as columns repeat themselves."""
    known: dict[str, str | None] = {}
    nothing = NOTHING if none_is_a_word else ALSO_NOTHING

    def read(cell: Cell) -> str | None:
        if type(cell) is str and cell in known:
            return known[cell]
        found = plain(narrow(cell))
        value = words.get(found) or words.get(_without_number(found))
        if value is None and found not in nothing:
            raise CellRefused(CellFault.NOT_A_CHOICE)
        if type(cell) is str and len(known) < 1000:
            known[cell] = value
        return value

    return read


def several_of(words: Words, most: int) -> Reader:
    """Read a set of codes, in the order in which they were written."""
    known: dict[str, list[str]] = {}
    single = one_of(words)

    def read(cell: Cell) -> list[str]:
        if type(cell) is str and cell in known:
            return list(known[cell])
        found: list[Any] = [words[plain(narrow(cell))]] if plain(narrow(cell)) in words else []
        found = found or [value for value in map(single, parts_of(cell)) if value]
        if len(found) > most:
            raise CellRefused(CellFault.TOO_LONG)
        if type(cell) is str and len(known) < 1000:
            known[cell] = list(dict.fromkeys(found))
        return list(dict.fromkeys(found))

    return read


def _without_number(word: str) -> str:
    """01 illness, 1.illness, (1)illness: the number of a local list before the word."""
    return word.lstrip("0123456789.()-_:")
