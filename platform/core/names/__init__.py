"""Names that people give themselves: one normal form, nothing invisible, and what they may be mistaken for.

Security.md, row 46. A name is compared by how it looks and by how it sounds; see decisions/0016.
"""

import re
import unicodedata
from collections.abc import Iterator

from core.errors import NotValid
from core.i18n import LazyString, _l
from core.names.keys import look_key, sound_key
from core.names.offices import reads_like_office

__all__ = ["clean_name", "look_key", "parts_of_key", "reads_like_office", "sound_key"]

INVISIBLE = _l("The name contains characters that cannot be seen. Please type it anew.")
MIXED = _l("The name mixes letters of different alphabets that look alike. Please type it anew with one keyboard.")
LENGTH = _l("A name has 2 to 80 characters.")

_REFUSED = {"Cc", "Cf", "Co", "Cs", "Cn"}
# Shown as nothing, although Unicode counts them as letters, marks or symbols.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "TIFINAGH", "GEORGIAN")
MOST_MARKS = 2
SHORTEST_PART = 4
FIRST_CHARACTER = 0x3400


def clean_name(words: str, field: str, *, shortest: int = 2, longest: int = 80) -> str:
    """Return the name in its normal form (NFKC, single blanks); raise NotValid for what nobody can see or tell."""
    normal = " ".join(unicodedata.normalize("NFKC", words).split())
    error = _error(words, normal, shortest, longest)
    if error is not None:
        raise NotValid({field: [error]})
    return normal


def _error(raw: str, normal: str, shortest: int, longest: int) -> LazyString | None:
    if any(unicodedata.category(sign) in _REFUSED for sign in normal) or _BLANK.search(raw) or _is_heaped(normal):
        return INVISIBLE
    if not shortest <= len(normal) <= longest:
        return LENGTH
    return MIXED if len(alphabets(normal)) > 1 else None


def _is_heaped(normal: str) -> bool:
    """Return whether marks are heaped on one letter, over and under the line."""
    found = 0
    for sign in normal:
        found = found + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if found > MOST_MARKS:
            return True
    return False


def alphabets(name: str) -> set[str]:
    """Return the alphabets of the name's letters that can be taken for one another; Chinese stands beside any."""
    named = (unicodedata.name(sign, "").partition(" ")[0] for sign in name if sign.isalpha())
    return {script for script in named if script in _ALPHABETS}


def parts_of_key(key: str) -> Iterator[str]:
    """Yield every stretch of a look key with at least four Chinese characters: what another name may hold whole."""
    for start in range(len(key)):
        for end in range(start + SHORTEST_PART, len(key) + 1):
            part = key[start:end]
            if sum(ord(sign) >= FIRST_CHARACTER for sign in part) >= SHORTEST_PART:
                yield part
