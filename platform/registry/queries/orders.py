"""Reading what two officers do together: replacements of cards, and orders to erase."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select

from core.db import db
from core.errors import NotFound
from core.policy import Actor
from core.scope import scope_clause
from registry.choices import OPEN_REPLACEMENT, ErasureStage, ReplacementStage
from registry.models import CardReplacement, ErasureOrder, Household


def find_replacement(household_id: UUID) -> CardReplacement | None:
    """Return the replacement of the household's card that is asked for or agreed, if there is one."""
    return db.session.scalar(
        select(CardReplacement).where(
            CardReplacement.household_id == household_id, CardReplacement.stage.in_(OPEN_REPLACEMENT)
        )
    )


def get_replacement(actor: Actor, replacement_id: UUID) -> CardReplacement:
    """Return a replacement in the actor's places, or raise NotFound."""
    found = db.session.scalar(
        select(CardReplacement).where(CardReplacement.id == replacement_id, scope_clause(CardReplacement, actor))
    )
    if found is None:
        raise NotFound
    return found


def replacements_of(actor: Actor, *, limit: int = 50) -> Sequence[tuple[CardReplacement, Household]]:
    """Return what waits for the actor as the second officer, or for him to give, and what he asked for."""
    mine = or_(
        and_(CardReplacement.second_officer == actor.account_id, CardReplacement.stage == ReplacementStage.ASKED),
        and_(CardReplacement.asked_by == actor.account_id, CardReplacement.stage.in_(OPEN_REPLACEMENT)),
    )
    query = (
        select(CardReplacement, Household)
        .join(Household, Household.id == CardReplacement.household_id)
        .where(mine, scope_clause(CardReplacement, actor))
    )
    rows = db.session.execute(query.order_by(CardReplacement.asked_at, CardReplacement.id).limit(limit))
    return [(replacement, household) for replacement, household in rows]


def find_order(household_id: UUID) -> ErasureOrder | None:
    """Return the household's last order to erase, whatever became of it."""
    query = select(ErasureOrder).where(ErasureOrder.household_id == household_id)
    return db.session.scalar(query.order_by(ErasureOrder.asked_at.desc(), ErasureOrder.id).limit(1))


def get_order(actor: Actor, order_id: UUID) -> ErasureOrder:
    """Return an order in the actor's places, or raise NotFound."""
    found = db.session.scalar(
        select(ErasureOrder).where(ErasureOrder.id == order_id, scope_clause(ErasureOrder, actor))
    )
    if found is None:
        raise NotFound
    return found


def erasures_to_decide(actor: Actor, *, limit: int = 50) -> Sequence[tuple[ErasureOrder, Household]]:
    """Return the orders of the actor's places that wait for a second person, oldest first; his own as well."""
    query = (
        select(ErasureOrder, Household)
        .join(Household, Household.id == ErasureOrder.household_id)
        .where(ErasureOrder.stage == ErasureStage.ASKED, scope_clause(ErasureOrder, actor))
    )
    rows = db.session.execute(query.order_by(ErasureOrder.asked_at, ErasureOrder.id).limit(limit))
    return [(order, household) for order, household in rows]


def household_of(order: CardReplacement | ErasureOrder) -> Household:
    """Return the household that a loaded order is about."""
    return db.session.get_one(Household, order.household_id)
