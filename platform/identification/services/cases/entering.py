"""At the desk: an officer enters a clue, or writes an application with a household; a receipt says its number."""

from dataclasses import dataclass, replace

from core.clock import now
from core.errors import NotValid
from core.i18n import LazyString, _l
from core.policy import Actor
from identification.case_choices import CaseOrigin
from identification.models import IdentificationCase
from identification.models.own_reports import PaperCode
from identification.queries.cases.file import running_case_of
from identification.queries.rounds import running_round
from identification.receipts import is_phone, new_receipt_no, read_digits
from identification.services.cases.opening import LONGEST, RUNNING, Applicant, open_case
from identification.services.cases.stepping import fire_case
from identification.services.paper_codes import find_paper_code
from registry.models import Household

BY_OFFICERS = (CaseOrigin.CADRE_SURVEY, CaseOrigin.DEPARTMENT_WARNING)
TOLD = (CaseOrigin.SELF_REPORT, CaseOrigin.ON_BEHALF)
CLUES = (*TOLD, *BY_OFFICERS)
LONGEST_NAME = 60
Errors = dict[str, list[str | LazyString]]


@dataclass(frozen=True)
class Entry:
    """What is entered: where, under which rules, whose household, what was said."""

    region_code: str
    pack: str
    origin: CaseOrigin
    applicant: Applicant
    household: Household | None = None
    told: str = ""


def enter_clue(entry: Entry, *, actor: Actor) -> IdentificationCase:
    """Enter a clue of today; it joins the round that runs in the village. Raises NotValid beside the fields."""
    errors = _mistakes(entry)
    if entry.origin not in CLUES:
        errors["origin"] = [_l("Choose where the clue comes from.")]
    if not 2 <= len(entry.told.strip()) <= LONGEST:
        errors["told"] = [_l("Write in a few words what happened.")]
    if entry.origin is CaseOrigin.ON_BEHALF and not entry.applicant.witness.strip():
        errors["witness"] = [_l("Write who told it.")]
    return _opened(entry, errors, actor=actor, draft=False, wants_key=entry.origin in TOLD)


def enter_application(entry: Entry, *, actor: Actor, hand_in: bool) -> IdentificationCase:
    """Write an application with the household, and hand it in or keep it as a draft. Missing papers stop nothing.

    Whoever cannot write has it written before a witness (domain.md 3.2, `draft`).
    """
    errors = _mistakes(entry)
    if entry.applicant.assisted and not entry.applicant.witness.strip():
        errors["witness"] = [_l("Write who was there as a witness.")]
    application = replace(entry, origin=CaseOrigin.APPLICATION)
    case = _opened(application, errors, actor=actor, draft=True, wants_key=True)
    if hand_in:
        fire_case(case, "submit", actor=actor)
    return case


def _opened(entry: Entry, errors: Errors, *, actor: Actor, draft: bool, wants_key: bool) -> IdentificationCase:
    said = entry.applicant
    code = find_paper_code(said.paper_code) if said.paper_code.strip() else None
    errors |= _wrong_key(said, code, wants_key=wants_key)
    if errors:
        raise NotValid(errors)
    case = open_case(
        actor=actor,
        region_code=entry.region_code,
        pack=entry.pack,
        origin=entry.origin,
        household=entry.household,
        applicant=replace(said, phone=read_digits(said.phone), paper_code=read_digits(said.paper_code)),
        told=entry.told,
        receipt_no=new_receipt_no("case"),
        running=running_round(entry.region_code, entry.pack),
        draft=draft,
    )
    if code is not None:
        code.used_at = now()
    return case


def _mistakes(entry: Entry) -> Errors:
    errors: Errors = {}
    if entry.household is None and not 1 <= len(entry.applicant.name.strip()) <= LONGEST_NAME:
        errors["name"] = [_l("Write whose household it is.")]
    if entry.household is not None and running_case_of(entry.household.id, entry.pack) is not None:
        errors["household"] = [RUNNING]
    if len(entry.told.strip()) > LONGEST:
        errors["told"] = [_l("This text is too long.")]
    return errors


def _wrong_key(said: Applicant, code: PaperCode | None, *, wants_key: bool) -> Errors:
    """Whoever told something can ask how far it is: by a phone number, or by a code from paper."""
    if said.paper_code.strip():
        return {} if code else {"paper_code": [_l("This code does not fit, or it was used. Look at the paper again.")]}
    if is_phone(said.phone) or (not said.phone.strip() and not wants_key):
        return {}
    return {"phone": [_l("Write a phone number, or the code of a paper from the village office.")]}
