"""What a sheet of one kind may hold: its columns, what they are called, how their cells are read."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from core.i18n import LazyString, use_locale
from core.spreadsheets.cells import Reader

_NOISE = re.compile(r"[\s*#:;,.\u3001\u3002\u2605_\-/\\\"'?!]+")


def plain_heading(text: str) -> str:
    """Return a heading as it is compared: narrow, lower case, without blanks and marks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True)
class Column:
    """One column of a register. `options` becomes the pick list of the template; a `figure` is a number there."""

    name: str
    heading: str | LazyString
    read: Reader
    required: bool = False
    options: type[StrEnum] | None = None
    yes_no: bool = False
    figure: bool = False
    money: bool = False
    hint: str | LazyString = ""


@dataclass(frozen=True)
class Layout:
    """A kind of sheet: its columns in the template's order, and the words under which files bring them."""

    columns: tuple[Column, ...]
    headings: Mapping[str, tuple[str, ...]]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @cached_property
    def known_as(self) -> dict[str, tuple[str, ...]]:
        """Return the plain headings of each column: its name, its headings in both languages, its other words."""
        return {column.name: tuple(dict.fromkeys(self._words(column))) for column in self.columns}

    def _words(self, column: Column) -> Iterator[str]:
        for word in (column.name, *self.headings.get(column.name, ())):
            yield plain_heading(word)
        for language in ("zh", "en"):
            with use_locale(language):
                yield plain_heading(str(column.heading))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def load_words(path: Path) -> dict[str, Any]:
    """Return a data file of headings or words."""
    return dict(json.loads(path.read_text("utf-8")))
