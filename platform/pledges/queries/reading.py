"""Reads of pledges and deliveries for who takes part and for officials in scope."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, can, require
from core.scope import within_scope
from needs.models import Need
from pairing.models import HelperLink
from pledges.choices import DeliveryStage, PledgeStage
from pledges.models import Confirmation, Delivery, DeliveryEvidence, Pledge
from pledges.policy import PledgePermission
from pledges.queries.relations import pledges_given


def get_pledge(actor: Actor, pledge_id: UUID) -> Pledge:
    """Return the pledge if the actor takes part in it or it is in his places, else raise NotFound."""
    query = within_scope(select(Pledge).where(Pledge.id == pledge_id), Pledge, actor)
    found: Pledge | None = db.session.scalar(query)
    if found is None or not can(actor, PledgePermission.PLEDGE_READ, found):
        raise NotFound
    return found


def get_delivery(actor: Actor, delivery_id: UUID) -> Delivery:
    """Return the delivery if the actor takes part in it or it is in his places, else raise NotFound."""
    query = within_scope(select(Delivery).where(Delivery.id == delivery_id), Delivery, actor)
    found: Delivery | None = db.session.scalar(query)
    if found is None or not can(actor, PledgePermission.PLEDGE_READ, found):
        raise NotFound
    return found


def get_confirmation(actor: Actor, confirmation_id: UUID) -> Confirmation:
    """Return an answer in the actor's places, else raise NotFound."""
    query = within_scope(select(Confirmation).where(Confirmation.id == confirmation_id), Confirmation, actor)
    found: Confirmation | None = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def pledges(
    actor: Actor, *, stage: PledgeStage | None = None, cursor: str | None = None, limit: int = 20
) -> Page[Pledge]:
    """Return the pledges that the actor gave, is paired with, or watches over, newest first."""
    require(actor, PledgePermission.PLEDGE_READ)
    query = within_scope(select(Pledge), Pledge, actor)
    if stage is not None:
        query = query.where(Pledge.stage == stage)
    return _page(query, cursor, limit)


def given_pledges(actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[Pledge]:
    """Return the actor's own pledges, newest first."""
    return _page(select(Pledge).where(pledges_given(actor)), cursor, limit)


def _page(query: Select[Any], cursor: str | None, limit: int) -> Page[Pledge]:
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        at, last = after
        query = query.where(or_(Pledge.created_at < at, and_(Pledge.created_at == at, Pledge.id < last)))
    ordered = query.order_by(Pledge.created_at.desc(), Pledge.id.desc()).limit(limit + 1)
    rows: Sequence[Pledge] = db.session.scalars(ordered).all()
    return make_page(rows, limit, lambda row: encode_cursor(row.created_at, row.id))


def need_of(row: Pledge | Delivery) -> Need:
    """Return the need of a row that the caller has loaded."""
    return db.session.get_one(Need, row.need_id)


def needs_of(rows: Sequence[Pledge | Delivery]) -> dict[UUID, Need]:
    """Return the needs of rows that the caller has loaded."""
    query = select(Need).where(Need.id.in_({row.need_id for row in rows}))
    return {need.id: need for need in db.session.scalars(query)}


def link_of(pledge: Pledge) -> HelperLink:
    """Return the link through which the pledge is given."""
    return db.session.get_one(HelperLink, pledge.link_id)


def pledge_of(delivery: Delivery) -> Pledge:
    """Return the pledge of a delivery that the caller has loaded."""
    return db.session.get_one(Pledge, delivery.pledge_id)


def delivery_of(confirmation: Confirmation) -> Delivery:
    """Return the delivery of an answer that the caller has loaded."""
    return db.session.get_one(Delivery, confirmation.delivery_id)


def deliveries_of(pledge: Pledge) -> Sequence[Delivery]:
    """Return the deliveries of a pledge, oldest first; plans of an ended pledge are left out."""
    query = select(Delivery).where(Delivery.pledge_id == pledge.id)
    if not pledge.is_live:
        query = query.where(Delivery.stage != DeliveryStage.PLANNED)
    return db.session.scalars(query.order_by(Delivery.delivered_on, Delivery.created_at, Delivery.id)).all()


def evidence_of(delivery: Delivery) -> Sequence[DeliveryEvidence]:
    """Return the pictures of a delivery, oldest first."""
    query = select(DeliveryEvidence).where(DeliveryEvidence.delivery_id == delivery.id)
    return db.session.scalars(query.order_by(DeliveryEvidence.created_at, DeliveryEvidence.id)).all()


def confirmations_of(delivery: Delivery) -> Sequence[Confirmation]:
    """Return the answers about a delivery, newest first."""
    query = select(Confirmation).where(Confirmation.delivery_id == delivery.id)
    return db.session.scalars(query.order_by(Confirmation.answered_at.desc(), Confirmation.id)).all()


def pledges_of_link(link_id: UUID) -> Sequence[Pledge]:
    """Return the pledges of a link that the caller has loaded, newest first."""
    query = select(Pledge).where(Pledge.link_id == link_id).order_by(Pledge.created_at.desc(), Pledge.id)
    return db.session.scalars(query.limit(50)).all()


def pledges_of_pairing(pairing_id: UUID) -> Sequence[Pledge]:
    """Return the pledges of a pairing that the caller has loaded, newest first."""
    query = select(Pledge).where(Pledge.pairing_id == pairing_id).order_by(Pledge.created_at.desc(), Pledge.id)
    return db.session.scalars(query.limit(100)).all()
