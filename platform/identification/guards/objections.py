"""Who may handle an objection: nobody who is complained of, never below the level that it needs (domain.md 3.8)."""

from typing import Any

from accounts.models import Role
from core.errors import Refused
from core.i18n import _l
from core.policy import Actor, ActorKind
from core.workflow import Facts

VILLAGE, TOWNSHIP, COUNTY = 1, 2, 3
LEVELS = {
    str(Role.VILLAGE_OFFICER): VILLAGE,
    str(Role.STATIONED_TEAM): VILLAGE,
    str(Role.TOWNSHIP_OFFICER): TOWNSHIP,
    str(Role.COUNTY_OFFICER): COUNTY,
}


def level_of(actor: Actor, region_code: str) -> int:
    """Return the highest level at which the actor answers for the place: 1 village, 2 township, 3 county, 0 none."""
    return max((LEVELS.get(grant.role, 0) for grant in actor.grants if grant.covers(region_code)), default=0)


def handling(objection: Any, actor: Actor, facts: Facts) -> None:
    """Somebody of the level or above who is not complained of."""
    refuse_concerned(objection, actor)
    if actor.kind is not ActorKind.SYSTEM and level_of(actor, objection.region_code) < objection.level:
        raise Refused(
            _l("The level that is complained of does not decide: this goes one level up."), code="needs_level"
        )


def deciding(objection: Any, actor: Actor, facts: Facts) -> None:
    """Who looked into it decides, and writes what was found."""
    handling(objection, actor, facts)
    if actor.kind is not ActorKind.SYSTEM and actor.account_id != objection.investigator:
        raise Refused(_l("Another officer looks into this. Whoever looked into it decides."), code="not_investigator")


def second_look(objection: Any, actor: Actor, facts: Facts) -> None:
    """Another person, one level above the first decision; above the county another person of the county."""
    handling(objection, actor, facts)
    if actor.account_id == objection.decided_by:
        raise Refused(_l("You decided the first time, so somebody else takes the second look."), code="four_eyes")
    needed = min((objection.decided_level or VILLAGE) + 1, COUNTY)
    if level_of(actor, objection.region_code) < needed:
        raise Refused(_l("The second look is taken one level above the first decision."), code="needs_level")


def refuse_concerned(objection: Any, actor: Actor) -> None:
    """Nobody handles a complaint about himself."""
    if actor.account_id is not None and str(actor.account_id) in objection.concerns:
        raise Refused(_l("The objection concerns you, so somebody else handles it."), code="is_concerned")
