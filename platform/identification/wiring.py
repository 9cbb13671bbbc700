"""Registers what identification answers for others, and what it listens to."""

from core.errors import map_constraint
from core.i18n import _l
from core.policy import Actor
from identification.guards.cases import closing_checks
from identification.guards.notices import refuse_closing
from identification.models import IdentificationCase
from identification.queries.exports import CASES, FRAME
from identification.services.cases.erasing import end_cases, wipe_cases
from identification.services.notice_erasing import leave_boards, wipe_lines
from registry.events import household_erased, household_erasing
from registry.models import Household
from registry.queries.listed import register_list


def wire() -> None:
    """Let an erased household leave the boards; give violated constraints their words."""
    register_list(CASES)
    register_list(FRAME)
    closing_checks.append(_closing)
    household_erasing.connect(_leave)
    household_erased.connect(wipe_lines)
    household_erased.connect(wipe_cases)
    early = _l("The time of the notice is not over.")
    map_constraint("notice_not_closed_early", "notice_runs", early)
    map_constraint("notice_entry_not_passed_early", "notice_runs", early)


def _closing(case: IdentificationCase) -> None:
    refuse_closing(case.id)


def _leave(household: Household, *, actor: Actor) -> None:
    leave_boards(household)
    end_cases(household)
