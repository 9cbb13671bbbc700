"""What happens to notices by the clock."""

from datetime import timedelta

import structlog

from core.clock import calendar, today
from core.jobs import job
from identification.services.notice_ending import close_due, forget_old_names, take_down_due

BATCH = 500
AHEAD = timedelta(days=60)
log = structlog.get_logger("identification")


@job("identification.take_down_notices", cron="* * * * *")
def take_down() -> None:
    """Take lists down on time."""
    while take_down_due(limit=BATCH) == BATCH:
        pass


@job("identification.close_notices", cron="*/5 * * * *")
def close() -> None:
    """Let households pass whose time is over and that nothing holds up."""
    close_due(limit=BATCH)


@job("identification.forget_names", cron="40 18 * * *")
def forget_names() -> None:
    """Forget the names on old notices at twenty to three in the night in China; warn of a year without holidays."""
    while forget_old_names(limit=BATCH) == BATCH:
        pass
    missing = {day.year for day in (today(), today() + AHEAD)} - calendar().years
    if missing:
        log.warning("holidays missing", years=sorted(missing))
