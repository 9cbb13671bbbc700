"""The clock of a notice at its edges (domain.md 3.3)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import Calendar, shipped_calendar
from core.clock import SHANGHAI, start_of_day
from identification.notice_clock import day_of, last_day_of, run_from, start_of

KNOWN = shipped_calendar()
START = datetime(2004, 1, 2, tzinfo=UTC)
MOMENTS = st.integers(0, 8_300 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))


def at(text: str) -> datetime:
    """Return a moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("posted", "days", "last", "closes"),
    [
        ("2026-11-23T00:00:00", 7, "2026-11-30", "2026-12-01T00:00:00"),  # the first second of day 0
        ("2026-11-23T23:59:59", 7, "2026-11-30", "2026-12-01T00:00:00"),  # the last second of day 0: the same end
        ("2026-11-24T00:00:00", 7, "2026-12-01", "2026-12-02T00:00:00"),  # a second later: a day later
        ("2026-11-23T09:00:00", 5, "2026-11-30", "2026-12-01T00:00:00"),  # day 5 is a Saturday
        ("2026-09-24T09:00:00", 7, "2026-10-08", "2026-10-09T00:00:00"),  # day 7 is the first of the festival
        ("2026-10-03T09:00:00", 7, "2026-10-10", "2026-10-11T00:00:00"),  # a Saturday that is worked
    ],
)
def test_it_closes_at_midnight_after_its_last_day(posted: str, days: int, last: str, closes: str) -> None:
    run = run_from(at(posted), days, KNOWN)
    assert (run.last_day, run.earliest_close) == (date.fromisoformat(last), at(closes))
    assert run.is_certain


def test_the_day_is_that_of_shanghai_and_not_of_the_machine() -> None:
    run = run_from(datetime(2026, 11, 23, 16, 30, tzinfo=UTC), 7, KNOWN)
    assert run.starts_on == date(2026, 11, 24)


@given(MOMENTS, st.integers(1, 30))
def test_it_hangs_for_whole_days_and_never_fewer(posted: datetime, days: int) -> None:
    run = run_from(posted, days, KNOWN)
    assert run.days >= days
    assert run.earliest_close - posted > timedelta(days=days)
    assert run.earliest_close == start_of_day(run.last_day + timedelta(days=1))
    assert last_day_of(run.earliest_close) == run.last_day
    assert KNOWN.is_working_day(run.last_day)


@given(MOMENTS, st.integers(1, 30), st.integers(0, 600_000))
def test_hanging_it_later_never_ends_it_earlier(posted: datetime, days: int, seconds: int) -> None:
    later = run_from(posted + timedelta(seconds=seconds), days, KNOWN)
    assert later.earliest_close >= run_from(posted, days, KNOWN).earliest_close


def test_the_later_of_the_required_postings_starts_it() -> None:
    board, web = at("2026-11-23T09:00:00"), at("2026-11-25T09:00:00")
    assert start_of(board, web, online_counts=False) == board
    assert start_of(board, web, online_counts=True) == web
    assert start_of(web, board, online_counts=True) == web
    assert start_of(board, None, online_counts=True) is None
    assert start_of(None, web, online_counts=False) is None


def test_days_are_counted_from_nought() -> None:
    assert [day_of(date(2026, 11, 23), date(2026, 11, 23) + timedelta(days=n)) for n in range(3)] == [0, 1, 2]


def test_a_run_through_a_year_without_holidays_says_that_it_is_not_certain() -> None:
    assert not run_from(at("2026-12-29T09:00:00"), 7, KNOWN).is_certain
    assert not run_from(at("2026-11-23T09:00:00"), 7, Calendar()).is_certain
