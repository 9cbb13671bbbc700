"""The figures of a village in exact fractions, and their alarms (domain.md 3.7.2, 3.7.5, 3.7.8)."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from core.policy_packs import shipped_value
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.figures.arithmetic import (
    Counts,
    Limits,
    alarms,
    applications_per_hundred,
    coverage,
    dropped_share,
    limits_of,
    new_entry_share,
)
from identification.queries.rounds import Coverage
from identification.round_choices import Alarm, OldRegister

LIMITS = limits_of(shipped_value("village_figures"), shipped_value(REGISTER_2014))
VILLAGE = Counts(households=200, reached=192, applications=61, admitted=40, old=44, kept=30, over_quota=2)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    households = draw(st.integers(0, 400))
    old = draw(st.integers(0, households))
    admitted = draw(st.integers(0, households))
    return Counts(
        households=households,
        reached=draw(st.none() | st.integers(0, households)),
        applications=draw(st.integers(0, households)),
        admitted=admitted,
        unvoted=draw(st.integers(0, 2)),
        old=old,
        kept=draw(st.integers(max(0, admitted + old - households), min(old, admitted))),
        longest_wait=draw(st.integers(0, 60)),
    )


def test_the_shares_are_exact() -> None:
    assert coverage(VILLAGE) == Fraction(24, 25)
    assert applications_per_hundred(VILLAGE) == Fraction(61, 2)
    assert new_entry_share(VILLAGE) == Fraction(1, 4)
    assert dropped_share(VILLAGE) == Fraction(7, 22)
    assert alarms(VILLAGE, LIMITS) == []


def test_nothing_compares_with_the_old_register_before_the_last_vote() -> None:
    waiting = replace(VILLAGE, unvoted=1, kept=40)
    assert waiting.old_register is OldRegister.VOTES_OPEN
    assert (new_entry_share(waiting), dropped_share(waiting)) == (None, None)
    assert alarms(waiting, LIMITS) == []


def test_where_no_old_register_is_on_file_nobody_is_called_new() -> None:
    unknown = replace(VILLAGE, old=0, kept=0)
    assert new_entry_share(unknown) is None
    assert unknown.old_register is OldRegister.NOT_ON_FILE


def test_rules_that_do_not_ask_are_not_compared_with_the_old_register() -> None:
    monitoring = replace(VILLAGE, compares=False, kept=40)
    assert monitoring.old_register is OldRegister.NOT_ASKED
    assert (new_entry_share(monitoring), dropped_share(monitoring), alarms(monitoring, LIMITS)) == (None, None, [])


def test_a_list_without_anybody_new_rings() -> None:
    assert Alarm.NO_NEW_ENTRY in alarms(replace(VILLAGE, kept=40), LIMITS)
    assert Alarm.NO_NEW_ENTRY not in alarms(replace(VILLAGE, kept=39), LIMITS)
    assert Alarm.NO_NEW_ENTRY not in alarms(replace(VILLAGE, admitted=0, kept=0), LIMITS)


def test_keeping_more_than_the_limit_of_the_old_register_rings_and_the_limit_itself_does_not() -> None:
    at_limit = replace(VILLAGE, admitted=50, old=40, kept=38)
    assert Alarm.OLD_REGISTER_KEPT not in alarms(at_limit, LIMITS)
    assert Alarm.OLD_REGISTER_KEPT in alarms(replace(at_limit, kept=39), LIMITS)


def test_coverage_rings_below_the_packs_share_only() -> None:
    assert Alarm.LOW_COVERAGE not in alarms(replace(VILLAGE, reached=190), LIMITS)
    assert Alarm.LOW_COVERAGE in alarms(replace(VILLAGE, reached=189), LIMITS)
    monitoring = limits_of(shipped_value("village_figures"), shipped_value(MONITORING_2021))
    assert alarms(replace(VILLAGE, reached=1, longest_wait=99), monitoring) == []


def test_an_answer_that_is_one_day_late_rings() -> None:
    assert Alarm.ANSWER_LATE not in alarms(replace(VILLAGE, longest_wait=30), LIMITS)
    assert Alarm.ANSWER_LATE in alarms(replace(VILLAGE, longest_wait=31), LIMITS)


def test_the_limits_are_policy_data() -> None:
    strict = Limits(Fraction(1, 2), Fraction(1, 2), Fraction(1), 1)
    assert set(alarms(replace(VILLAGE, longest_wait=2), strict)) == set(Alarm)


@given(counts())
def test_every_share_lies_between_none_and_all(village: Counts) -> None:
    for share in (coverage(village), new_entry_share(village), dropped_share(village)):
        assert share is None or 0 <= share <= 1
    assert village.new + village.kept == village.admitted
    assert village.dropped + village.kept == village.old


@given(counts())
def test_a_household_more_that_is_new_never_makes_an_alarm_of_the_old_register(village: Counts) -> None:
    of_old = {Alarm.NO_NEW_ENTRY}
    if not of_old & set(alarms(village, LIMITS)):
        more = replace(village, admitted=village.admitted + 1)
        assert not of_old & set(alarms(more, LIMITS)) or not village.admitted


@given(st.integers(1, 500), st.data())
def test_what_is_missing_to_the_share_is_neither_too_much_nor_too_little(households: int, data: st.DataObject) -> None:
    reached = data.draw(st.integers(0, households))
    wanted = data.draw(st.sampled_from([Fraction(19, 20), Fraction(1), Fraction(1, 2), None]))
    found = Coverage(households, reached, 0, wanted)
    assert found.is_enough == (found.missing == 0)
    assert Coverage(households, reached + found.missing, 0, wanted).is_enough
    if found.missing:
        assert not Coverage(households, reached + found.missing - 1, 0, wanted).is_enough
