"""Registers what needs answer for packages below: who writes them down for a household."""

from typing import Any

from core.policy import Actor, register_relation
from needs.queries import has_written_for


def author_for_household(actor: Actor, subject: Any) -> bool:
    """Return whether the actor wrote a need of the household, so that its card is not his to give."""
    household_id = getattr(subject, "household_id", None)
    if actor.account_id is None or household_id is None:
        return False
    return has_written_for(household_id, actor.account_id)


def wire() -> None:
    """Install the relation of authors."""
    register_relation("author_for_household", author_for_household)
