"""What happens to needs by the clock."""

from core.jobs import job
from needs.services.figures import freeze_village_shares, roll_up_counters
from needs.services.lifecycle import expire_needs

BATCH = 500


@job("needs.expire", cron="*/10 * * * *")
def expire() -> None:
    """Expire what has run out."""
    while expire_needs(limit=BATCH) == BATCH:
        pass


@job("needs.roll_up_counters", cron="* * * * *")
def roll_up() -> None:
    """Bring the counters up to date."""
    roll_up_counters()


@job("needs.freeze_village_shares", cron="10 18 * * *")
def freeze() -> None:
    """Freeze the order of villages at ten past two in the night in China."""
    freeze_village_shares()
