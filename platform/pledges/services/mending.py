"""After an answer: putting right what was wrong, looking into disputes, calling back."""

from core.clock import now, today
from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.policy import SYSTEM, Actor, require
from core.records import note
from needs.services import take_back_delivered
from pledges.choices import CallBack, DeliveryStage, PledgeStage
from pledges.events import call_back_differed, delivery_annulled
from pledges.models import Confirmation, Delivery
from pledges.policy import PledgePermission
from pledges.services.deciding import end_pledge
from pledges.services.delivering import ask_household
from pledges.sums import locked_delivery, locked_pledge
from pledges.workflow import delivery_workflow


def mend_delivery(delivery: Delivery, *, actor: Actor) -> None:
    """Say that it was put right; the household is asked again with a new slip."""
    delivery = locked_delivery(delivery.id)
    moment = now()
    delivery_workflow.fire(delivery, "mend", actor=actor)
    delivery.mend_due_on = None
    ask_household(delivery, at=moment)


def note_inquiry(delivery: Delivery, *, actor: Actor) -> None:
    """Note that the county looked into it: a new slip may be made for the household."""
    delivery = locked_delivery(delivery.id)
    day = today()
    delivery_workflow.fire(delivery, "inquire", actor=actor)
    delivery.inquired_on = day


def annul_delivery(delivery: Delivery, *, actor: Actor, finding: str) -> None:
    """Take back what was not received; where the pledge has ended or is past its day, the need is open for it again."""
    pledge = locked_pledge(delivery.pledge_id)
    delivery = locked_delivery(delivery.id)
    received = delivery.received_quantity
    step = "annul_rest" if received > 0 else "annul"
    delivery_workflow.fire(delivery, step, actor=actor, reason=finding)
    missing = delivery.quantity - received
    delivery.finding = finding.strip()
    pledge.delivered -= missing
    db.session.flush()  # the pledge's own row first, then the need's sums
    take_back_delivered(delivery.need_id, missing, also_held=not pledge.is_live)
    if pledge.stage is PledgeStage.AGREED and pledge.due_on < today():
        end_pledge(pledge, "lapse", actor=SYSTEM, reason="annulled")
    delivery_annulled.send(delivery)


def record_call_back(confirmation: Confirmation, *, actor: Actor, found: CallBack) -> None:
    """Record what the household said when it was called back."""
    role = require(actor, PledgePermission.CONFIRMATION_CALL_BACK, confirmation)
    if confirmation.call_back is not None and confirmation.call_back is not CallBack.NOT_REACHED:
        raise Refused(_l("This household was called back already."), code="called_back")
    if actor.account_id is not None and actor.account_id == confirmation.entered_by:
        raise Refused(_l("You entered this answer, so somebody else must call back."), code="four_eyes")
    db.session.info["acting_role"] = role
    confirmation.call_back, confirmation.call_back_at = found, now()
    note(confirmation, "confirmation.call_checked")
    if found is CallBack.DIFFERS:
        delivery = db.session.get_one(Delivery, confirmation.delivery_id)
        call_back_differed.send(delivery, confirmation=confirmation)


def is_settled(delivery: Delivery) -> bool:
    """Return whether nothing about the delivery waits for anybody."""
    return delivery.stage in (DeliveryStage.CONFIRMED, DeliveryStage.UNANSWERED, DeliveryStage.ANNULLED)
