"""A case begins: a clue, or an application that somebody writes with the household."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid, WrongState
from core.i18n import _l
from core.policy import Actor
from core.records import note
from identification.case_choices import CaseOrigin, CaseStage, OfficeLevel
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.models import IdentificationCase, IdentificationRound
from identification.queries.cases.file import running_case_of
from identification.queries.cases.reading import phone_key
from identification.services.cases.roles import act_for
from identification.services.cases.stepping import deadline_from, settle_stage, total_deadline
from identification.workflow import case_workflow
from regions.codes import RegionLevel, county_code, level
from registry.models import Household

LONGEST = 1000
NAMEABLE = frozenset({CaseStage.CLUE, CaseStage.DRAFT, CaseStage.APPLIED, CaseStage.VERIFYING})
RUNNING = _l("A case of this household is running already. Look at that one.")


@dataclass(frozen=True)
class Applicant:
    """Whose household it is, and who helped to say it. A code from paper stands in for a phone."""

    name: str = ""
    phone: str = ""
    assisted: bool = False
    witness: str = ""
    paper_code: str = ""


def open_case(
    *,
    actor: Actor,
    region_code: str,
    pack: str,
    origin: CaseOrigin,
    household: Household | None = None,
    applicant: Applicant | None = None,
    told: str = "",
    receipt_no: str | None = None,
    running: IdentificationRound | None = None,
    sentinels: Sequence[str] = (),
    draft: bool = False,
) -> IdentificationCase:
    """Open a case: a clue, or with `draft` an application. Missing papers stop nothing; name and village are enough."""
    said = applicant or Applicant()
    _refuse_mistakes(region_code, household, said, origin)
    day = today()
    case = IdentificationCase(
        id=uuid4(),
        region_code=region_code,
        county_code=county_code(region_code),
        pack=pack,
        origin=origin,
        round_id=running.id if running else None,
        household_id=household.id if household else None,
        persons=household.size if household else None,
        receipt_no=receipt_no,
        applicant_name=said.name.strip() or (household.head_name if household else ""),
        applicant_phone=said.phone.strip() or None,
        phone_index=_key(receipt_no, said),
        assisted=said.assisted,
        witness=said.witness.strip() or None,
        told=told.strip()[:LONGEST],
        sentinels=list(sentinels),
        entered_on=day,
        entered_by=actor.account_id,
        stage_on=day,
        escalated_to=OfficeLevel.NONE,
        verification=1,
    )
    rules = pack_of(pack, region_code, day)
    case.decide_by = total_deadline(rules, day)
    case_workflow(rules).fire(case, "draft" if draft else "open", actor=actor, origin=origin.value)
    case.due_on = deadline_from(case, day)
    db.session.add(case)
    db.session.flush()  # its steps and flags point at it
    settle_stage(case, "draft" if draft else "open", actor, "")
    return case


def _key(receipt_no: str | None, said: Applicant) -> bytes | None:
    key = said.paper_code.strip() or said.phone.strip()
    return phone_key(receipt_no, key) if receipt_no and key else None


def _refuse_mistakes(region_code: str, household: Household | None, said: Applicant, origin: CaseOrigin) -> None:
    if len(region_code) != 12 or level(region_code) is not RegionLevel.VILLAGE:
        raise NotValid({"village": [_l("Choose the village.")]})
    if household is not None and household.region_code != region_code:
        raise NotValid({"household": [_l("This household is on file in another village.")]})
    if household is None and origin is not CaseOrigin.OBJECTION and not said.name.strip():
        raise NotValid({"name": [_l("Write whose household it is.")]})


def name_household(case: IdentificationCase, household: Household, *, actor: Actor) -> None:
    """Join the case to a household of the register, in the same village, before the meeting hears of it."""
    act_for(actor, CasePermission.CASE_OFFICE, case)
    if case.stage not in NAMEABLE:
        raise WrongState(state=str(case.stage))
    if household.region_code != case.region_code:
        raise NotValid({"household": [_l("This household is on file in another village.")]})
    if household.erased_at is not None or household.ended_on is not None:
        raise NotValid({"household": [_l("This household is no longer on file.")]})
    other = running_case_of(household.id, case.pack)
    if other is not None and other.id != case.id:
        raise NotValid({"household": [RUNNING]})
    case.household_id, case.persons = household.id, household.size
    case.applicant_name = case.applicant_name or household.head_name
    note(case, "case.household_named")
