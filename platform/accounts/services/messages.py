"""The five messages of the first day (workflows.md, doubts 12): enqueued with their cause, sent after it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from accounts.models import Account, AccountState
from core.clock import today
from core.db import db
from core.i18n import LazyString, _l, register_labels, use_locale
from core.jobs import enqueue, job
from core.mail import send_mail, send_text
from core.settings import current


class MessageKind(StrEnum):
    PLEDGE_MADE = "pledge_made"
    DECISION_DUE = "decision_due"
    GOODS_ARRIVED = "goods_arrived"
    ANSWER_MISSING = "answer_missing"
    OVERDUE = "overdue"


subjects: dict[MessageKind, LazyString] = {
    MessageKind.PLEDGE_MADE: _l("Somebody pledged for a need of yours"),
    MessageKind.DECISION_DUE: _l("A decision is waiting for you"),
    MessageKind.GOODS_ARRIVED: _l("Goods have arrived at the village"),
    MessageKind.ANSWER_MISSING: _l("A household has not answered yet"),
    MessageKind.OVERDUE: _l("A date has passed"),
}
register_labels(subjects)

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
    lines = [str(subjects[kind])]
    if title:
        lines.append(title)
    if due_on is not None and date.fromisoformat(due_on) >= today():
        lines.append(f"{_UNTIL} {due_on}")
    lines.append(f"{_GREETING} {current().base_url}{link}")
    return lines[0], "\n\n".join(lines) + "\n"
