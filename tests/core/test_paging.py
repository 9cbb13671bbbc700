import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotValid
from core.paging import decode_cursor, encode_cursor, make_page


@given(st.text(), st.integers())
def test_a_cursor_gives_back_what_it_was_made_of(words: str, number: int) -> None:
    assert decode_cursor(encode_cursor(words, number), str, int) == (words, number)


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "WyJhIl0", "!!!!", "bnVsbA", "é"])
def test_a_cursor_that_cannot_be_read_is_refused_as_not_valid(cursor: str) -> None:
    with pytest.raises(NotValid):
        decode_cursor(cursor, str, int)


def test_no_cursor_means_the_first_page() -> None:
    assert decode_cursor("", str) is None


def test_a_page_shows_the_limit_and_knows_whether_more_follows() -> None:
    page = make_page([1, 2, 3], 2, lambda row: encode_cursor(row))
    assert (list(page.items), decode_cursor(page.next, int)) == ([1, 2], (2,))
    assert make_page([1, 2], 2, lambda row: encode_cursor(row)).next is None
