"""Jobs of accounts: messages go out, old guesses and kept answers are forgotten."""

from datetime import timedelta

from accounts.services.messages import send_message
from accounts.services.throttle import forget_old_attempts
from core.clock import now
from core.idempotency import forget_before
from core.jobs import job

__all__ = ["forget_answers", "forget_attempts", "send_message"]


@job("accounts.forget_attempts", cron="17 3 * * *")
def forget_attempts() -> None:
    """Forget yesterday's guesses."""
    forget_old_attempts()


@job("accounts.forget_answers", cron="37 * * * *")
def forget_answers() -> None:
    """Forget the answers that were kept for repeated requests more than a day ago."""
    forget_before(now() - timedelta(days=1))
