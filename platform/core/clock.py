"""The database's clock. Nothing else in the project asks for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from core.db import db

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the time of the database's clock, aware, in UTC."""
    session = db.session
    moved: datetime | None = session.info.get("moved_clock")
    if moved is not None:
        return moved
    found: datetime = session.execute(text("SELECT records.clock()")).scalar_one()
    return found


def today() -> date:
    """Return the day in Shanghai on the database's clock."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    """Return the day in Shanghai that contains the moment."""
    return moment.astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """Return the first moment of a Shanghai day."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def move_clock(at: datetime) -> None:
    """Set this transaction's clock. The database refuses it unless it was created as a demo."""
    db.session.execute(text("SELECT set_config('app.clock', :at, true)"), {"at": at.isoformat()})
    db.session.info["moved_clock"] = at


@contextmanager
def moved_clock(at: datetime) -> Iterator[None]:
    """Run the block at another time of a demo database."""
    move_clock(at)
    try:
        yield
    finally:
        db.session.info.pop("moved_clock", None)
        db.session.execute(text("SELECT set_config('app.clock', '', true)"))


def add_working_days(day: date, count: int) -> date:
    """Return the day `count` working days after `day`; Saturdays and Sundays do not count.

    Statutory holidays come with the notice clock (domain.md 3.3).
    """
    found = day
    while count > 0:
        found += timedelta(days=1)
        count -= found.weekday() < 5
    return found
