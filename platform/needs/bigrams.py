"""How texts are searched: pairs of Chinese characters and whole other words, as a `tsvector` (`simple`)."""

import re
import unicodedata
from collections.abc import Iterator

# Chinese characters of the basic plane, its extension A and the planes above; other letters and digits.
_RUN = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+)|([0-9a-z]+)")
LONGEST_QUERY = 60


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def vector_text(text: str) -> str:
    """Return the input form of a `tsvector`; lexemes hold letters and digits only, so nothing needs escaping."""
    return " ".join(f"'{gram}'" for gram in sorted(set(_grams(text))))


def _grams(text: str) -> Iterator[str]:
    for chinese, other in _RUN.findall(_plain(text)):
        if other:
            yield other
            continue
        yield from (chinese[i : i + 2] for i in range(len(chinese) - 1))
        yield chinese[-1]  # so that one character at the end of a run is found by its beginning


def query_text(text: str) -> str:
    """Return the input form of a `tsquery` that wants every word, or "" if nothing can be searched for."""
    found: list[str] = []
    for chinese, other in _RUN.findall(_plain(text[:LONGEST_QUERY])):
        if other or len(chinese) == 1:
            found.append(f"'{other or chinese}':*")
        else:
            found += [f"'{chinese[i : i + 2]}'" for i in range(len(chinese) - 1)]
    return " & ".join(dict.fromkeys(found))
