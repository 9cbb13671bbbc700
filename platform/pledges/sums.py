"""Rows under lock, and the arithmetic of a pledge; the statements on the need's sums are those of `needs`."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from core.db import db
from core.errors import NotFound
from pledges.choices import DeliveryStage
from pledges.models import Delivery, Pledge

ZERO = Decimal(0)
UNFINISHED = (
    DeliveryStage.RECORDED,
    DeliveryStage.AWAITING,
    DeliveryStage.MENDING,
    DeliveryStage.DISPUTED,
)


def locked_pledge(pledge_id: UUID) -> Pledge:
    """Return the pledge as it stands now, so that nobody else changes it in this transaction."""
    found = db.session.scalar(
        select(Pledge).where(Pledge.id == pledge_id).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def locked_delivery(delivery_id: UUID) -> Delivery:
    """Return the delivery as it stands now, under lock. The pledge is locked before, always in this order."""
    found = db.session.scalar(
        select(Delivery).where(Delivery.id == delivery_id).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def planned_of(pledge: Pledge) -> Decimal:
    """Return what is on its way for the pledge."""
    query = select(func.coalesce(func.sum(Delivery.quantity), 0)).where(
        Delivery.pledge_id == pledge.id, Delivery.stage == DeliveryStage.PLANNED
    )
    return Decimal(db.session.scalar(query) or 0)


def undelivered(pledge: Pledge) -> Decimal:
    """Return what of the pledge was not delivered yet."""
    return pledge.quantity - pledge.delivered


def has_unfinished(pledge: Pledge) -> bool:
    """Return whether a delivery of the pledge still waits for an answer or a finding."""
    query = select(Delivery.id).where(Delivery.pledge_id == pledge.id, Delivery.stage.in_(UNFINISHED))
    return db.session.scalar(query.limit(1)) is not None


def is_open(pledge: Pledge) -> bool:
    """Return whether something of the pledge is still to be done by somebody."""
    return (pledge.is_live and undelivered(pledge) > 0) or has_unfinished(pledge)
