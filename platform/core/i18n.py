"""Translation without Flask: English message ids, Chinese catalogues per package, the language in a variable."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, NullTranslations, Translations

LANGUAGES = ("zh", "en")
CATALOGUES = Path(__file__).resolve().parents[2] / "translations" / "zh_Hans_CN" / "LC_MESSAGES"
_language: ContextVar[str] = ContextVar("language", default="zh")

LazyString = LazyProxy


def current_language() -> str:
    """Return "zh" or "en"."""
    return _language.get()


@contextmanager
def use_locale(language: str) -> Iterator[None]:
    """Translate into `language` ("zh" or "en") inside the block."""
    token = _language.set(language if language in LANGUAGES else "zh")
    try:
        yield
    finally:
        _language.reset(token)


def set_locale(language: str) -> None:
    """Set the language for the rest of this context (a request)."""
    _language.set(language if language in LANGUAGES else "zh")


@cache
def translations(language: str) -> NullTranslations:
    """Return the merged catalogue of all packages; English is the language of the message ids."""
    if language != "zh":
        return NullTranslations()
    merged: Translations | None = None
    for path in sorted(_catalogue_folder().glob("*.po")):
        merged = _add(merged, path)
    return merged or NullTranslations()


def _catalogue_folder() -> Path:
    linked = Path(__file__).resolve().parents[1] / "web" / "translations" / "zh_Hans_CN" / "LC_MESSAGES"
    return linked if linked.is_dir() else CATALOGUES


def _add(merged: Translations | None, path: Path) -> Translations:
    with path.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans_CN")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    found = Translations(compiled, domain=path.stem)
    return found if merged is None else merged.merge(found)


def gettext(message: str, /, **values: Any) -> str:
    """Return the whole sentence in the current language with its named values filled in."""
    text = translations(current_language()).gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, count: int, /, **values: Any) -> str:
    """Return the sentence for `count`; `%(count)s` is filled in as well."""
    text = translations(current_language()).ngettext(singular, plural, count)
    return text % {"count": count, **values}


def lazy_gettext(message: str, /, **values: Any) -> LazyString:
    """Return a sentence that is translated when it is shown."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


_ = gettext
_l = lazy_gettext

# Members of two StrEnums with the same value are equal, so the class belongs to the key.
_labels: dict[tuple[type[Enum], Enum], str | LazyString] = {}


def register_labels(labels: Mapping[Any, str | LazyString]) -> None:
    """Give each member of a closed set its word for people."""
    _labels.update({(type(member), member): word for member, word in labels.items()})


def label(member: Enum) -> str:
    """Return the word of an enum member in the current language."""
    return str(_labels[type(member), member])


def has_label(member: Enum) -> bool:
    """Return whether the member has a word."""
    return (type(member), member) in _labels
