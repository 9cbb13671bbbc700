"""Relations and reaches of pledges and deliveries."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_

from core.policy import Actor, ActorKind
from pairing.queries.relations import paired_with
from pledges.models import Confirmation, Delivery, Pledge


def own_pledge(actor: Actor, subject: Any) -> bool:
    """Return whether the pledge or delivery is of the actor's donor or helping unit."""
    if actor.donor_id is not None and subject.donor_id == actor.donor_id:
        return True
    return actor.account_id is not None and subject.unit_account_id == actor.account_id


def holds_card(actor: Actor, subject: Any) -> bool:
    """Return whether who acts is the household or village itself, by slip and card."""
    return actor.kind is ActorKind.HOUSEHOLD and actor.key == subject.subject


def _given(model: Any, actor: Actor) -> ColumnElement[bool]:
    clauses = []
    if actor.donor_id is not None:
        clauses.append(model.donor_id == actor.donor_id)
    if actor.account_id is not None:
        clauses.append(model.unit_account_id == actor.account_id)
    return or_(*clauses) if clauses else false()


def pledges_given(actor: Actor) -> ColumnElement[bool]:
    return _given(Pledge, actor)


def deliveries_given(actor: Actor) -> ColumnElement[bool]:
    return _given(Delivery, actor)


def pledges_of_unit(actor: Actor) -> ColumnElement[bool]:
    return or_(_given(Pledge, actor), pledges_of_cadre(actor))


def deliveries_of_unit(actor: Actor) -> ColumnElement[bool]:
    return or_(_given(Delivery, actor), deliveries_of_cadre(actor))


def pledges_of_cadre(actor: Actor) -> ColumnElement[bool]:
    return Pledge.pairing_id.in_(paired_with(actor)) if actor.account_id else false()


def deliveries_of_cadre(actor: Actor) -> ColumnElement[bool]:
    return Delivery.pairing_id.in_(paired_with(actor)) if actor.account_id else false()


def confirmations_of_cadre(actor: Actor) -> ColumnElement[bool]:
    return Confirmation.pairing_id.in_(paired_with(actor)) if actor.account_id else false()
