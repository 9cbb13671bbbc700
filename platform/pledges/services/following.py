"""What the clock does to pledges and deliveries; jobs call these, each repeatable."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from accounts.models import Role
from accounts.queries import accounts_with_role
from accounts.services import MessageKind
from core.clock import add_working_days, now, today
from core.db import db
from core.policy import SYSTEM
from needs.models import Need
from pledges.choices import DeliveryStage, Escalation, PledgeStage
from pledges.events import delivery_answered, delivery_disputed
from pledges.models import Delivery, Pledge
from pledges.services.deciding import end_pledge
from pledges.services.messages import deciders_of, givers_of, tell
from pledges.settings import settings_for, shipped_settings
from pledges.sums import locked_delivery, locked_pledge
from pledges.workflow import delivery_workflow, pledge_workflow

BATCH = 200
_NEXT = {
    Escalation.NONE: (Escalation.TOWNSHIP, Role.TOWNSHIP_OFFICER),
    Escalation.TOWNSHIP: (Escalation.COUNTY, Role.COUNTY_OFFICER),
}
_SILENT = {Escalation.NONE: "silent_cadre", Escalation.TOWNSHIP: "silent_township", Escalation.COUNTY: "silent_county"}


def escalate_pledges() -> int:
    """Move undecided pledges up one office; the hold stays. Return how many."""
    waiting = Pledge.stage == PledgeStage.OFFERED, Pledge.escalated_to != Escalation.COUNTY
    due = _due(Pledge.decide_by, *waiting, Pledge.decide_by < today())
    for pledge in due:
        escalate_pledge(pledge)
    return len(due)


def escalate_pledge(pledge: Pledge) -> None:
    """Move one undecided pledge up one office."""
    above, role = _NEXT[pledge.escalated_to]
    settings = settings_for(pledge.region_code, today())
    decide_by = add_working_days(today(), settings.decision_working_days)
    pledge_workflow.fire(pledge, "escalate", actor=SYSTEM)
    pledge.escalated_to, pledge.decide_by = above, decide_by
    accounts = accounts_with_role(role, pledge.region_code)
    tell(accounts, MessageKind.DECISION_DUE, pledge, due_on=pledge.decide_by)


def _due(order: InstrumentedAttribute[object], *clauses: ColumnElement[bool]) -> Sequence[Pledge]:
    query = select(Pledge).where(*clauses).order_by(order, Pledge.id).limit(BATCH)
    return db.session.scalars(query.with_for_update(skip_locked=True)).all()


def lapse_pledges() -> int:
    """End offers that no office decided about, and agreed pledges whose day has passed. Return how many."""
    day = today()
    offered = _due(Pledge.lapses_on, Pledge.stage == PledgeStage.OFFERED, Pledge.lapses_on <= day)
    agreed = _due(
        Pledge.due_on, Pledge.stage == PledgeStage.AGREED, Pledge.due_on < day, Pledge.delivered < Pledge.quantity
    )
    for pledge in (*offered, *agreed):
        lapse_pledge(pledge)
    return len(offered) + len(agreed)


def lapse_pledge(pledge: Pledge) -> None:
    """End one pledge by the clock; the record of an offer names the office that was silent."""
    if pledge.stage is PledgeStage.OFFERED:
        end_pledge(pledge, "lapse_offered", actor=SYSTEM, reason=_SILENT[pledge.escalated_to])
    else:
        end_pledge(pledge, "lapse", actor=SYSTEM, reason="not_delivered")
    tell([*givers_of(pledge), *deciders_of(pledge)], MessageKind.OVERDUE, pledge)


def release_offers(need: Need, *, reason: str) -> None:
    """Release what was offered for a need that is not asked for any more; agreed pledges go on."""
    query = select(Pledge.id).where(Pledge.need_id == need.id, Pledge.stage == PledgeStage.OFFERED)
    release_all(db.session.scalars(query.order_by(Pledge.id)).all(), reason=reason)


def release_all(pledge_ids: Sequence[UUID], *, reason: str) -> None:
    """Release pledges as the system, one after the other."""
    for pledge_id in pledge_ids:
        pledge = locked_pledge(pledge_id)
        if pledge.is_live:
            end_pledge(pledge, "release", actor=SYSTEM, reason=reason)


def dispute_unmended() -> int:
    """Open a dispute where something was not put right in time. Return how many."""
    query = select(Delivery.id).where(Delivery.stage == DeliveryStage.MENDING, Delivery.mend_due_on < today())
    due = db.session.scalars(query.order_by(Delivery.mend_due_on).limit(BATCH)).all()
    for delivery_id in due:
        dispute_delivery(locked_delivery(delivery_id))
    return len(due)


def dispute_delivery(delivery: Delivery) -> None:
    """Open a dispute about one delivery that was not put right in time."""
    delivery_workflow.fire(delivery, "dispute", actor=SYSTEM)
    delivery.inquired_on = None
    delivery_disputed.send(delivery, why="not_mended")
    tell(givers_of(delivery), MessageKind.OVERDUE, delivery)


def remind_unanswered() -> int:
    """Ask the county to call households that have not answered for 14 days. Return how many."""
    before = now() - timedelta(days=shipped_settings().remind_days)
    due = _awaiting(Delivery.awaiting_since <= before, Delivery.reminded_at.is_(None))
    for delivery in due:
        remind_delivery(delivery)
    return len(due)


def remind_delivery(delivery: Delivery) -> None:
    """Ask the county to call one household."""
    moment = now()
    delivery_workflow.fire(delivery, "remind", actor=SYSTEM)
    delivery.reminded_at = moment
    tell(accounts_with_role(Role.COUNTY_OFFICER, delivery.region_code), MessageKind.ANSWER_MISSING, delivery)


def close_unanswered() -> int:
    """Close deliveries without an answer for 45 days: counted apart, never against anybody. Return how many."""
    before = now() - timedelta(days=shipped_settings().close_days)
    due = _awaiting(Delivery.awaiting_since <= before)
    for delivery in due:
        close_delivery(delivery)
    return len(due)


def close_delivery(delivery: Delivery) -> None:
    """Close one delivery that nobody answered about."""
    delivery_workflow.fire(delivery, "close", actor=SYSTEM)
    delivery_answered.send(delivery, confirmation=None)


def _awaiting(*clauses: ColumnElement[bool]) -> Sequence[Delivery]:
    query = select(Delivery).where(Delivery.stage == DeliveryStage.AWAITING, *clauses)
    query = query.order_by(Delivery.awaiting_since, Delivery.id).limit(BATCH)
    return db.session.scalars(query.with_for_update(skip_locked=True)).all()
