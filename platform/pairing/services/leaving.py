"""How a link rests, goes on, or ends."""

from datetime import date, timedelta

from sqlalchemy import select

from core.clock import today
from core.db import db
from core.policy import SYSTEM, Actor
from core.records import note
from pairing.choices import LinkEnd, LinkStage
from pairing.events import link_ended, link_suspended
from pairing.guards import OVERDUE_DAYS
from pairing.models import HelperLink
from pairing.workflow import link_workflow

OVERDUE = "two_periods_overdue"


def reject_link(link: HelperLink, *, actor: Actor, reason: str) -> None:
    """Say no to a proposal; its pledges are released by those above."""
    _end(link, "reject", LinkEnd.REJECTED, actor=actor, reason=reason)


def suspend_link(link: HelperLink, *, actor: Actor, reason: str) -> None:
    """Let the link rest: no new pledge and no agreement."""
    link_workflow.fire(link, "suspend", actor=actor, reason=reason)
    link.last_reason = reason.strip()
    link_suspended.send(link)


def resume_link(link: HelperLink, *, actor: Actor, reason: str) -> None:
    """Let a suspended link go on."""
    day = today()
    link_workflow.fire(link, "resume", actor=actor, reason=reason)
    link.last_reason, link.last_update_on = reason.strip(), day


def withdraw_link_consent(link: HelperLink, *, actor: Actor) -> None:
    """End the link because the household wants it so; no reason is asked."""
    _end(link, "withdraw_consent", LinkEnd.CONSENT_WITHDRAWN, actor=actor)


def complete_link(link: HelperLink, *, actor: Actor) -> None:
    """End the link because its work is done."""
    _end(link, "complete", LinkEnd.COMPLETED, actor=actor)


def terminate_link(link: HelperLink, *, actor: Actor, reason: str) -> None:
    """End the link with a reason."""
    _end(link, "terminate", LinkEnd.TERMINATED, actor=actor, reason=reason)


def _end(link: HelperLink, step: str, why: LinkEnd, *, actor: Actor, reason: str = "") -> None:
    day = today()
    link_workflow.fire(link, step, actor=actor, reason=reason)
    link.last_reason = reason.strip()
    if link.starts_on is not None:
        link.ends_on = max(day, link.starts_on)
    link_ended.send(link, why=why)


def touch_link(link: HelperLink, *, on: date) -> None:
    """Note that something happened on the link, so that it does not become overdue."""
    if link.last_update_on is None or link.last_update_on < on:
        link.last_update_on = on
        note(link, "link.updated")


def suspend_overdue(*, limit: int = 200) -> int:
    """Suspend links on which nothing happened for two periods of 90 days; return how many."""
    oldest = today() - timedelta(days=OVERDUE_DAYS)
    query = select(HelperLink).where(
        HelperLink.stage == LinkStage.ACTIVE, HelperLink.rank > 1, HelperLink.last_update_on < oldest
    )
    due = db.session.scalars(query.order_by(HelperLink.last_update_on).limit(limit).with_for_update(skip_locked=True))
    links = due.all()
    for link in links:
        suspend_link(link, actor=SYSTEM, reason=OVERDUE)
    return len(links)
