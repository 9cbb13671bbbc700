"""Columns whose headings come from the data file of their kind: first the English one, then the Chinese ones."""

from pathlib import Path

from babel.support import LazyProxy

from core.i18n import LazyString, current_language
from core.spreadsheets.columns import load_words

Headings = dict[str, tuple[str, ...]]


class Worded:
    """The words of one kind of sheet, from its data file."""

    def __init__(self, path: Path) -> None:
        self._known = load_words(path)
        columns: dict[str, list[str]] = self._known["columns"]
        self.headings: Headings = {name: tuple(found) for name, found in columns.items()}

    def heading(self, name: str) -> LazyString:
        """Return what the template calls the column, in the reader's language."""
        english, chinese = self.headings[name][:2]
        return LazyProxy(lambda: chinese if current_language() == "zh" else english, enable_cache=False)

    def choices(self, name: str) -> dict[str, list[str]]:
        """Return the words that people write for the members of a closed set."""
        return dict(self._known["choices"].get(name, {}))

    def table(self, name: str) -> dict[str, list[str]]:
        return dict(self._known[name])
