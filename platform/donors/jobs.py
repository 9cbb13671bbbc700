"""Jobs of donors: verifications run out."""

from core.clock import today
from core.jobs import job
from core.policy import SYSTEM
from donors.queries import donors_due_to_expire
from donors.services import expire_donor
from donors.services.phone import send_code

__all__ = ["expire_due", "send_code"]


@job("donors.expire_due", cron="5 16 * * *")
def expire_due() -> None:
    """End verifications whose last day was yesterday; runs just after midnight in Shanghai."""
    for donor in donors_due_to_expire(today()):
        expire_donor(donor, actor=SYSTEM)
