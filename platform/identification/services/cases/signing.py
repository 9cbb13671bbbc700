"""Committee and team sign the preliminary list, household by household (domain.md 3.2, step 6)."""

from core.policy import SYSTEM, Actor
from identification.models import IdentificationCase
from identification.services.cases.stepping import fire_case


def sign_case(case: IdentificationCase, *, actor: Actor) -> None:
    """Sign one household of the list for the actor's office; once both offices have signed, the list is closed."""
    fire_case(case, "sign_list", actor=actor)
    if case.committee_by is not None and case.team_by is not None:
        fire_case(case, "verify_list", actor=SYSTEM)
