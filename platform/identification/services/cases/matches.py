"""A department answers for a household; what it found raises a flag, and nothing more."""

from datetime import date
from typing import Any
from uuid import uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid, WrongState
from core.i18n import _l
from core.policy import Actor
from identification.case_choices import CaseStage, Department, MatchResult, VetoCode
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.guards.cases import authorised
from identification.models import DepartmentMatch, IdentificationCase
from identification.queries.cases.file import open_flag
from identification.services.cases.flags import raise_flag
from identification.services.cases.roles import act_for

LONGEST = 1000


def enter_match(
    case: IdentificationCase,
    *,
    actor: Actor,
    department: Department,
    result: MatchResult,
    as_of: date,
    words: str = "",
) -> DepartmentMatch:
    """Enter one department's answer for this verification; a later answer stands beside the earlier one.

    Something found raises the flag that the pack names for this department, unless it is open already. Where the pack
    asks for the household's letter, nobody is looked up without it.
    """
    act_for(actor, CasePermission.CASE_MATCH, case)
    refuse_asking(case, actor=actor)
    pack = pack_of(case.pack, case.region_code, case.entered_on)
    _check(pack, department, result, as_of, words.strip())
    match = DepartmentMatch(
        id=uuid4(),
        case_id=case.id,
        region_code=case.region_code,
        county_code=case.county_code,
        verification=case.verification,
        department=department,
        result=result,
        as_of=as_of,
        words=words.strip(),
        recorded_by=actor.account_id,
    )
    db.session.add(match)
    db.session.flush()  # the flag and the next step ask for it
    if result is MatchResult.FOUND:
        _flag(case, pack, department, words, actor)
    return match


def refuse_asking(case: IdentificationCase, *, actor: Actor) -> None:
    """Raise what stands against asking departments now: the state, or the letter that is not signed."""
    if case.stage is not CaseStage.VERIFYING:
        raise WrongState(state=str(case.stage))
    if asks_for_letter(pack_of(case.pack, case.region_code, case.entered_on)):
        authorised(case, actor, {})


def asks_for_letter(pack: dict[str, Any]) -> bool:
    """Return whether the pack lets nobody be looked up before the household signed its letter."""
    return any("authorised" in row.get("guards", ()) for row in pack["transitions"] if row["name"] == "propose")


def _flag(case: IdentificationCase, pack: dict[str, Any], department: Department, words: str, actor: Actor) -> None:
    for rule in pack["veto_rules"]:
        if rule["source"] == department.value and open_flag(case.id, VetoCode(rule["code"])) is None:
            raise_flag(case, actor=actor, code=VetoCode(rule["code"]), words=words)


def _check(pack: dict[str, Any], department: Department, result: MatchResult, as_of: date, words: str) -> None:
    if department.value not in pack["departments"]:
        raise NotValid({"department": [_l("This department is not asked here.")]})
    if as_of > today():
        raise NotValid({"as_of": [_l("An answer cannot be of a later day than today.")]})
    if result is MatchResult.FOUND and not words:
        raise NotValid({"words": [_l("Write what was found, without numbers of papers.")]})
    if len(words) > LONGEST:
        raise NotValid({"words": [_l("This text is too long.")]})
