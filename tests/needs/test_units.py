"""Units in the reader's language (design.md 4 and 8)."""

import pytest

from core.i18n import use_locale
from needs.rules.units import unit_in_words


@pytest.mark.parametrize(
    ("unit", "count", "word"),
    [
        ("床", 4, "quilts"),
        ("床", 1, "quilt"),
        ("公斤", 25, "kg"),
        ("吨", "0.5", "tonnes"),
        ("捆", 3, "捆"),
        ("", 3, ""),
    ],
)
def test_a_unit_of_the_standard_list_is_said_in_english(unit: str, count: int | str, word: str) -> None:
    with use_locale("en"):
        assert unit_in_words(unit, count) == word


def test_a_unit_that_counts_many_kinds_of_things_is_left_out_in_english() -> None:
    with use_locale("en"):
        assert unit_in_words("个", 2) == ""


def test_in_chinese_a_unit_stays_as_it_was_written() -> None:
    with use_locale("zh"):
        assert unit_in_words("床", 4) == "床"
