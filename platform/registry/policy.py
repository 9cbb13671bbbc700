"""What may be done to households and their cards."""

from enum import StrEnum

from core.policy import Actor, ActorKind, require


class RegistryPermission(StrEnum):
    CARD_GIVE = "card:give"
    CARD_REPLACE = "card:replace"
    HOUSEHOLD_CHANGE = "household:change"
    HOUSEHOLD_CREATE = "household:create"
    HOUSEHOLD_ERASE = "household:erase"
    HOUSEHOLD_READ = "household:read"
    HOUSEHOLD_REVEAL = "household:reveal"
    PAPER_KEEP = "paper:keep"
    PAPER_READ = "paper:read"
    SHEET_EXPORT = "sheet:export"
    SHEET_IMPORT = "sheet:import"


def is_own_household(actor: Actor, subject: object) -> bool:
    """Return whether the row belongs to the household that acts by its card."""
    return actor.household_id is not None and actor.household_id == getattr(subject, "household_id", None)


def role_for(actor: Actor, permission: StrEnum, subject: object) -> str:
    """Return the role by which the actor may do it, or raise; the platform itself may."""
    return actor.role_name if actor.kind is ActorKind.SYSTEM else require(actor, permission, subject)
