"""The five messages of the first day (workflows.md, doubts 12): kept for the account, and sent where they can be.

Whoever has neither mail nor phone on file finds them on his desk all the same.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, update

from accounts.message_models import MessageKind
from accounts.models import Account, AccountState, Message
from core.clock import now, today
from core.db import db
from core.i18n import _l, label, use_locale
from core.jobs import enqueue, job
from core.mail import send_mail, send_text
from core.policy import Actor
from core.settings import current

__all__ = ["MessageKind", "forget_messages", "notify", "read_messages", "send_message"]

KEPT = timedelta(days=180)
_GREETING = _l("Please look at it here:")
_UNTIL = _l("Please decide by this day:")


def notify(
    account_ids: Iterable[UUID],
    message: MessageKind,
    *,
    link: str,
    title: str = "",
    due_on: date | None = None,
    **facts: object,
) -> None:
    """Tell accounts that something waits. `link` is a path of this site; `title` holds no personal data.

    Further facts are taken and left out, so that callers may name the objects concerned.
    """
    for account_id in sorted(set(account_ids)):
        db.session.add(Message(account_id=account_id, kind=message, link=link, title=title, due_on=due_on))
        enqueue(
            send_message,
            account_id=str(account_id),
            message=message.value,
            link=link,
            title=title,
            due_on=None if due_on is None else due_on.isoformat(),
        )


@job("accounts.send_message")
def send_message(*, account_id: str, message: str, link: str, title: str, due_on: str | None) -> None:
    """Write to one account, by mail or else by text message; who was switched off meanwhile gets nothing."""
    account = db.session.get(Account, UUID(account_id))
    if account is None or account.state is not AccountState.ACTIVE:
        return
    with use_locale(account.language):
        subject, body = _words(MessageKind(message), link=link, title=title, due_on=due_on)
    if account.email:
        send_mail(account.email, subject, body)
    elif account.phone:
        send_text(account.phone, f"{subject} {current().base_url}{link}")


def _words(kind: MessageKind, *, link: str, title: str, due_on: str | None) -> tuple[str, str]:
    lines = [label(kind)]
    if title:
        lines.append(title)
    if due_on is not None and date.fromisoformat(due_on) >= today():
        lines.append(f"{_UNTIL} {due_on}")
    lines.append(f"{_GREETING} {current().base_url}{link}")
    return lines[0], "\n\n".join(lines) + "\n"


def read_messages(*, actor: Actor) -> None:
    """Note that the actor has seen all his messages."""
    unread = update(Message).where(Message.account_id == actor.account_id, Message.seen_at.is_(None))
    db.session.execute(unread.values(seen_at=now()))


def forget_messages() -> None:
    """Delete messages that are half a year old: what they were about has its records."""
    db.session.execute(delete(Message).where(Message.created_at < now() - KEPT))
