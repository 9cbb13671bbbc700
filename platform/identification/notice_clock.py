"""The clock of a notice (domain.md 3.3): pure arithmetic over days; the moment always comes from the database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.calendar import ONE_DAY, Calendar
from core.clock import local_day, start_of_day


@dataclass(frozen=True)
class Run:
    """One run of the clock: day 0, the last day, and the first moment at which the notice may close."""

    starts_on: date
    last_day: date
    earliest_close: datetime
    is_certain: bool

    @property
    def days(self) -> int:
        """How many days it hangs, the day of posting not counted."""
        return (self.last_day - self.starts_on).days


def run_from(posted: datetime, days: int, calendar: Calendar) -> Run:
    """Return the run that begins at a moment: `days` whole days, closing at 24:00 in Shanghai of the last one."""
    day = local_day(posted)
    last = calendar.last_day(day, days)
    return Run(day, last, start_of_day(last + ONE_DAY), calendar.knows(day, last))


def start_of(physical: datetime | None, online: datetime | None, *, online_counts: bool) -> datetime | None:
    """Return when the clock starts: the later of the postings that are required, or None while one is missing."""
    if physical is None or (online_counts and online is None):
        return None
    return max(physical, online) if online_counts and online is not None else physical


def day_of(starts_on: date, today: date) -> int:
    """Return which day of the notice it is: 0 on the day of posting."""
    return max((today - starts_on).days, 0)


def last_day_of(earliest_close: datetime) -> date:
    """Return the last day of a stored clock."""
    return local_day(earliest_close - timedelta(seconds=1))
