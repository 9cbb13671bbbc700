"""What waits for somebody: decisions, arrivals, slips, mending, calls. Rows for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from core.clock import local_day, today
from core.db import db
from core.errors import NotPermitted, Refused
from core.policy import Actor, can
from core.scope import scope_clause
from needs.models import Need
from pledges import delivery_guards, guards
from pledges.choices import DeliveryStage, PledgeStage
from pledges.models import Confirmation, ConfirmationCode, Delivery, Pledge
from pledges.policy import PledgePermission
from pledges.queries.relations import deliveries_given, pledges_given
from pledges.settings import shipped_settings

CALL_DAYS = 7


@dataclass(frozen=True)
class Task:
    """One thing to do: `step` names it, `id` is the pledge, delivery or answer it is about."""

    step: str
    id: UUID
    need_id: UUID
    title: str
    quantity: Decimal
    unit: str
    due_on: date
    url: str
    place: str = ""
    subject: str = ""
    since: date | None = None


def pledges_to_decide(actor: Actor, *, limit: int = 100) -> list[Task]:
    """Return offered pledges about which this actor decides now, the most urgent first."""
    query = (
        select(Pledge, Need)
        .join(Need, Need.id == Pledge.need_id)
        .where(Pledge.stage == PledgeStage.OFFERED, scope_clause(Pledge, actor))
        .order_by(Pledge.decide_by, Pledge.id)
        .limit(limit)
    )
    rows = db.session.execute(query).all()
    return [_pledge_task("decide", pledge, need, pledge.decide_by) for pledge, need in rows if _decides(pledge, actor)]


def _decides(pledge: Pledge, actor: Actor) -> bool:
    if not can(actor, PledgePermission.PLEDGE_AGREE, pledge):
        return False
    try:
        guards.decider(pledge, actor, PledgePermission.PLEDGE_AGREE)
    except (NotPermitted, Refused):
        return False
    return True


def pledges_to_deliver(actor: Actor, *, limit: int = 100) -> list[Task]:
    """Return the actor's own agreed pledges that are not delivered whole."""
    query = (
        select(Pledge, Need)
        .join(Need, Need.id == Pledge.need_id)
        .where(Pledge.stage == PledgeStage.AGREED, Pledge.delivered < Pledge.quantity, pledges_given(actor))
        .order_by(Pledge.due_on, Pledge.id)
        .limit(limit)
    )
    return [_pledge_task("deliver", pledge, need, pledge.due_on) for pledge, need in db.session.execute(query)]


def offers_waiting(actor: Actor, *, limit: int = 100) -> list[Task]:
    """Return what the actor's own donor or unit has offered and nobody has decided about, oldest first."""
    query = (
        select(Pledge, Need)
        .join(Need, Need.id == Pledge.need_id)
        .where(Pledge.stage == PledgeStage.OFFERED, pledges_given(actor))
        .order_by(Pledge.offered_at, Pledge.id)
        .limit(limit)
    )
    return [
        _pledge_task("wait_for_decision", pledge, need, pledge.decide_by) for pledge, need in db.session.execute(query)
    ]


def answers_waiting(actor: Actor, *, limit: int = 100) -> list[Task]:
    """Return what the actor's own donor or unit has brought and the household has not answered about, oldest first."""
    query = (
        select(Delivery, Need)
        .join(Need, Need.id == Delivery.need_id)
        .where(Delivery.stage.in_((DeliveryStage.RECORDED, DeliveryStage.AWAITING)), deliveries_given(actor))
        .order_by(Delivery.delivered_on, Delivery.id)
        .limit(limit)
    )
    days = timedelta(days=shipped_settings().close_days)
    return [
        _delivery_task("wait_for_household", delivery, need, delivery.delivered_on + days)
        for delivery, need in db.session.execute(query)
    ]


def _pledge_task(step: str, pledge: Pledge, need: Need, due_on: date) -> Task:
    url, since = f"/desk/pledges/{pledge.id}", local_day(pledge.offered_at)
    return Task(
        step,
        pledge.id,
        need.id,
        need.title,
        pledge.quantity,
        need.unit,
        due_on,
        url,
        need.shown_region_code or need.region_code,
        pledge.subject,
        since,
    )


def arrivals(actor: Actor, *, limit: int = 100) -> list[Task]:
    """Return what is on its way to the officer's village, by its day."""
    live = Delivery.pledge_id.in_(select(Pledge.id).where(Pledge.stage == PledgeStage.AGREED))
    rows = _deliveries(actor, limit, Delivery.stage == DeliveryStage.PLANNED, live, order=Delivery.delivered_on)
    return _tasks("arrive", rows, actor, PledgePermission.DELIVERY_ARRIVE)


def slips_to_make(actor: Actor, *, limit: int = 100) -> list[Task]:
    """Return deliveries without a slip: recorded ones, and mended ones that need a new slip."""
    rows = _deliveries(
        actor,
        limit,
        or_(Delivery.stage == DeliveryStage.RECORDED, _without_slip()),
        Delivery.entered_by.is_distinct_from(actor.account_id),
        order=Delivery.delivered_on,
    )
    mine = [(delivery, need) for delivery, need in rows if _makes_slip(delivery, actor)]
    return _tasks("issue_code", mine, actor, PledgePermission.SLIP_ISSUE, days=1)


def _makes_slip(delivery: Delivery, actor: Actor) -> bool:
    """A household's slip is the village's as well, a village's the township's alone."""
    try:
        delivery_guards.slip(delivery, actor, {})
    except Refused:
        return False
    return True


def _without_slip() -> ColumnElement[bool]:
    standing = select(ConfirmationCode.delivery_id).where(
        ConfirmationCode.voided_at.is_(None), ConfirmationCode.used_at.is_(None)
    )
    return (Delivery.stage == DeliveryStage.AWAITING) & Delivery.id.not_in(standing)


def to_mend(actor: Actor, *, limit: int = 100) -> list[Task]:
    """Return what donor and cadre have to put right, by its day."""
    mine = or_(deliveries_given(actor), scope_clause(Delivery, actor))
    query = (
        select(Delivery, Need)
        .join(Need, Need.id == Delivery.need_id)
        .where(Delivery.stage == DeliveryStage.MENDING, mine)
        .order_by(Delivery.mend_due_on, Delivery.id)
        .limit(limit)
    )
    rows = db.session.execute(query).all()
    return [
        _delivery_task("mend", delivery, need, delivery.mend_due_on or today())
        for delivery, need in rows
        if can(actor, PledgePermission.DELIVERY_MEND, delivery)
    ]


def silent_households(actor: Actor, *, limit: int = 100) -> list[Task]:
    """Return deliveries whose households did not answer for 14 days: the county calls them."""
    rows = _deliveries(
        actor,
        limit,
        Delivery.stage == DeliveryStage.AWAITING,
        Delivery.reminded_at.is_not(None),
        order=Delivery.reminded_at,
    )
    found = []
    for delivery, need in rows:
        if can(actor, PledgePermission.CONFIRMATION_CALL_BACK, delivery):
            since = local_day(delivery.awaiting_since or delivery.created_at)
            found.append(_delivery_task("call", delivery, need, since + timedelta(days=shipped_settings().close_days)))
    return found


def _deliveries(
    actor: Actor, limit: int, *clauses: ColumnElement[bool], order: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> Sequence[tuple[Delivery, Need]]:
    query = (
        select(Delivery, Need)
        .join(Need, Need.id == Delivery.need_id)
        .where(*clauses, scope_clause(Delivery, actor))
        .order_by(order, Delivery.id)
        .limit(limit)
    )
    return [(delivery, need) for delivery, need in db.session.execute(query)]


def _tasks(
    step: str,
    rows: Sequence[tuple[Delivery, Need]],
    actor: Actor,
    permission: PledgePermission,
    *,
    days: int = 0,
) -> list[Task]:
    return [
        _delivery_task(step, delivery, need, delivery.delivered_on + timedelta(days=days))
        for delivery, need in rows
        if can(actor, permission, delivery)
    ]


def _delivery_task(step: str, delivery: Delivery, need: Need, due_on: date) -> Task:
    url = f"/desk/deliveries/{delivery.id}"
    since = local_day(delivery.awaiting_since) if delivery.awaiting_since else delivery.delivered_on
    return Task(
        step,
        delivery.id,
        need.id,
        need.title,
        delivery.quantity,
        need.unit,
        due_on,
        url,
        need.shown_region_code or need.region_code,
        delivery.subject,
        since,
    )


def call_backs(actor: Actor, *, limit: int = 100) -> list[tuple[Confirmation, Need]]:
    """Return answers that the county calls back: drawn ones and flagged ones, oldest first."""
    query = (
        select(Confirmation, Need)
        .join(Need, Need.id == Confirmation.need_id)
        .where(or_(Confirmation.call_back_drawn, func.cardinality(Confirmation.flags) > 0))
        .where(Confirmation.call_back.is_(None), scope_clause(Confirmation, actor))
        .order_by(Confirmation.answered_at, Confirmation.id)
        .limit(limit)
    )
    return [(confirmation, need) for confirmation, need in db.session.execute(query)]
