"""Listens to disputes and to what settles them."""

from sqlalchemy import ColumnElement, false

from accounts.models import Role
from core.policy import Actor
from core.scope import register_reach
from pairing.queries.relations import paired_with
from pledges.events import call_back_differed, delivery_annulled, delivery_answered, delivery_disputed
from supervision.models import SupervisionIssue
from supervision.services import issues


def wire() -> None:
    """Install listeners, and the cadre's view of issues of his households."""
    delivery_disputed.connect(issues.open_for_dispute)
    call_back_differed.connect(issues.open_for_call)
    delivery_answered.connect(issues.settle)
    delivery_annulled.connect(issues.settle_annulled)
    register_reach("supervision_issue", Role.PAIRING_CADRE, _of_cadre)


def _of_cadre(actor: Actor) -> ColumnElement[bool]:
    return SupervisionIssue.pairing_id.in_(paired_with(actor)) if actor.account_id else false()
