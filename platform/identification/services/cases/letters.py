"""The commitment letter: the household lets departments look it up, and says that what it told is true."""

from datetime import date

from core.clock import today
from core.errors import NotValid
from core.i18n import _l
from core.policy import Actor
from identification.models import IdentificationCase
from identification.services.cases.papers import keep_file
from identification.services.cases.stepping import fire_case

LONGEST_NAME = 60


def authorise_case(
    case: IdentificationCase, *, actor: Actor, signed_on: date, scan: bytes | None = None, witness: str = ""
) -> None:
    """Enter the signed letter: its scan, or who saw the thumbprint (domain.md 3.2, `authorised`).

    Raises NotValid for the day, the file or the missing of both; Refused if it was signed before.
    """
    named = witness.strip()
    if signed_on > today():
        raise NotValid({"signed_on": [_l("The letter cannot be signed later than today.")]})
    if scan is None and not named:
        raise NotValid({"scan": [_l("Add the signed letter, or name who saw the thumbprint.")]})
    if len(named) > LONGEST_NAME:
        raise NotValid({"witness": [_l("This name is too long.")]})
    file_id = None if scan is None else keep_file(case, scan, actor=actor, field="scan")
    fire_case(case, "authorise", actor=actor, file=file_id, witness=named)
    case.authorised_on, case.authorised_file = signed_on, file_id
