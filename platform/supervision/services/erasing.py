"""What an erased household leaves behind here: findings and reports without their words."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.records import note
from registry.services.erasing import KIND
from supervision.models import PublicReport, SupervisionIssue


def refuse_if_open(household_id: UUID) -> None:
    """A question of the household is answered before nobody knows any more who asked."""
    if any(report.answered_at is None for report in _reports(household_id)):
        raise Refused(_l("A question of this household is not answered yet. Answer it first."), code="report_open")


def wipe_household(household_id: UUID) -> None:
    """Empty findings, questions and answers."""
    query = select(SupervisionIssue).where(SupervisionIssue.subject == f"household/{household_id}")
    for issue in db.session.scalars(query.order_by(SupervisionIssue.id)):
        issue.finding_text = ""
        note(issue, KIND)
    for report in _reports(household_id):
        report.text = report.answer = report.page = ""
        report.contact = report.household_id = None


def _reports(household_id: UUID) -> Sequence[PublicReport]:
    return db.session.scalars(select(PublicReport).where(PublicReport.household_id == household_id)).all()
