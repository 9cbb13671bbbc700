"""Registers what needs answer for packages below: who writes them down for a household."""

from typing import Any

from core.policy import Actor, register_relation
from needs.queries import has_written_for
from needs.services.erasing import end_household, wipe_household
from registry.events import household_ending, household_erased, household_erasing
from registry.models import Household


def author_for_household(actor: Actor, subject: Any) -> bool:
    """Return whether the actor wrote a need of the household, so that its card is not his to give."""
    household_id = getattr(subject, "household_id", None)
    if actor.account_id is None or household_id is None:
        return False
    return has_written_for(household_id, actor.account_id)


def wire() -> None:
    """Install the relation of authors, and what follows when a household is erased."""
    register_relation("author_for_household", author_for_household)
    household_erasing.connect(_end)
    household_ending.connect(_end_as_it_ended)
    household_erased.connect(_wipe)


def _end(household: Household, *, actor: Actor) -> None:
    end_household(household.id, actor=actor)


def _end_as_it_ended(household: Household, *, actor: Actor, **facts: Any) -> None:
    end_household(household.id, actor=actor, reason="household_ended")


def _wipe(household: Household) -> None:
    wipe_household(household.id)
