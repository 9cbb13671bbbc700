"""What reports do by the clock, and the steps of a village's print."""

from core.jobs import job
from reports.services.batches import bind_handbooks, fill_handbooks, remove_old_handbooks

__all__ = ["bind_handbooks", "fill_handbooks", "remove_old"]


@job("reports.remove_old_handbooks", cron="35 * * * *")
def remove_old() -> None:
    """Remove printed files after their day."""
    remove_old_handbooks()
