"""Jobs of accounts: messages and links go out; old guesses, answers, messages and links are forgotten."""

from datetime import timedelta

from accounts.services.messages import forget_messages, send_message
from accounts.services.reset_links import answer_wish, forget_links, mail_link
from accounts.services.throttle import forget_old_attempts
from core.clock import now
from core.idempotency import forget_before
from core.jobs import job

__all__ = [
    "answer_wish",
    "forget_answers",
    "forget_attempts",
    "forget_old_links",
    "forget_old_messages",
    "mail_link",
    "send_message",
]


@job("accounts.forget_attempts", cron="17 3 * * *")
def forget_attempts() -> None:
    """Forget yesterday's guesses."""
    forget_old_attempts()


@job("accounts.forget_answers", cron="37 * * * *")
def forget_answers() -> None:
    """Forget the answers that were kept for repeated requests more than a day ago."""
    forget_before(now() - timedelta(days=1))


@job("accounts.forget_messages", cron="23 3 * * *")
def forget_old_messages() -> None:
    """Forget the messages of half a year ago."""
    forget_messages()


@job("accounts.forget_links", cron="29 3 * * *")
def forget_old_links() -> None:
    """Forget links that stopped working a month ago."""
    forget_links()
