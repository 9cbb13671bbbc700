"""Lets heads and members of a donor see their own rows."""

from typing import Any

from sqlalchemy import ColumnElement, false

from accounts.models import Role
from accounts.services import register_taken_names
from core.clock import today
from core.policy import Actor, register_relation
from core.scope import register_reach
from donors.models import Donor
from donors.policy import LOWEST_LEVEL
from donors.queries import find_donor, is_pledger
from donors.services.names import belongs_to_organisation


def _own(actor: Actor) -> ColumnElement[bool]:
    return Donor.id == actor.donor_id if actor.donor_id is not None else false()


def verified_donor(actor: Actor, subject: Any) -> bool:
    """Return whether the actor acts for a donor that is verified today."""
    donor = find_donor(actor.donor_id) if actor.donor_id is not None else None
    return donor is not None and is_pledger(donor, LOWEST_LEVEL, today())


def wire() -> None:
    """Register whose donor rows somebody sees by relation, who counts as verified, and which names are taken."""
    register_relation("verified_donor", verified_donor)
    register_taken_names(belongs_to_organisation)
    register_reach("donor", Role.DONOR_ADMIN, _own)
    register_reach("donor", Role.DONOR_MEMBER, _own)
