"""Working days, holidays and the days of a notice (domain.md 3.3; Civil Code, articles 200 to 204)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import Calendar, shipped_calendar
from core.clock import add_working_days, calendar
from core.db import unit_of_work
from core.errors import NotValid
from core.holidays import put_holidays
from core.policy import SYSTEM

DAYS = st.dates(date(2004, 1, 1), date(2026, 9, 1))
KNOWN = shipped_calendar()
WEEKENDS = Calendar()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-09-30", True),
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # a Saturday that is worked for a day of the week before
        ("2026-10-11", False),
        ("2020-01-31", False),  # the Spring Festival that was made longer
        ("2015-09-03", False),  # a day off in this year only
    ],
)
def test_a_day_is_worked_as_the_state_council_said(day: str, worked: bool) -> None:
    assert KNOWN.is_working_day(date.fromisoformat(day)) is worked


def test_working_days_leap_over_a_festival_and_count_the_saturday_worked_for_it() -> None:
    assert KNOWN.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert KNOWN.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert KNOWN.add_working_days(date(2026, 11, 24), 5) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("posted_on", "days", "last"),
    [
        ("2026-11-24", 7, "2026-12-01"),  # the day of posting does not count
        ("2026-11-23", 5, "2026-11-30"),  # day 5 is a Saturday: Monday
        ("2026-11-24", 5, "2026-11-30"),  # a Sunday: Monday
        ("2026-11-25", 5, "2026-11-30"),
        ("2026-09-24", 7, "2026-10-08"),  # ends on the first day of a festival: the first day after it
        ("2026-09-29", 7, "2026-10-08"),  # the festival's days inside the period count
        ("2026-10-03", 7, "2026-10-10"),  # ends on a Saturday that is worked
        ("2026-02-07", 7, "2026-02-14"),
        ("2026-02-08", 7, "2026-02-24"),
    ],
)
def test_a_period_ends_on_a_working_day(posted_on: str, days: int, last: str) -> None:
    assert KNOWN.last_day(date.fromisoformat(posted_on), days) == date.fromisoformat(last)


@given(DAYS, st.integers(1, 60))
def test_the_last_day_is_worked_never_early_and_the_first_that_is(day: date, days: int) -> None:
    last = KNOWN.last_day(day, days)
    shortest = day + timedelta(days=days)
    assert last >= shortest
    assert KNOWN.is_working_day(last)
    assert not any(KNOWN.is_working_day(shortest + timedelta(days=n)) for n in range((last - shortest).days))


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_working_days_can_be_added_in_parts(day: date, first: int, then: int) -> None:
    whole = KNOWN.add_working_days(day, first + then)
    assert KNOWN.add_working_days(KNOWN.add_working_days(day, first), then) == whole


@given(DAYS, st.integers(1, 30))
def test_a_later_posting_or_more_days_never_end_earlier(day: date, days: int) -> None:
    last = KNOWN.last_day(day, days)
    assert KNOWN.last_day(day + timedelta(days=1), days) >= last
    assert KNOWN.last_day(day, days + 1) >= last


def test_a_year_that_nobody_knows_has_weekends_only_and_says_so() -> None:
    assert WEEKENDS.is_working_day(date(2027, 10, 1))
    assert not KNOWN.knows(date(2026, 12, 30), date(2027, 1, 4))
    assert KNOWN.knows(date(2004, 1, 1), date(2026, 12, 31))


def test_a_period_of_no_days_is_no_period() -> None:
    with pytest.raises(ValueError):
        KNOWN.last_day(date(2026, 11, 24), 0)


def test_a_year_put_on_file_is_followed_and_stands_instead_of_what_was_known(database: object) -> None:
    with unit_of_work(SYSTEM):
        assert add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 1)
        put_holidays(2027, off=[date(2027, 1, 1)], worked=[date(2027, 1, 2)], source="State Council, 2026-11-30")
        assert add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 2)
        put_holidays(2026, off=[date(2026, 1, 1)], source="test")
    with unit_of_work(SYSTEM):
        assert calendar().years >= {2026, 2027}
        assert calendar().is_working_day(date(2026, 10, 1))
        assert not calendar().is_working_day(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("off", "worked", "field"),
    [([], [], "off"), ([date(2026, 1, 1)], [], "year"), ([date(2027, 1, 1)], [date(2027, 1, 4)], "worked")],
)
def test_days_that_cannot_be_meant_are_refused(
    database: object, off: list[date], worked: list[date], field: str
) -> None:
    with unit_of_work(SYSTEM), pytest.raises(NotValid) as refusal:
        put_holidays(2027, off=off, worked=worked, source="test")
    assert list(refusal.value.errors) == [field]
