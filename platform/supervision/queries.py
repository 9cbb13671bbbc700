"""Reads of issues and reports: the county's lists."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, can, require
from core.scope import scope_clause, within_scope
from needs.models import Need
from supervision.models import IssueStage, PublicReport, SupervisionIssue
from supervision.policy import SupervisionPermission


def issues(
    actor: Actor, *, stage: IssueStage = IssueStage.OPEN, cursor: str | None = None, limit: int = 20
) -> Page[tuple[SupervisionIssue, Need]]:
    """Return issues in the actor's places with their needs, the most urgent first."""
    require(actor, SupervisionPermission.ISSUE_READ)
    joined: Any = select(SupervisionIssue, Need).join(Need, Need.id == SupervisionIssue.need_id)
    query: Any = within_scope(joined, SupervisionIssue, actor).where(SupervisionIssue.stage == stage)
    if (after := decode_cursor(cursor, date.fromisoformat, UUID)) is not None:
        day, last = after
        query = query.where(
            or_(SupervisionIssue.due_on > day, and_(SupervisionIssue.due_on == day, SupervisionIssue.id > last))
        )
    ordered = query.order_by(SupervisionIssue.due_on, SupervisionIssue.id).limit(limit + 1)
    rows = [(issue, need) for issue, need in db.session.execute(ordered)]
    return make_page(rows, limit, lambda row: encode_cursor(row[0].due_on.isoformat(), row[0].id))


def get_issue(actor: Actor, issue_id: UUID) -> SupervisionIssue:
    """Return the issue if it is in the actor's places, else raise NotFound."""
    query = within_scope(select(SupervisionIssue).where(SupervisionIssue.id == issue_id), SupervisionIssue, actor)
    found: SupervisionIssue | None = db.session.scalar(query)
    if found is None or not can(actor, SupervisionPermission.ISSUE_READ, found):
        raise NotFound
    return found


def open_issue_of(delivery_id: UUID) -> SupervisionIssue | None:
    """Return the open issue about a delivery, or None."""
    return db.session.scalar(
        select(SupervisionIssue).where(
            SupervisionIssue.delivery_id == delivery_id, SupervisionIssue.stage == IssueStage.OPEN
        )
    )


def has_open_issue(need_id: UUID) -> bool:
    """Return whether anything about the need is being looked into."""
    query = select(SupervisionIssue.id).where(
        SupervisionIssue.need_id == need_id, SupervisionIssue.stage == IssueStage.OPEN
    )
    return db.session.scalar(query.limit(1)) is not None


def reports(actor: Actor, *, answered: bool = False, cursor: str | None = None, limit: int = 20) -> Page[PublicReport]:
    """Return what the public reported in the actor's places, newest first."""
    require(actor, SupervisionPermission.REPORT_READ)
    query = select(PublicReport).where(
        PublicReport.answered_at.is_not(None) == answered, scope_clause(PublicReport, actor)
    )
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        at, last = after
        query = query.where(
            or_(PublicReport.created_at < at, and_(PublicReport.created_at == at, PublicReport.id < last))
        )
    ordered = query.order_by(PublicReport.created_at.desc(), PublicReport.id.desc()).limit(limit + 1)
    rows: Sequence[PublicReport] = db.session.scalars(ordered).all()
    return make_page(rows, limit, lambda row: encode_cursor(row.created_at, row.id))


def get_report(actor: Actor, report_id: UUID) -> PublicReport:
    """Return the report if it is in the actor's places, else raise NotFound."""
    found = db.session.scalar(
        select(PublicReport).where(PublicReport.id == report_id, scope_clause(PublicReport, actor))
    )
    if found is None or not can(actor, SupervisionPermission.REPORT_READ, found):
        raise NotFound
    return found
