"""Lets heads and members of a donor see their own rows."""

from sqlalchemy import ColumnElement, false

from accounts.models import Role
from core.policy import Actor
from core.scope import register_reach
from donors.models import Donor


def _own(actor: Actor) -> ColumnElement[bool]:
    return Donor.id == actor.donor_id if actor.donor_id is not None else false()


def wire() -> None:
    """Register whose donor rows somebody sees by relation."""
    register_reach("donor", Role.DONOR_ADMIN, _own)
    register_reach("donor", Role.DONOR_MEMBER, _own)
