"""A case goes before the meeting, with its open flags told, not hidden (domain.md 3.2, event 4)."""

from core.policy import Actor
from identification.case_choices import VetoStage
from identification.models import IdentificationCase
from identification.queries.cases.file import flags_of
from identification.services.cases.stepping import fire_case

FLAGS_TOLD = "flags_told"


def propose_case(case: IdentificationCase, *, actor: Actor, flags_told: bool = False) -> None:
    """Bring the case before the meeting; open flags are decided first, or the meeting hears of them (`flags_told`).

    Raises Refused with what is still missing: household, visit, letter, departments, flags.
    """
    open_flags = any(flag.stage is VetoStage.OPEN for flag in flags_of(case.id))
    told = FLAGS_TOLD if flags_told and open_flags else None
    fire_case(case, "propose", actor=actor, stated=flags_told, told=told)
