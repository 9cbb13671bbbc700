"""Listens to disputes, to what settles them, and to households that are erased."""

from typing import Any

from sqlalchemy import ColumnElement, false

from accounts.models import Role
from core.policy import Actor
from core.scope import register_reach
from pairing.queries.relations import paired_with
from pledges.events import call_back_differed, delivery_annulled, delivery_answered, delivery_disputed
from registry.events import household_ending, household_erased, household_erasing
from registry.models import Household
from supervision.models import SupervisionIssue
from supervision.services import issues
from supervision.services.erasing import refuse_if_open, wipe_household


def wire() -> None:
    """Install listeners, and the cadre's view of issues of his households."""
    delivery_disputed.connect(issues.open_for_dispute)
    call_back_differed.connect(issues.open_for_call)
    delivery_answered.connect(issues.settle)
    delivery_annulled.connect(issues.settle_annulled)
    household_erasing.connect(_refuse_if_open)
    household_ending.connect(_refuse_if_open)
    household_erased.connect(_wipe)
    register_reach("supervision_issue", Role.PAIRING_CADRE, _of_cadre)


def _of_cadre(actor: Actor) -> ColumnElement[bool]:
    return SupervisionIssue.pairing_id.in_(paired_with(actor)) if actor.account_id else false()


def _refuse_if_open(household: Household, **facts: Any) -> None:
    refuse_if_open(household.id)


def _wipe(household: Household) -> None:
    wipe_household(household.id)
