"""Jobs of pairings: invitations run out, links without news rest."""

from core.jobs import job
from pairing.services import expire_invitations, suspend_overdue
from pairing.services.inviting import mail_invitation

__all__ = ["expire", "mail_invitation", "suspend"]


@job("pairing.expire_invitations", cron="20 * * * *")
def expire() -> None:
    """End invitations of more than 30 days."""
    expire_invitations()


@job("pairing.suspend_overdue", cron="15 17 * * *")
def suspend() -> None:
    """Suspend links without news for two periods."""
    suspend_overdue()
