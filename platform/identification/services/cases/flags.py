"""Flags: something may speak against a household; another person decides with evidence (domain.md 3.5)."""

from typing import Any
from uuid import uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused, WrongState
from core.i18n import _l
from core.policy import Actor
from identification.case_choices import Hardship, VetoCode
from identification.case_packs import pack_of
from identification.models import IdentificationCase, VetoFlag
from identification.queries.cases.file import open_flag
from identification.queries.cases.reading import ENDED
from identification.workflow import veto_workflow

LONGEST = 1000
STOP = "stop"


def raise_flag(case: IdentificationCase, *, actor: Actor, code: VetoCode, words: str) -> VetoFlag:
    """Raise a flag of the pack's list; it decides nothing. A code that is open already is refused (`flag_open`)."""
    if case.stage in ENDED:
        raise WrongState(state=str(case.stage))
    if rule_of(case, code) is None:
        raise NotValid({"code": [_l("This flag is not on the list of these rules.")]})
    if not 2 <= len(words.strip()) <= LONGEST:
        raise NotValid({"words": [_l("Write what makes you raise it, in 2 to 1,000 characters.")]})
    if open_flag(case.id, code) is not None:
        raise Refused(_l("This flag is open already."), code="flag_open")
    flag = VetoFlag(
        id=uuid4(),
        case_id=case.id,
        region_code=case.region_code,
        county_code=case.county_code,
        code=code,
        raised_on=today(),
        raised_by=actor.account_id,
        raised_words=words.strip(),
    )
    veto_workflow.fire(flag, "raise", actor=actor)
    db.session.add(flag)
    db.session.flush()  # one flag of a code may be open: two at once are told apart here
    return flag


def confirm_flag(flag: VetoFlag, *, actor: Actor, evidence: str) -> None:
    """Say as another person, with evidence, that it is so. The household is not rejected by it."""
    _decide(flag, "confirm", actor, evidence)


def clear_flag(flag: VetoFlag, *, actor: Actor, evidence: str, hardship: Hardship | None = None) -> None:
    """Say as another person, with evidence, that it is not so, or that a hardship outweighs it.

    A hard stop knows no hardship: what was told must be put right.
    """
    if hardship is not None and is_stop(flag):
        raise NotValid({"hardship": [_l("False information is put right; no hardship outweighs it.")]})
    _decide(flag, "clear", actor, evidence)
    flag.hardship = hardship


def _decide(flag: VetoFlag, step: str, actor: Actor, evidence: str) -> None:
    words = evidence.strip()
    if len(words) > LONGEST:
        raise NotValid({"evidence": [_l("This text is too long.")]})
    with db.session.no_autoflush:  # decided means: by whom and when, in one change
        veto_workflow.fire(flag, step, actor=actor, facts={"evidence": words})
        flag.evidence, flag.decided_on, flag.decided_by = words, today(), actor.account_id


def rule_of(case: IdentificationCase, code: VetoCode) -> dict[str, Any] | None:
    """Return what the case's pack says about a code."""
    rules = pack_of(case.pack, case.region_code, case.entered_on)["veto_rules"]
    return next((rule for rule in rules if rule["code"] == code.value), None)


def is_stop(flag: VetoFlag) -> bool:
    """Return whether the flag stops the case until it is put right."""
    case = db.session.get_one(IdentificationCase, flag.case_id)
    rule = rule_of(case, flag.code)
    return rule is not None and rule["effect"] == STOP
