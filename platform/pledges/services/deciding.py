"""Deciding about a pledge, and ending it: what was not delivered is given back to the need at once."""

from accounts.services import MessageKind
from core.clock import now
from core.db import db
from core.policy import Actor
from needs.services import release_hold
from pairing.choices import LinkStage
from pairing.models import HelperLink
from pairing.services import confirm_once
from pledges.models import Pledge
from pledges.services.messages import givers_of, tell
from pledges.sums import locked_pledge, undelivered
from pledges.workflow import pledge_workflow


def agree_pledge(pledge: Pledge, *, actor: Actor) -> None:
    """Agree; a one-time link under the survey's consent is confirmed with it."""
    pledge = locked_pledge(pledge.id)
    pledge_workflow.check(pledge, "agree", actor=actor, facts={})
    link = db.session.get_one(HelperLink, pledge.link_id)
    if link.stage is not LinkStage.ACTIVE:
        confirm_once(link, actor=actor)
    moment = now()
    pledge_workflow.fire(pledge, "agree", actor=actor)
    pledge.agreed_at = moment
    tell(givers_of(pledge), MessageKind.PLEDGE_MADE, pledge, due_on=pledge.due_on)


def withdraw_pledge(pledge: Pledge, *, actor: Actor, reason: str = "") -> None:
    """Take the pledge back; what was delivered stays."""
    end_pledge(locked_pledge(pledge.id), "withdraw", actor=actor, reason=reason)


def release_pledge(pledge: Pledge, *, actor: Actor, reason: str) -> None:
    """End the pledge from the side of the household; what was delivered stays."""
    pledge = locked_pledge(pledge.id)
    end_pledge(pledge, "release", actor=actor, reason=reason)
    tell(givers_of(pledge), MessageKind.OVERDUE, pledge)


def end_pledge(pledge: Pledge, step: str, *, actor: Actor, reason: str) -> None:
    """End a locked pledge and let the need have what was not delivered."""
    moment = now()
    pledge_workflow.fire(pledge, step, actor=actor, reason=reason, facts={"reason": reason})
    pledge.ended_at = moment
    db.session.flush()  # the pledge ends before others see the need open again
    release_hold(pledge.need_id, undelivered(pledge))
