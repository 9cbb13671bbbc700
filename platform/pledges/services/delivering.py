"""Planning and recording deliveries, in parts."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from core.clock import today
from core.db import db
from core.policy import Actor
from needs.services import add_delivered
from pairing.models import HelperLink
from pairing.services import touch_link
from pledges.choices import DeliveryStage
from pledges.models import Delivery, DeliveryEvidence, Pledge
from pledges.sums import locked_pledge
from pledges.workflow import delivery_workflow
from registry.choices import FundSource


def enter_delivery(
    pledge: Pledge,
    *,
    actor: Actor,
    quantity: Decimal,
    delivered_on: date,
    fund_source: FundSource,
    courier_no: str = "",
    evidence: Sequence[UUID] = (),
) -> Delivery:
    """Record what was brought, or plan it where the day is to come."""
    pledge = locked_pledge(pledge.id)
    delivery = Delivery(
        id=uuid4(),
        need_id=pledge.need_id,
        pledge_id=pledge.id,
        pairing_id=pledge.pairing_id,
        subject=pledge.subject,
        region_code=pledge.region_code,
        county_code=pledge.county_code,
        donor_id=pledge.donor_id,
        unit_account_id=pledge.unit_account_id,
        quantity=quantity,
        received_quantity=Decimal(0),
        delivered_on=delivered_on,
        fund_source=fund_source,
        courier_no=courier_no.strip()[:60],
        receiver="",
        entered_by=actor.account_id,
    )
    step = "plan" if delivered_on > today() else "deliver"
    delivery_workflow.fire(delivery, step, actor=actor, facts={"pledge": pledge})
    db.session.add(delivery)
    db.session.flush()  # evidence needs delivery.id
    _add_evidence(delivery, evidence)
    if delivery.stage is DeliveryStage.RECORDED:
        count_delivered(pledge, quantity)
    return delivery


def count_delivered(pledge: Pledge, quantity: Decimal) -> None:
    """Add a delivery to the sums of the pledge and of the need."""
    pledge.delivered += quantity
    db.session.flush()  # the pledge's own row first, then the need's sums
    add_delivered(pledge.need_id, quantity)
    touch_link(db.session.get_one(HelperLink, pledge.link_id), on=today())


def _add_evidence(delivery: Delivery, files: Sequence[UUID]) -> None:
    for file_id in files:
        row = DeliveryEvidence(
            need_id=delivery.need_id, delivery_id=delivery.id, file_id=file_id, subject=delivery.subject
        )
        db.session.add(row)


def ask_household(delivery: Delivery, *, at: datetime) -> None:
    """Note since when the household is asked."""
    delivery.awaiting_since, delivery.reminded_at = at, None
