"""A villager says that his household is in difficulty, or somebody says it for him, all year round."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from core.clock import add_working_days, now, today
from core.db import act_as, db
from core.errors import NotValid
from core.i18n import LazyString, _l
from core.policy import ANONYMOUS, Actor, require
from core.policy_packs import policy_value
from core.tokens import derived_digits, token_hash
from identification.models.own_reports import OwnReport, PaperCode
from identification.notice_policy import NoticePermission
from identification.objection_choices import Channel
from identification.receipts import is_phone, key_index, new_receipt_no, read_digits
from identification.services.case_steps import open_told
from identification.services.cases import Applicant
from identification.services.noticing import PACK, Place
from identification.services.paper_codes import CODE_DIGITS, PAPER_CODE, find_paper_code
from regions.codes import RegionLevel, county_code, level

ON_A_SHEET = 24
LONGEST = 1000


@dataclass(frozen=True)
class Telling:
    """What somebody says: of which household, what happened, and how the answer is asked for."""

    name: str
    told: str
    phone: str = ""
    paper_code: str = ""
    for_another: bool = False
    teller_name: str = ""


def file_own_report(telling: Telling, *, region_code: str) -> OwnReport:
    """Take it from the public door: a case from this moment. Who is signed in is forgotten first."""
    act_as(db.session, ANONYMOUS)
    require(ANONYMOUS, NoticePermission.OWN_REPORT_FILE, Place(region_code))
    return _take(telling, ANONYMOUS, Channel.WEB, region_code)


def enter_own_report(telling: Telling, *, actor: Actor, channel: Channel, region_code: str) -> OwnReport:
    """Write down what was said by phone or stood on a paper."""
    role = require(actor, NoticePermission.OWN_REPORT_ENTER, Place(region_code))
    db.session.info["acting_role"] = role
    return _take(telling, actor, channel, region_code)


def _take(telling: Telling, actor: Actor, channel: Channel, region_code: str) -> OwnReport:
    code = _checked(telling, region_code)
    number = new_receipt_no("own_report")
    said = Applicant(telling.name, read_digits(telling.phone), telling.for_another, telling.teller_name)
    case = open_told(said, actor=actor, region_code=region_code, told=telling.told, receipt_no=number)
    days = int(policy_value(PACK, region_code, today())["own_report_working_days"])
    report = OwnReport(
        id=uuid4(),
        case_id=case.id,
        region_code=region_code,
        county_code=county_code(region_code),
        receipt_no=number,
        key_index=key_index(number, telling.paper_code if code else telling.phone),
        paper_code_id=code.id if code else None,
        channel=channel,
        for_another=telling.for_another,
        entered_by=actor.account_id,
        told_at=now(),
        due_on=case.due_on or add_working_days(today(), days),
    )
    db.session.add(report)
    if code is not None:
        code.used_at = now()
    db.session.flush()  # the page names its number
    return report


def _checked(telling: Telling, region_code: str) -> PaperCode | None:
    """Return the paper code if one was given; raise what is missing, beside its field."""
    errors: dict[str, list[str | LazyString]] = {}
    if len(region_code) != 12 or level(region_code) is not RegionLevel.VILLAGE:
        errors["village"] = [_l("Choose the village.")]
    if not 1 <= len(telling.name.strip()) <= 60:
        errors["name"] = [_l("Write whose household it is.")]
    if not 2 <= len(telling.told.strip()) <= LONGEST:
        errors["told"] = [_l("Write in a few words what happened.")]
    code = find_paper_code(telling.paper_code) if telling.paper_code.strip() else None
    if telling.paper_code.strip() and code is None:
        errors["paper_code"] = [_l("This code does not fit, or it was used. Look at the paper again.")]
    if code is None and not telling.paper_code.strip() and not is_phone(telling.phone):
        errors["phone"] = [_l("Write a phone number, or the code of a paper from the village office.")]
    if errors:
        raise NotValid(errors)
    return code


def make_paper_codes(*, actor: Actor, region_code: str, count: int = ON_A_SHEET) -> UUID:
    """Make one sheet of codes for a village; return the sheet's id."""
    require(actor, NoticePermission.PAPER_CODE_PRINT, Place(region_code))
    sheet_id = uuid4()
    for _number in range(count):
        code_id = uuid4()
        db.session.add(
            PaperCode(
                id=code_id,
                sheet_id=sheet_id,
                region_code=region_code,
                county_code=county_code(region_code),
                code_hash=token_hash(PAPER_CODE, derived_digits(PAPER_CODE, code_id, CODE_DIGITS)),
                printed_by=actor.account_id,
            )
        )
    db.session.flush()  # the print asks for them
    return sheet_id
