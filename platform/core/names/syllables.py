"""Chinese characters as syllables without tones. The dictionaries take 50 MB, so they are read when first asked."""

from functools import cache
from importlib import import_module
from typing import Any


def syllables(text: str, *, v_to_u: bool = False) -> list[str]:
    """Return one syllable for each character, read by phrases; other signs as they are."""
    return list(_dictionary().lazy_pinyin(text, v_to_u=v_to_u))


@cache
def _dictionary() -> Any:  # the module has no types
    return import_module("pypinyin")
