"""Working days and holidays of the People's Republic of China, and the days of a notice (domain.md 3.3). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Self

from chinese_calendar.constants import holidays, workdays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. A year that is not in `years` has weekends only, and whoever relies on it is told."""

    off: frozenset[date] = field(default=frozenset(), repr=False)
    worked: frozenset[date] = field(default=frozenset(), repr=False)
    years: frozenset[int] = frozenset()

    def knows(self, *days: date) -> bool:
        """Return whether the holidays of all these days' years are on file."""
        return all(day.year in self.years for day in days)

    def is_working_day(self, day: date) -> bool:
        """Return whether people work: no statutory holiday, no weekend unless it was exchanged for a working day."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)

    def next_working_day(self, day: date) -> date:
        """Return the day itself if it is worked, else the first working day after it."""
        found = day
        while not self.is_working_day(found):
            found += ONE_DAY
        return found

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day `count` working days after `day`."""
        found = day
        while count > 0:
            found += ONE_DAY
            count -= self.is_working_day(found)
        return found

    def last_day(self, posted_on: date, days: int) -> date:
        """Return the last day of a period of `days` days; the day of posting is day 0 and does not count.

        A last day on which nobody works moves to the next working day: Civil Code, article 203, where Saturdays and
        Sundays are taken for rest days too (docs/decisions/0018). Days off inside the period count.
        """
        if days < 1:
            raise ValueError(days)
        return self.next_working_day(posted_on + timedelta(days=days))

    def with_years(self, years: Mapping[str, Any]) -> Self:
        """Return a calendar in which these years (of the pack `holidays`) stand instead of what was known of them.

        Each year is `{"off": [day, …], "worked": [day, …]}` with days as YYYY-MM-DD.
        """
        told = {int(year) for year in years}
        off = {day for day in self.off if day.year not in told}
        worked = {day for day in self.worked if day.year not in told}
        for year in years.values():
            off.update(date.fromisoformat(day) for day in year.get("off", ()))
            worked.update(date.fromisoformat(day) for day in year.get("worked", ()))
        return type(self)(frozenset(off), frozenset(worked), self.years | told)


@cache
def shipped_calendar() -> Calendar:
    """Return what the pinned package knows: the State Council's notices year by year."""
    off, worked = frozenset(holidays), frozenset(workdays)
    return Calendar(off, worked, frozenset(day.year for day in off))
