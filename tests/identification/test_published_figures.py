"""Somebody tries to work out the small numbers behind a village's public row (security.md, rows 29 and 165).

He knows the rules by which rows are made and asks: which numbers could have given this row? A number from 1 to 4 must
always have at least five answers, some of them nobody or five and more.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.policy_packs import shipped_value
from identification.case_packs import REGISTER_2014
from identification.figures.arithmetic import Counts, limits_of
from identification.figures.published import (
    OldBlock,
    Smallest,
    coarse_count,
    compared_from,
    may_change,
    old_block,
    settled,
    shown_from,
    shown_of,
    smallest_of,
    total_of,
)
from identification.round_choices import Alarm, OldRegister

LIMITS = limits_of(shipped_value("village_figures"), shipped_value(REGISTER_2014))
RULES = Smallest()
FEWEST = 5
REASONS = ("above_line", "meeting")


def row_of(counts: Counts) -> str:
    """Return the public row as one text, in its first month."""
    return repr(shown_of(counts, LIMITS, RULES, REASONS, old_block(counts, LIMITS, RULES)))


def answers(rows: Iterator[tuple[str, dict[str, int]]]) -> None:
    """Gather what could stand behind each row; assert that nothing small can be told."""
    behind: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row, secrets in rows:
        for name, value in secrets.items():
            behind[row][name].add(value)
    small = 0
    for row, found in behind.items():
        for name, values in found.items():
            if any(0 < value < FEWEST for value in values):
                small += 1
                assert len(values) >= FEWEST, f"{name} is one of {sorted(values)}: {row}"
                assert values - set(range(1, FEWEST)), f"{name} is surely small: {row}"
    assert small


def test_no_small_group_beside_the_old_register_can_be_worked_out() -> None:
    def rows() -> Iterator[tuple[str, dict[str, int]]]:
        for admitted, dropped, kept in product(range(28), range(28), range(28)):
            if kept <= admitted:
                village = Counts(households=200, admitted=admitted, old=kept + dropped, kept=kept)
                yield row_of(village), {"new": village.new, "kept": kept, "dropped": dropped}

    answers(rows())


def test_no_small_count_can_be_worked_out() -> None:
    """No sum ties applications to what became of cases: a case may come from a clue, and end without a word."""

    def rows() -> Iterator[tuple[str, dict[str, int]]]:
        for households, unreached in product((20, 59, 60, 100), range(16)):
            village = Counts(households=households, reached=households - unreached)
            yield row_of(village), {"unreached": unreached}
        for over, wait in product(range(16), (0, 10, 40)):
            village = Counts(households=200, over_quota=over, longest_wait=wait if over else 0)
            yield row_of(village), {"over_quota": over}
        for one, other in product(range(16), range(16)):
            rejected = {"above_line": one, "meeting": other}
            yield row_of(Counts(households=200, rejected=rejected)), rejected
            if other <= one:
                told = {"objections": one, "upheld": other}
                yield row_of(Counts(households=200, **told)), told

    answers(rows())


def test_the_search_finds_what_a_careless_row_tells() -> None:
    """The attack itself: exact counts are worked out, and so is a share of few."""
    with pytest.raises(AssertionError, match="surely small|is one of"):
        answers((str(count), {"new": count}) for count in range(10))
    careless = Smallest(count=1, base=1, step=1)
    with pytest.raises(AssertionError):
        answers(
            (repr(old_block(Counts(200, admitted=20, old=20, kept=20 - new), LIMITS, careless)), {"new": new})
            for new in range(20)
        )


@given(st.lists(st.integers(0, 14), min_size=1, max_size=4))
def test_a_sum_never_narrows_down_what_its_column_hides(column: list[int]) -> None:
    shown = [coarse_count(count, RULES) for count in column]
    total = total_of(sum(column), shown, RULES)
    if total is None or None not in shown:
        return
    ways = [range(FEWEST) if number is None else range(max(FEWEST, number - 2), number + 3) for number in shown]
    fitting = [way for way in product(*ways) if coarse_count(sum(way), RULES) == total]
    for place, number in enumerate(shown):
        if number is None:
            assert {way[place] for way in fitting} == set(range(FEWEST))


def test_some_sums_are_shown_and_some_are_not() -> None:
    assert total_of(30, [10, 10, None, None, None], RULES) == 30
    assert total_of(28, [10, 10, None], RULES) is None
    assert total_of(20, [10, 10], RULES) == 20
    assert total_of(3, [None, None], RULES) is None


@given(st.integers(0, 300))
def test_a_count_is_never_further_off_than_half_a_step(count: int) -> None:
    coarse = coarse_count(count, RULES)
    assert (coarse is None) == (count < FEWEST)
    assert coarse is None or (abs(coarse - count) <= 2 and coarse % 5 == 0)


def test_two_months_side_by_side_say_nothing_of_one_more_household() -> None:
    before = Counts(households=200, admitted=40, old=40, kept=30)
    assert not may_change(before, replace(before, admitted=41), RULES)
    assert not may_change(before, replace(before, admitted=41, kept=31), RULES)
    assert may_change(before, replace(before, admitted=45), RULES)
    assert may_change(before, replace(before, households=190), RULES)


def test_what_was_said_beside_the_old_register_stands_until_enough_has_changed() -> None:
    first = Counts(households=200, admitted=40, old=44, kept=30)
    said, kept = settled(first, LIMITS, RULES, None)
    assert (said.new_share, said.dropped_share) == (25, 32)
    assert settled(replace(first, admitted=43), LIMITS, RULES, kept) == (said, kept)
    waiting, still = settled(replace(first, admitted=43, unvoted=1), LIMITS, RULES, kept)
    assert (waiting.state, still) == (OldRegister.VOTES_OPEN, kept)
    later, _kept = settled(replace(first, admitted=60), LIMITS, RULES, kept)
    assert later.new_share == 50


def test_what_is_stored_is_read_as_it_was() -> None:
    village = Counts(200, 120, admitted=40, old=40, kept=40, rejected={"meeting": 6}, over_quota=6, longest_wait=31)
    block, compared = settled(village, LIMITS, RULES, None)
    row = shown_of(village, LIMITS, RULES, REASONS, block)
    assert compared is not None
    assert shown_from(json.loads(json.dumps(row.as_values()))) == row
    assert compared_from(json.loads(json.dumps(compared.as_values()))) == compared
    assert compared_from(None) is None


def test_no_place_may_show_more_than_the_platform() -> None:
    assert smallest_of({"smallest": 1, "share_base": 2, "step": 1}) == RULES
    assert smallest_of({"smallest": 10, "share_base": 20, "step": 10}) == Smallest(10, 20, 10)


def test_shares_stand_together_or_not_at_all() -> None:
    plain = Counts(households=200, admitted=40, old=44, kept=30)
    assert old_block(plain, LIMITS, RULES) == OldBlock(OldRegister.SHOWN, 25, 32)
    few_dropped = replace(plain, old=33)
    assert old_block(few_dropped, LIMITS, RULES) == OldBlock(OldRegister.FEW)
    assert old_block(replace(plain, unvoted=1), LIMITS, RULES) == OldBlock(OldRegister.VOTES_OPEN)


def test_the_two_classical_alarms_are_public_where_nobody_small_stands_behind_them() -> None:
    copied = Counts(households=200, admitted=40, old=40, kept=40)
    assert old_block(copied, LIMITS, RULES).alarms == (Alarm.NO_NEW_ENTRY, Alarm.OLD_REGISTER_KEPT)
    row = shown_of(
        replace(copied, reached=120, over_quota=6, longest_wait=31),
        LIMITS,
        RULES,
        REASONS,
        old_block(copied, LIMITS, RULES),
    )
    assert set(row.alarms) == set(Alarm)
    hidden = shown_of(
        replace(copied, reached=196, over_quota=3, longest_wait=31), LIMITS, RULES, REASONS, OldBlock(OldRegister.FEW)
    )
    assert hidden.alarms == []
