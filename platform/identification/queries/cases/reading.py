"""One case, what of it may be seen, and which cases are ready for a notice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.clock import today
from core.crypto import blind_index
from core.db import db
from core.errors import NotFound
from core.policy import Actor, ActorKind, can
from core.scope import scope_clause, within_scope
from identification.case_choices import CaseStage
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.models import IdentificationCase
from identification.receipts import read_digits, read_receipt_no
from identification.workflow import office_and_days
from registry.models import Household, HouseholdProfile

BEFORE_VOTE = frozenset({CaseStage.CLUE, CaseStage.DRAFT, CaseStage.APPLIED, CaseStage.VERIFYING, CaseStage.REVIEWED})
ENDED = frozenset({CaseStage.NOT_ADMITTED, CaseStage.WITHDRAWN, CaseStage.CLEARED, CaseStage.REGISTERED})
SUFFIX = 3
PHONE_INDEX = "identification_case.phone"


@dataclass(frozen=True)
class ReadyHousehold:
    """A case as the composer of a notice sees it: fields that may be shown, and whose they are."""

    id: UUID
    household_id: UUID
    region_code: str
    group_no: str
    head_name: str
    household_suffix: str
    persons: int


def get_case(actor: Actor, case_id: UUID, permission: CasePermission = CasePermission.CASE_READ) -> IdentificationCase:
    """Return the case, or raise NotFound if it is outside the actor's places, or of no concern to his role."""
    query = within_scope(select(IdentificationCase).where(IdentificationCase.id == case_id), IdentificationCase, actor)
    found: IdentificationCase | None = db.session.scalar(query)
    allowed = actor.kind is ActorKind.SYSTEM or (found is not None and can(actor, permission, found))
    if found is None or not allowed:
        raise NotFound
    return found


def find_case(case_id: UUID) -> IdentificationCase:
    """Return a case that another row names, whoever asks; NotFound if it is not there."""
    found = db.session.get(IdentificationCase, case_id)
    if found is None:
        raise NotFound
    return found


def case_by_receipt(receipt_no: str, key: str) -> IdentificationCase | None:
    """Return the case of a receipt if the key is the phone number, or the code of a paper, that was left with it."""
    return db.session.scalar(
        select(IdentificationCase).where(
            IdentificationCase.receipt_no == read_receipt_no(receipt_no),
            IdentificationCase.phone_index == phone_key(read_receipt_no(receipt_no), key),
        )
    )


def phone_key(receipt_no: str, phone: str) -> bytes:
    """Return the blind index of a phone or code, bound to its receipt: equal phones do not join two cases."""
    return blind_index(f"{PHONE_INDEX}/{receipt_no}", read_digits(phone))


def office_of(case: IdentificationCase) -> str:
    """Return the level whose turn it is: village, township, county, province, or nothing."""
    days = office_and_days(case)
    if days is None:
        return ""
    return str(case.escalated_to) if case.escalated_to != "none" else str(days["office"])


def ready_stage(pack_code: str, step: str, region_code: str) -> CaseStage:
    """Return the state in which a case waits for a notice of a pack; KeyError for a notice it does not have."""
    pack: dict[str, Any] = pack_of(pack_code, region_code, today())
    after = {notice["id"]: notice["after"] for notice in pack["notices"]}
    if pack["announcement"]:
        after["announcement"] = pack["announcement"]["after"]
    return CaseStage(after[str(step)])


def cases_ready_for_notice(actor: Actor, region_code: str, pack: str, step: str) -> list[ReadyHousehold]:
    """Return the households whose cases wait for a notice of the place; a township's code means all its villages."""
    prefix = region_code.rstrip("0") if region_code.endswith("000") else region_code
    prefix = region_code[:9] if len(prefix) <= 9 else region_code
    query = (
        select(IdentificationCase, Household)
        .join(Household, Household.id == IdentificationCase.household_id)
        .where(
            IdentificationCase.pack == pack,
            IdentificationCase.stage == ready_stage(pack, step, region_code),
            IdentificationCase.region_code.startswith(prefix, autoescape=True),
            scope_clause(IdentificationCase, actor),
        )
        .order_by(IdentificationCase.region_code, Household.household_no)
    )
    return [_ready(case, household) for case, household in db.session.execute(query)]


def _ready(case: IdentificationCase, household: Household) -> ReadyHousehold:
    return ReadyHousehold(
        case.id,
        household.id,
        case.region_code,
        household.group_no,
        household.head_name,
        household.household_no[-SUFFIX:],
        case.persons or household.size,
    )


def old_register_shown(case: IdentificationCase) -> bool:
    """Return whether this case may show if the household stood on the old register: not before the vote (3.7.1)."""
    return case.stage not in BEFORE_VOTE and not _votes_again(case)


def _votes_again(case: IdentificationCase) -> bool:
    """A case that was withdrawn before its vote has not had one."""
    return case.stage is CaseStage.WITHDRAWN and case.township_by is None and case.committee_by is None


def hidden_households(ids: list[UUID]) -> set[UUID]:
    """Return those of the households whose case has not had its vote: their old entry is shown to nobody."""
    query = select(IdentificationCase.household_id).where(
        IdentificationCase.household_id.in_(ids), IdentificationCase.stage.in_(BEFORE_VOTE)
    )
    return {found for found in db.session.scalars(query) if found is not None}


def previously_registered(case: IdentificationCase) -> bool | None:
    """Return whether the household stood on the old register; None while nobody may know, or nobody does."""
    if not old_register_shown(case) or case.household_id is None:
        return None
    return db.session.scalar(
        select(HouseholdProfile.previously_registered)
        .where(HouseholdProfile.household_id == case.household_id, HouseholdProfile.superseded_by.is_(None))
        .order_by(HouseholdProfile.valid_from.desc())
        .limit(1)
    )
