"""The database's clock. Nothing else in the project asks for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import text

from core.calendar import Calendar, shipped_calendar
from core.db import db
from core.policy_packs import policy_value

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


def calendar() -> Calendar:
    """Return the holidays in force: what the package knows, and what the pack `holidays` says instead or besides."""
    known: Calendar | None = db.session.info.get("calendar")
    if known is None:
        years = policy_value("holidays", "", today())["years"]
        known = shipped_calendar().with_years(years) if years else shipped_calendar()
        db.session.info["calendar"] = known
    return known


def add_working_days(day: date, count: int) -> date:
    """Return the day `count` working days after `day`, by the statutory holidays in force."""
    return calendar().add_working_days(day, count)
