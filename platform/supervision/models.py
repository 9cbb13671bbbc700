"""What has to be looked into: issues about deliveries, and reports from the public."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.i18n import _l, register_labels
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice


class IssueKind(StrEnum):
    NOT_RECEIVED = "not_received"
    NOT_MENDED = "not_mended"
    CALL_DIFFERS = "call_differs"


class IssueStage(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Finding(StrEnum):
    """What the county found. Asking again lets a new slip be made."""

    ASK_AGAIN = "ask_again"
    ANNULLED = "annulled"
    ANSWERED = "answered"
    NOTHING_WRONG = "nothing_wrong"


kind_labels = {
    IssueKind.NOT_RECEIVED: _l("The household says that nothing came"),
    IssueKind.NOT_MENDED: _l("What was wrong was not put right in time"),
    IssueKind.CALL_DIFFERS: _l("The household said something else when called back"),
}
stage_labels = {IssueStage.OPEN: _l("Being looked into"), IssueStage.CLOSED: _l("Closed")}
finding_labels = {
    Finding.ASK_AGAIN: _l("Looked into; the household is asked again"),
    Finding.ANNULLED: _l("What was not received was annulled"),
    Finding.ANSWERED: _l("The household has confirmed since"),
    Finding.NOTHING_WRONG: _l("Nothing wrong was found"),
}
for labels in (kind_labels, stage_labels, finding_labels):
    register_labels(labels)


class SupervisionIssue(RegionScoped, Recorded, Base):
    """Something about a delivery that the county looks into, in five working days."""

    __tablename__ = "supervision_issue"
    __stream__ = ("need", "need_id")
    __table_args__: Any = (
        CheckConstraint("stage <> 'closed' OR finding IS NOT NULL", name="closed_with_finding"),
        Index("ix_supervision_issue_queue", "region_code", "stage", "due_on"),
        Index("uq_supervision_issue_open", "delivery_id", unique=True, postgresql_where=text("stage = 'open'")),
        Index("ix_supervision_issue_need", "need_id", "stage"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=restricted(recorded=False))
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), info=public())
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), info=public())
    pairing_id: Mapped[UUID] = mapped_column(info=restricted(recorded=False))
    donor_id: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    kind: Mapped[IssueKind] = mapped_column(choice(IssueKind), info=public())
    stage: Mapped[IssueStage] = mapped_column(choice(IssueStage), info=public())
    opened_at: Mapped[datetime] = mapped_column(info=public())
    due_on: Mapped[date] = mapped_column(Date, info=public())
    finding: Mapped[Finding | None] = mapped_column(choice(Finding), info=public())
    finding_text: Mapped[str] = mapped_column(default="", info=restricted())
    closed_at: Mapped[datetime | None] = mapped_column(info=public())
    closed_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return self.subject


class PublicReport(RegionScoped, Base):
    """What somebody told us is wrong, with an address for the answer if he gave one."""

    __tablename__ = "public_report"
    __table_args__: Any = (Index("ix_public_report_queue", "region_code", "created_at", "id"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public())
    page: Mapped[str] = mapped_column(default="", info=restricted())
    text: Mapped[str] = mapped_column(EncryptedText("public_report.text"), info=sensitive())
    contact: Mapped[str | None] = mapped_column(EncryptedText("public_report.contact"), info=sensitive())
    household_id: Mapped[UUID | None] = mapped_column(info=restricted())
    due_on: Mapped[date] = mapped_column(Date, info=restricted())
    answer: Mapped[str] = mapped_column(EncryptedText("public_report.answer"), default="", info=sensitive())
    answered_by: Mapped[UUID | None] = mapped_column(info=restricted())
    answered_at: Mapped[datetime | None] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}
