"""Committee and team sign the preliminary list, household by household (domain.md 3.2, step 6)."""

from collections.abc import Collection
from uuid import UUID

from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import SYSTEM, Actor
from identification.models import IdentificationCase
from identification.queries.cases.reading import get_case
from identification.services.cases.stepping import fire_case

MOST_AT_ONCE = 20


def sign_case(case: IdentificationCase, *, actor: Actor) -> None:
    """Sign one household of the list for the actor's office; once both offices have signed, the list is closed."""
    fire_case(case, "sign_list", actor=actor)
    if case.committee_by is not None and case.team_by is not None:
        fire_case(case, "verify_list", actor=SYSTEM)


def sign_cases(region_code: str, case_ids: Collection[UUID], *, actor: Actor) -> tuple[int, int]:
    """Sign chosen households of one village's list in one act, each with its own record; all of them or none.

    At most 20, so that each is looked at (security.md, row 66). Returns how many were signed, and how many of them
    are closed by it.
    """
    if not case_ids:
        raise NotValid({"cases": [_l("Tick at least one household.")]})
    if len(case_ids) > MOST_AT_ONCE:
        raise NotValid({"cases": [_l("Sign at most %(most)s households at once.", most=MOST_AT_ONCE)]})
    cases = [get_case(actor, case_id) for case_id in sorted(case_ids)]
    if any(case.region_code != region_code for case in cases):
        raise Refused(_l("A household does not belong on this list. Please look again."), code="not_on_list")
    for case in cases:
        sign_case(case, actor=actor)
    return len(cases), sum(case.committee_by is not None and case.team_by is not None for case in cases)
