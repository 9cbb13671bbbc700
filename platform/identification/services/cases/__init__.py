"""What is done with cases. Other parts of identification call these."""

from identification.services.cases.entering import Entry, enter_application, enter_clue
from identification.services.cases.flags import clear_flag, confirm_flag, raise_flag
from identification.services.cases.letters import authorise_case
from identification.services.cases.matches import enter_match
from identification.services.cases.opening import Applicant, name_household, open_case
from identification.services.cases.proposing import propose_case
from identification.services.cases.signing import sign_case, sign_cases
from identification.services.cases.stepping import fire_case
from identification.services.cases.visits import VisitSeen, enter_visit

__all__ = [
    "Applicant",
    "Entry",
    "VisitSeen",
    "authorise_case",
    "clear_flag",
    "confirm_flag",
    "enter_application",
    "enter_clue",
    "enter_match",
    "enter_visit",
    "fire_case",
    "name_household",
    "open_case",
    "propose_case",
    "raise_flag",
    "sign_case",
    "sign_cases",
]
