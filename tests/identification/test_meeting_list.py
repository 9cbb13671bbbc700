"""The list of those entitled, as an officer types it: one person a line."""

import pytest

from core.errors import NotValid
from identification.meeting_list import Named, read_list, write_list

KNOWN = frozenset({"H001", "H002"})


def test_a_line_is_a_name_with_or_without_the_number_of_the_household():
    typed = "韦大山\n\n黄小河 H001\n覃秋菊，H002\n  买买提·阿里  \nMary Ann H001\n"
    assert read_list(typed, KNOWN) == [
        Named("韦大山"),
        Named("黄小河", "H001"),
        Named("覃秋菊", "H002"),
        Named("买买提·阿里"),
        Named("Mary Ann", "H001"),
    ]


def test_full_width_numbers_are_read():
    assert read_list("韦大山、Ｈ００１", KNOWN) == [Named("韦大山", "H001")]


def test_what_was_written_is_read_back():
    named = read_list("韦大山 H001\n黄小河", KNOWN)
    assert read_list(write_list((person.name, person.household_no) for person in named), KNOWN) == named


def test_two_of_one_name_need_their_households():
    assert len(read_list("韦大山 H001\n韦大山 H002", KNOWN)) == 2
    with pytest.raises(NotValid) as refusal:
        read_list("韦大山\n黄小河\n韦大山", KNOWN)
    assert [digit for digit in str(refusal.value.errors["names"][0]) if digit.isdigit()] == ["1", "3"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [("韦大山 H009", "1"), ("黄小河\nH001 韦大山", "2"), ("黄小河\n" + "长" * 51, "2"), ("黄小河 H001 x H1", "1")],
)
def test_a_wrong_line_is_named(typed, line):
    with pytest.raises(NotValid) as refusal:
        read_list(typed, KNOWN)
    assert line in str(refusal.value.errors["names"][0])


@pytest.mark.parametrize("typed", ["", " \n，\n"])
def test_a_list_without_names_is_refused(typed):
    with pytest.raises(NotValid):
        read_list(typed, KNOWN)


def test_every_wrong_line_is_named_at_once():
    with pytest.raises(NotValid) as refusal:
        read_list("韦大山 H009\n黄小河 H008", KNOWN)
    assert len(refusal.value.errors["names"]) == 2
