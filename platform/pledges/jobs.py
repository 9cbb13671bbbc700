"""Jobs of pledges and deliveries, on the database's clock."""

from core.jobs import job
from pledges import services


@job("pledges.escalate", cron="10 16 * * *")
def escalate() -> None:
    """Move undecided pledges up; just after midnight in Shanghai."""
    services.escalate_pledges()


@job("pledges.lapse", cron="15 16 * * *")
def lapse() -> None:
    """End pledges whose time is over."""
    services.lapse_pledges()


@job("pledges.dispute_unmended", cron="20 16 * * *")
def dispute() -> None:
    """Open disputes where nothing was put right."""
    services.dispute_unmended()


@job("pledges.close_unanswered", cron="25 16 * * *")
def close() -> None:
    """Close what nobody answered in 45 days."""
    services.close_unanswered()


@job("pledges.remind_unanswered", cron="30 0 * * *")
def remind() -> None:
    """Ask the county to call who has not answered; in the morning."""
    services.remind_unanswered()
