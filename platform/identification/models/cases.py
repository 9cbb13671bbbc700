"""Cases: one household on its way through the steps of a policy pack."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from identification.case_choices import CaseOrigin, CaseStage, OfficeLevel, OverQuotaAnswer, RejectReason, Seen
from registry.choices import MonitoringKind


class IdentificationCase(RegionScoped, Recorded, Base):
    """A household that may be in need: from the first clue to the decision, and for monitored ones to its end.

    The household may still be unknown to the register; it must be known before the meeting. `verification` counts how
    often the case was verified anew; `appealed` asks for other visitors than before. `line_*` say what it was
    measured against, as it stood then.
    """

    __tablename__ = "identification_case"
    __stream__ = ("identification_case", "id")
    __table_args__: Any = (
        Index("uq_identification_case_receipt", "receipt_no", unique=True),
        Index("ix_identification_case_scope", "region_code", "stage", "due_on"),
        Index("ix_identification_case_household", "household_id"),
        Index("ix_identification_case_round", "round_id", "stage"),
        Index("ix_identification_case_due", "due_on", "stage"),
        CheckConstraint("persons IS NULL OR persons BETWEEN 1 AND 30", name="persons_known"),
        CheckConstraint("committee_by IS NULL OR committee_by IS DISTINCT FROM team_by", name="signed_by_two"),
        CheckConstraint("county_by IS NULL OR county_by IS DISTINCT FROM township_by", name="decided_by_two"),
        CheckConstraint("stage <> 'not_admitted' OR reject_reason IS NOT NULL", name="not_admitted_with_reason"),
        CheckConstraint(
            "stage NOT IN ('registered', 'monitored') OR (household_id IS NOT NULL AND county_by IS NOT NULL)",
            name="admitted_by_county",
        ),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    pack: Mapped[str] = mapped_column(info=public())
    stage: Mapped[CaseStage] = mapped_column(choice(CaseStage), info=public())
    origin: Mapped[CaseOrigin] = mapped_column(choice(CaseOrigin), info=public())
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("identification_round.id"), info=public())
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), info=restricted())
    receipt_no: Mapped[str | None] = mapped_column(info=restricted(recorded=False))
    applicant_name: Mapped[str] = mapped_column(EncryptedText("identification_case.applicant_name"), info=sensitive())
    applicant_phone: Mapped[str | None] = mapped_column(
        EncryptedText("identification_case.applicant_phone"), info=sensitive()
    )
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    assisted: Mapped[bool] = mapped_column(default=False, info=public())
    witness: Mapped[str | None] = mapped_column(EncryptedText("identification_case.witness"), info=sensitive())
    told: Mapped[str] = mapped_column(EncryptedText("identification_case.told"), default="", info=sensitive())
    sentinels: Mapped[list[Any]] = mapped_column(default=list, info=sensitive())
    entered_on: Mapped[date] = mapped_column(Date, info=public())
    entered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    stage_on: Mapped[date] = mapped_column(Date, info=public(recorded=False))
    due_on: Mapped[date | None] = mapped_column(Date, info=public(recorded=False))
    decide_by: Mapped[date | None] = mapped_column(Date, info=public())
    escalated_to: Mapped[OfficeLevel] = mapped_column(choice(OfficeLevel), default=OfficeLevel.NONE, info=public())
    verification: Mapped[int] = mapped_column(default=1, info=public())
    appealed: Mapped[bool] = mapped_column(default=False, info=public())
    persons: Mapped[int | None] = mapped_column(info=restricted())
    monitored_kind: Mapped[MonitoringKind | None] = mapped_column(choice(MonitoringKind), info=restricted())
    risk_types: Mapped[list[Any]] = mapped_column(default=list, info=sensitive())
    authorised_on: Mapped[date | None] = mapped_column(Date, info=restricted())
    authorised_file: Mapped[UUID | None] = mapped_column(info=restricted())
    line_year: Mapped[int | None] = mapped_column(info=public())
    line_series: Mapped[str] = mapped_column(default="", info=public())
    line_concept: Mapped[str] = mapped_column(default="", info=public())
    line_amount: Mapped[int | None] = mapped_column(info=public())
    line_source: Mapped[str] = mapped_column(default="", info=public(recorded=False))
    committee_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    team_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    township_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    county_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    reject_reason: Mapped[RejectReason | None] = mapped_column(choice(RejectReason), info=restricted())
    reason_words: Mapped[str] = mapped_column(
        EncryptedText("identification_case.reason_words"), default="", info=sensitive()
    )
    over_quota_since: Mapped[date | None] = mapped_column(Date, info=public())
    decided_on: Mapped[date | None] = mapped_column(Date, info=public())
    survey_due_on: Mapped[date | None] = mapped_column(Date, info=public())
    cleared_on: Mapped[date | None] = mapped_column(Date, info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"identification_case/{self.id}"


class QuotaAnswer(RegionScoped, Recorded, Base):
    """What the county answered to a household that meets the standard beyond the number."""

    __tablename__ = "quota_answer"
    __stream__ = ("identification_case", "case_id")
    __table_args__: Any = (Index("ix_quota_answer_case", "case_id", "created_at"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    answer: Mapped[OverQuotaAnswer] = mapped_column(choice(OverQuotaAnswer), info=public())
    words: Mapped[str] = mapped_column(EncryptedText("quota_answer.words"), info=sensitive())
    answered_on: Mapped[date] = mapped_column(Date, info=public())
    answered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"identification_case/{self.case_id}"


class CaseStep(RegionScoped, Base):
    """A step as the case page lists it: who took it, when, and why. The update records prove it.

    `given` holds the codes that were chosen with it: the reason of a refusal, the answer, the way of clearing.
    """

    __tablename__ = "case_step"
    __table_args__: Any = (Index("ix_case_step_case", "case_id", "taken_at"),)

    id: Mapped[PublicId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    name: Mapped[str] = mapped_column(info=restricted())
    stage: Mapped[CaseStage] = mapped_column(choice(CaseStage), info=restricted())
    taken_by: Mapped[UUID | None] = mapped_column(info=restricted())
    taken_at: Mapped[datetime] = mapped_column(info=restricted())
    words: Mapped[str] = mapped_column(EncryptedText("case_step.words"), default="", info=sensitive())
    witness: Mapped[str | None] = mapped_column(EncryptedText("case_step.witness"), info=sensitive())
    file_id: Mapped[UUID | None] = mapped_column(info=restricted())
    given: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}", info=restricted())


class Visit(RegionScoped, Recorded, Base):
    """Two visitors saw the five things, and the income of the house or why it cannot be measured."""

    __tablename__ = "case_visit"
    __stream__ = ("identification_case", "case_id")
    __table_args__: Any = (
        Index("ix_case_visit_case", "case_id", "verification"),
        CheckConstraint("first_visitor <> second_visitor", name="two_visitors"),
        CheckConstraint("(per_capita IS NULL) = (no_income_reason IS NOT NULL)", name="income_or_reason"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    verification: Mapped[int] = mapped_column(info=public())
    visited_on: Mapped[date] = mapped_column(Date, info=public())
    first_visitor: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted(recorded=False))
    second_visitor: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted(recorded=False))
    food: Mapped[Seen] = mapped_column(choice(Seen), info=sensitive())
    housing: Mapped[Seen] = mapped_column(choice(Seen), info=sensitive())
    labour: Mapped[Seen] = mapped_column(choice(Seen), info=sensitive())
    schooling: Mapped[Seen] = mapped_column(choice(Seen), info=sensitive())
    water: Mapped[Seen] = mapped_column(choice(Seen), info=sensitive())
    income_year: Mapped[int | None] = mapped_column(info=restricted())
    income_concept: Mapped[str] = mapped_column(default="", info=restricted())
    per_capita: Mapped[Decimal | None] = mapped_column(info=sensitive())
    no_income_reason: Mapped[str | None] = mapped_column(EncryptedText("case_visit.no_income_reason"), info=sensitive())
    words: Mapped[str] = mapped_column(EncryptedText("case_visit.words"), default="", info=sensitive())
    file_id: Mapped[UUID | None] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"identification_case/{self.case_id}"
