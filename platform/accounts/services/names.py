"""What an account may be called: by its person's name, not like an office or organisation (security.md, row 46)."""

from collections.abc import Callable

from core.errors import NotValid
from core.i18n import _l
from core.names import clean_name, reads_like_office

OFFICE = _l("This reads like the name of a public office. Write the person's own name.")
ORGANISATION = _l("This looks like the name of a verified organisation. Write the person's own name.")

_taken: list[Callable[[str], bool]] = []


def register_taken_names(is_taken: Callable[[str], bool]) -> None:
    """Let an upper package say which names belong to an organisation; calling it again changes nothing."""
    if is_taken not in _taken:
        _taken.append(is_taken)


def clean_display_name(words: str, *, field: str = "display_name") -> str:
    """Return the name in its normal form, empty if none is given; raise NotValid for one that pretends."""
    if not words.strip():
        return ""
    name = clean_name(words, field, shortest=1)
    if reads_like_office(name):
        raise NotValid({field: [OFFICE]})
    if any(is_taken(name) for is_taken in _taken):
        raise NotValid({field: [ORGANISATION]})
    return name
