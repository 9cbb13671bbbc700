"""By which role somebody writes on a case outside its steps."""

from enum import StrEnum

from core.db import db
from core.policy import Actor, ActorKind, require


def act_for(actor: Actor, permission: StrEnum, subject: object) -> None:
    """Require the permission and write its role into the records that follow."""
    role = actor.role_name if actor.kind is ActorKind.SYSTEM else require(actor, permission, subject)
    db.session.info["acting_role"] = role
