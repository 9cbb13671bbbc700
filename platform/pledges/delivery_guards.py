"""What stands against a step of a delivery."""

from datetime import date

from sqlalchemy import select

from core.clock import today
from core.db import db
from core.errors import NotPermitted, NotValid, Refused
from core.i18n import LazyString, _l
from core.policy import Actor, ActorKind
from core.workflow import Facts
from pledges.choices import DeliveryStage, PledgeStage
from pledges.guards import is_quantity
from pledges.models import Confirmation, Delivery, Pledge
from pledges.policy import PledgePermission
from pledges.sums import planned_of, undelivered
from registry.choices import FundSource

Errors = dict[str, list[str | LazyString]]
TOO_MUCH = _l("That is more than what was pledged and not delivered yet.")


def plan(delivery: Delivery, actor: Actor, facts: Facts) -> None:
    """A pledge that was agreed, a day to come, and no more than what is neither delivered nor on its way."""
    pledge: Pledge = facts["pledge"]
    _agreed(pledge)
    errors = _common(delivery)
    if delivery.delivered_on <= today():
        errors["delivered_on"] = [_l("A planned delivery has a day to come.")]
    if not errors and delivery.quantity > undelivered(pledge) - planned_of(pledge):
        errors["quantity"] = [TOO_MUCH]
    if errors:
        raise NotValid(errors)


def deliver(delivery: Delivery, actor: Actor, facts: Facts) -> None:
    """A pledge that was agreed, a day that was, and no more than what is not delivered yet."""
    pledge: Pledge = facts["pledge"]
    _agreed(pledge)
    errors = _common(delivery)
    if delivery.delivered_on > today():
        errors["delivered_on"] = [_l("The day must be today or earlier.")]
    if not errors and delivery.quantity > undelivered(pledge):
        errors["quantity"] = [TOO_MUCH]
    if errors:
        raise NotValid(errors)


def _agreed(pledge: Pledge) -> None:
    if pledge.stage is not PledgeStage.AGREED:
        raise Refused(_l("Deliver once the pledge is agreed."), code="not_agreed")


def _common(delivery: Delivery) -> Errors:
    errors: Errors = {}
    if not is_quantity(delivery.quantity):
        errors["quantity"] = [_l("Enter a quantity above 0, with at most two decimals.")]
    gives_society = delivery.donor_id is not None
    if gives_society != (delivery.fund_source is FundSource.SOCIAL):
        errors["fund_source"] = [_l("What a helper of society gives counts as given by society, nothing else.")]
    return errors


def arrival(delivery: Delivery, actor: Actor, facts: Facts) -> None:
    if facts.get("preview"):
        return
    arrived_on: date | None = facts.get("arrived_on")
    errors: Errors = {}
    if arrived_on is None or arrived_on > today():
        errors["arrived_on"] = [_l("The day must be today or earlier.")]
    if not str(facts.get("receiver") or "").strip():
        errors["receiver"] = [_l("Write who took it in.")]
    if errors:
        raise NotValid(errors)
    pledge: Pledge = facts["pledge"]
    if delivery.stage is DeliveryStage.PLANNED:
        if pledge.stage is not PledgeStage.AGREED:
            raise Refused(_l("The pledge has ended; it has to be pledged again."), code="pledge_ended")
        if delivery.quantity > undelivered(pledge):
            raise Refused(TOO_MUCH, code="too_much", remaining=undelivered(pledge))


def slip(delivery: Delivery, actor: Actor, facts: Facts) -> None:
    """Who entered the delivery makes no slip; a village's is the township's; a dispute is looked into first."""
    if actor.account_id is not None and actor.account_id == delivery.entered_by:
        raise Refused(_l("You entered this delivery, so somebody else must make the slip."), code="four_eyes")
    if delivery.subject.startswith("village/") and not _is_township(delivery, actor):
        raise NotPermitted(permission=str(PledgePermission.SLIP_ISSUE), roles=("township_officer",))
    if delivery.stage is DeliveryStage.DISPUTED and delivery.inquired_on is None:
        raise Refused(_l("The county looks into it first."), code="inquiry_open")


def _is_township(delivery: Delivery, actor: Actor) -> bool:
    covers = (grant for grant in actor.grants if grant.role == "township_officer")
    return actor.kind is ActorKind.SYSTEM or any(grant.covers(delivery.region_code) for grant in covers)


def unmended(delivery: Delivery, actor: Actor, facts: Facts) -> None:
    if delivery.mend_due_on is None or today() <= delivery.mend_due_on:
        raise Refused(_l("There is still time to put it right."), code="not_due")


def annulment(delivery: Delivery, actor: Actor, facts: Facts) -> None:
    """The county annuls what was not received, but nobody who took part in it."""
    took_part = {delivery.entered_by, delivery.arrived_by, *_answered_by(delivery)} - {None}
    if actor.account_id in took_part or (delivery.donor_id is not None and actor.donor_id == delivery.donor_id):
        raise Refused(_l("You took part in this, so somebody else must decide."), code="concerned")


def annulment_whole(delivery: Delivery, actor: Actor, facts: Facts) -> None:
    """Nothing of it was received."""
    _fits(received=delivery.received_quantity > 0, wanted=False)
    annulment(delivery, actor, facts)


def annulment_rest(delivery: Delivery, actor: Actor, facts: Facts) -> None:
    """A part of it was received and stays confirmed."""
    _fits(received=delivery.received_quantity > 0, wanted=True)
    annulment(delivery, actor, facts)


def _fits(*, received: bool, wanted: bool) -> None:
    if received is not wanted:
        raise NotPermitted(permission=str(PledgePermission.DELIVERY_ANNUL), roles=())


def _answered_by(delivery: Delivery) -> set[object]:
    return set(db.session.scalars(select(Confirmation.entered_by).where(Confirmation.delivery_id == delivery.id)))
