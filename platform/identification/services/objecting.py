"""Objections come in: from anybody, with a name or without; on paper or by phone through an officer."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from accounts.models import Role
from accounts.queries import accounts_with_role
from accounts.services import MessageKind, notify
from core.clock import now, today
from core.db import act_as, db
from core.errors import NotFound, NotValid
from core.i18n import LazyString, _l
from core.policy import ANONYMOUS, Actor
from core.policy_packs import policy_value
from identification.guards.objections import COUNTY, TOWNSHIP, VILLAGE
from identification.models.notices import Notice, NoticeEntry
from identification.models.objections import Objection
from identification.notice_choices import NoticeStep
from identification.objection_choices import Blocks, Channel, ObjectionKind
from identification.receipts import is_phone, key_index, new_receipt_no
from identification.services.notice_changes import mask_entry
from identification.services.noticing import PACK
from identification.workflow.objections import objection_workflow
from regions.codes import county_code

LONGEST = 2000
ABOUT_ONE = (ObjectionKind.WRONG_INCLUSION, ObjectionKind.DATA_ERROR)
OWN_LEVEL = {NoticeStep.SECOND: TOWNSHIP, NoticeStep.ANNOUNCEMENT: COUNTY}
LEVEL_ROLES = {VILLAGE: Role.VILLAGE_OFFICER, TOWNSHIP: Role.TOWNSHIP_OFFICER, COUNTY: Role.COUNTY_OFFICER}


@dataclass(frozen=True)
class Filing:
    """What somebody says. Without a name and a contact it is anonymous."""

    kind: ObjectionKind
    told: str
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Receipt:
    """What who filed it takes away: the number, and for those without a phone the code that opens it, shown once."""

    receipt_no: str
    code: str
    objection: Objection


def file_objection(
    filing: Filing, *, region_code: str, notice: Notice | None = None, entry: NoticeEntry | None = None
) -> Receipt:
    """Take an objection from the public door. Who is signed in is forgotten first: anonymous means anonymous."""
    act_as(db.session, ANONYMOUS)
    return _take(filing, "file", ANONYMOUS, Channel.WEB, region_code, notice, entry)


def enter_objection(
    filing: Filing,
    *,
    actor: Actor,
    channel: Channel,
    region_code: str,
    notice: Notice | None = None,
    entry: NoticeEntry | None = None,
) -> Receipt:
    """Write down what came on paper or by phone."""
    return _take(filing, "enter", actor, channel, region_code, notice, entry)


def _take(
    filing: Filing,
    step: str,
    actor: Actor,
    channel: Channel,
    region_code: str,
    notice: Notice | None,
    entry: NoticeEntry | None,
) -> Receipt:
    _refuse_mistakes(filing, notice, entry)
    row = _row(filing, channel, region_code, notice, entry)
    code = "" if is_phone(filing.contact) else f"{secrets.randbelow(10**8):08d}"
    row.key_index = key_index(row.receipt_no, code or filing.contact)
    row.entered_by = actor.account_id
    objection_workflow.fire(row, step, actor=actor)
    db.session.add(row)
    db.session.flush()  # the page names its number
    if row.kind is ObjectionKind.PRIVACY and row.case_id is not None:
        mask_entry(row.case_id, at=row.filed_at)
    _tell(row)
    return Receipt(row.receipt_no, code, row)


def _refuse_mistakes(filing: Filing, notice: Notice | None, entry: NoticeEntry | None) -> None:
    errors: dict[str, list[str | LazyString]] = {}
    if not 5 <= len(filing.told.strip()) <= LONGEST:
        errors["told"] = [_l("Write what is wrong, in 5 to 2,000 characters.")]
    if filing.kind in ABOUT_ONE and entry is None:
        errors["entry"] = [_l("Choose which household on the list it is about.")]
    if entry is not None and (notice is None or entry.notice_id != notice.id):
        raise NotFound
    if max(len(filing.name), len(filing.contact)) > 100:
        errors["contact"] = [_l("Write at most 100 characters.")]
    if errors:
        raise NotValid(errors)


def _row(
    filing: Filing, channel: Channel, region_code: str, notice: Notice | None, entry: NoticeEntry | None
) -> Objection:
    rule = policy_value(PACK, region_code, today())
    moment = now()
    place = entry.place_code if entry is not None else region_code
    return Objection(
        id=uuid4(),
        region_code=place,
        county_code=county_code(place),
        notice_id=notice.id if notice else None,
        batch_id=notice.batch_id if notice else None,
        entry_id=entry.id if entry else None,
        case_id=entry.case_id if entry else None,
        kind=filing.kind,
        channel=channel,
        blocks=blocks_of(filing.kind, has_notice=notice is not None, has_household=entry is not None),
        level=level_needed(filing.kind, notice.step if notice else None),
        told=filing.told.strip(),
        is_anonymous=not (filing.name.strip() or filing.contact.strip()),
        filer_name=filing.name.strip() or None,
        filer_contact=filing.contact.strip() or None,
        receipt_no=new_receipt_no("objection"),
        filed_at=moment,
        due_on=today() + timedelta(days=int(rule["reply_days"])),
        mask_by=moment + timedelta(hours=int(rule["mask_hours"])) if filing.kind is ObjectionKind.PRIVACY else None,
        concerns=_made_by(notice) if filing.kind in _ABOUT_MAKING else [],
    )


_ABOUT_MAKING = (ObjectionKind.PROCEDURE, ObjectionKind.CONFLICT_OF_INTEREST)


def _made_by(notice: Notice | None) -> list[str]:
    if notice is None:
        return []
    return sorted({str(person) for person in (notice.prepared_by, notice.posted_by) if person is not None})


def blocks_of(kind: ObjectionKind, *, has_notice: bool, has_household: bool) -> Blocks:
    """Return what an objection holds up while it is open: only what it concerns (domain.md 3.8)."""
    if kind is ObjectionKind.PROCEDURE:
        return Blocks.LIST if has_notice else Blocks.NOTHING
    about_right = kind in (*ABOUT_ONE, ObjectionKind.CONFLICT_OF_INTEREST)
    return Blocks.HOUSEHOLD if has_household and about_right else Blocks.NOTHING


def level_needed(kind: ObjectionKind, step: NoticeStep | None) -> int:
    """Return the lowest level that may handle it: an omission never the village, the rest of the making one above."""
    if kind in _ABOUT_MAKING:
        return min(OWN_LEVEL.get(step, VILLAGE) + 1, COUNTY) if step else TOWNSHIP
    return TOWNSHIP if kind is ObjectionKind.OMISSION else VILLAGE


def _tell(objection: Objection) -> None:
    if "moved_clock" in db.session.info:
        return
    officers: list[UUID] = accounts_with_role(LEVEL_ROLES[objection.level], objection.region_code)
    notify(officers, MessageKind.DECISION_DUE, link=f"/desk/objections/{objection.id}", due_on=objection.due_on)
