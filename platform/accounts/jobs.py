"""Jobs of accounts: messages go out, old guesses are forgotten."""

from accounts.services.messages import send_message
from accounts.services.throttle import forget_old_attempts
from core.jobs import job

__all__ = ["forget_attempts", "send_message"]


@job("accounts.forget_attempts", cron="17 3 * * *")
def forget_attempts() -> None:
    """Forget yesterday's guesses."""
    forget_old_attempts()
