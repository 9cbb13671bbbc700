"""A small event simulation: things happen in the order of their time, each may cause later things."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

Happening = Callable[[datetime], None]


@dataclass
class Clockwork:
    """Happenings in order of time; those later than `end` never happen, since they lie in the future.

    What is asked for a moment that has passed happens at once: time never goes back.
    """

    end: datetime
    _now: datetime | None = None
    _queue: list[tuple[datetime, int, Happening]] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=count)

    def at(self, moment: datetime, happening: Happening) -> None:
        """Let something happen at a moment."""
        if self._now is not None:
            moment = max(moment, self._now)
        if moment <= self.end:
            heapq.heappush(self._queue, (moment, next(self._number), happening))

    def run(self, most: int, *, before: Callable[[datetime], None]) -> int:
        """Let the next happenings happen, at most so many; `before` sets the clock. Returns how many there were."""
        done = 0
        while self._queue and done < most:
            self._now, _, happening = heapq.heappop(self._queue)
            moment = self._now
            before(moment)
            happening(moment)
            done += 1
        return done


def working_hour(moment: datetime, *, minute: int) -> datetime:
    """Return the moment moved to office hours of its day (09:00 to 17:59 in Shanghai, which is 01:00 to 09:59 UTC)."""
    return moment.replace(hour=1 + minute // 60 % 9, minute=minute % 60, second=moment.second)


def days(number: float) -> timedelta:
    """Return a span of days."""
    return timedelta(days=number)
