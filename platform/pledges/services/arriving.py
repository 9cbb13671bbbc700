"""Arrival at the village: the officer takes it in and says who received it."""

from datetime import date
from uuid import UUID

from accounts.models import Role
from accounts.queries import accounts_with_role
from accounts.services import MessageKind
from core.clock import now
from core.policy import SYSTEM, Actor
from pairing.queries import cadre_accounts
from pledges.choices import DeliveryStage
from pledges.models import Delivery
from pledges.queries.codes import standing_code
from pledges.services.delivering import ask_household, count_delivered
from pledges.services.messages import tell
from pledges.sums import locked_delivery, locked_pledge
from pledges.workflow import delivery_workflow


def arrive_delivery(delivery: Delivery, *, actor: Actor, arrived_on: date, receiver: str, courier_no: str = "") -> None:
    """Note the arrival; what was only planned counts as delivered from now on."""
    pledge = locked_pledge(delivery.pledge_id)
    delivery = locked_delivery(delivery.id)
    was_planned = delivery.stage is DeliveryStage.PLANNED
    facts = {"arrived_on": arrived_on, "receiver": receiver, "pledge": pledge}
    delivery_workflow.fire(delivery, "arrive", actor=actor, facts=facts)
    delivery.arrived_on, delivery.arrived_by = arrived_on, actor.account_id
    delivery.receiver = receiver.strip()[:50]
    delivery.courier_no = courier_no.strip()[:60] or delivery.courier_no
    if was_planned:
        count_delivered(pledge, delivery.quantity)
    if standing_code(delivery.id) is not None:
        moment = now()
        delivery_workflow.fire(delivery, "await", actor=SYSTEM)
        ask_household(delivery, at=moment)
    tell(_concerned(delivery), MessageKind.GOODS_ARRIVED, delivery)


def _concerned(delivery: Delivery) -> list[UUID]:
    officers = accounts_with_role(Role.TOWNSHIP_OFFICER, delivery.region_code)
    return cadre_accounts(delivery.pairing_id) or officers
