"""Finding a case by a number that somebody brings: of its receipt, or of its household."""

from sqlalchemy import or_, select

from core.db import db
from core.policy import Actor, require
from identification.case_policy import CasePermission
from identification.models import IdentificationCase, OwnReport
from identification.queries.cases.listing import CaseRow, case_rows, in_scope
from identification.receipts import read_receipt_no
from registry.models import Household

MOST = 20


def found_cases(actor: Actor, number: str) -> list[CaseRow]:
    """Return the cases of the actor's places with this number, the newest first; at most 20."""
    require(actor, CasePermission.CASE_READ)
    receipt, typed = read_receipt_no(number), number.strip()
    if not typed:
        return []
    query = in_scope(actor).where(
        or_(
            IdentificationCase.receipt_no == receipt,
            IdentificationCase.id.in_(select(OwnReport.case_id).where(OwnReport.receipt_no == receipt)),
            IdentificationCase.household_id.in_(select(Household.id).where(Household.household_no == typed)),
        )
    )
    ordered = query.order_by(IdentificationCase.entered_on.desc(), IdentificationCase.id.desc()).limit(MOST)
    return case_rows(db.session.scalars(ordered).all())
