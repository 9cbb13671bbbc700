"""Reads of what villagers said of their own accord, and of anything that a receipt opens."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, can, require
from core.scope import within_scope
from core.settings import current
from core.tokens import derived_digits
from identification.models import IdentificationCase
from identification.models.objections import Objection
from identification.models.own_reports import OwnReport, PaperCode
from identification.notice_policy import NoticePermission
from identification.queries.cases import find_case
from identification.queries.cases.reading import phone_key
from identification.receipts import key_index, read_receipt_no

NOBODY = b"\0" * 16


@dataclass(frozen=True)
class ReceiptSheet:
    """What the receipt says: enough to ask again, nothing about the trouble of the household."""

    receipt_no: str
    name: str
    region_code: str
    told_on: datetime
    due_on: date
    for_another: bool
    with_paper_code: bool
    address: str
    phone: str


def opened_by(receipt_no: str, key: str) -> OwnReport | Objection | IdentificationCase | None:
    """Return what a receipt and its key open, or None. The same work is done whether the number exists or not."""
    number = read_receipt_no(receipt_no)
    wanted, wanted_of_case = key_index(number, key), phone_key(number, key)
    report = db.session.scalar(select(OwnReport).where(OwnReport.receipt_no == number))
    objection = db.session.scalar(select(Objection).where(Objection.receipt_no == number))
    case = db.session.scalar(select(IdentificationCase).where(IdentificationCase.receipt_no == number))
    found: OwnReport | Objection | None = report or objection
    fits = hmac.compare_digest(wanted, found.key_index if found is not None else NOBODY)
    case_fits = hmac.compare_digest(wanted_of_case, (case.phone_index if case is not None else None) or NOBODY)
    if found is not None:
        return found if fits else None
    return case if case_fits else None


def receipt(report: OwnReport) -> ReceiptSheet:
    """Return what is printed for who said it."""
    return ReceiptSheet(
        receipt_no=report.receipt_no,
        name=find_case(report.case_id).applicant_name,
        region_code=report.region_code,
        told_on=report.told_at,
        due_on=report.due_on,
        for_another=report.for_another,
        with_paper_code=report.paper_code_id is not None,
        address=f"{current().base_url}/my-case",
        phone=current().supervision_phone,
    )


def own_reports(actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[OwnReport]:
    """Return what people of the actor's places said, newest first."""
    require(actor, NoticePermission.OWN_REPORT_READ)
    query: Any = within_scope(select(OwnReport), OwnReport, actor)
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        at, last = after
        query = query.where(or_(OwnReport.told_at < at, and_(OwnReport.told_at == at, OwnReport.id < last)))
    rows: Sequence[OwnReport] = db.session.scalars(
        query.order_by(OwnReport.told_at.desc(), OwnReport.id.desc()).limit(limit + 1)
    ).all()
    return make_page(rows, limit, lambda row: encode_cursor(row.told_at, row.id))


def get_own_report(actor: Actor, report_id: UUID) -> OwnReport:
    """Return it if it is of the actor's places, else raise NotFound."""
    query = within_scope(select(OwnReport).where(OwnReport.id == report_id), OwnReport, actor)
    found: OwnReport | None = db.session.scalar(query)
    if found is None or not can(actor, NoticePermission.OWN_REPORT_READ, found):
        raise NotFound
    return found


def report_of_case(case_id: UUID) -> OwnReport | None:
    """Return what was said at the beginning of a case, for who may read the case."""
    return db.session.scalar(select(OwnReport).where(OwnReport.case_id == case_id))


def unused_codes(actor: Actor, sheet_id: UUID) -> tuple[str, list[str]]:
    """Return the village and the digits of a sheet that this officer printed; a used code is never shown again."""
    rows = db.session.scalars(select(PaperCode).where(PaperCode.sheet_id == sheet_id).order_by(PaperCode.id)).all()
    if not rows or not can(actor, NoticePermission.PAPER_CODE_PRINT, rows[0]):
        raise NotFound
    digits = [derived_digits("paper-code", row.id, 10) for row in rows if row.used_at is None]
    return rows[0].region_code, digits
