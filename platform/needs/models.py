"""Surveys, consents and needs. Sums and figures stand in `needs.figures_models`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import aggregate_only, public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, Money, PublicId, Quantity, Version, choice
from needs.choices import (
    ApprovalLevel,
    Category,
    ConsentItem,
    ConsentMethod,
    NeedLevel,
    NeedStage,
    NeedVisibility,
    Urgency,
)
from needs.figures_models import CounterRun, NeedBalance, NeedCounter, NeedStep, VillageShare

__all__ = [
    "Consent",
    "CounterRun",
    "Need",
    "NeedBalance",
    "NeedCounter",
    "NeedEvidence",
    "NeedStep",
    "NeedsSurvey",
    "VillageShare",
    "VillageSheet",
]
ONE_SUBJECT = "num_nonnulls(household_id, village_id) = 1"


class NeedsSurvey(RegionScoped, Recorded, Base):
    """A visit that asked what is needed and why: recorded with the village, the personal part sealed for them."""

    __tablename__ = "needs_survey"
    __stream__ = ("village", "region_code")
    __table_args__: Any = (
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
        Index("ix_needs_survey_household", "household_id", "surveyed_on"),
        Index("ix_needs_survey_village", "village_id", "surveyed_on"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), info=restricted())
    village_id: Mapped[UUID | None] = mapped_column(ForeignKey("village.id"), info=restricted())
    surveyed_on: Mapped[date] = mapped_column(Date, info=public())
    surveyed_by: Mapped[UUID | None] = mapped_column(info=restricted())
    second_visitor: Mapped[str] = mapped_column(info=restricted())
    causes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, info=aggregate_only())
    note: Mapped[str] = mapped_column(EncryptedText("needs_survey.note"), default="", info=sensitive())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"household/{self.household_id}" if self.household_id else f"village/{self.region_code}"


class Consent(RegionScoped, Recorded, Base):
    """One thing an adult of the household agreed to, until a day."""

    __tablename__ = "consent"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        Index("ix_consent_household", "household_id", "item", "valid_until"),
        CheckConstraint("method <> 'thumbprint' OR witness <> ''", name="thumbprint_witnessed"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("needs_survey.id"), info=restricted())
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    item: Mapped[ConsentItem] = mapped_column(choice(ConsentItem), info=public())
    given_by: Mapped[str] = mapped_column(EncryptedText("consent.given_by"), info=sensitive())
    given_on: Mapped[date] = mapped_column(Date, info=public())
    method: Mapped[ConsentMethod] = mapped_column(choice(ConsentMethod), info=public())
    witness: Mapped[str] = mapped_column(default="", info=restricted())
    valid_until: Mapped[date] = mapped_column(Date, info=public())
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class Need(RegionScoped, Recorded, Base):
    """Something a household or a village needs. Its stream is public, so what could join two needs is sealed.

    `shown_region_code` is the place the public sees: the village, or its township where the village is small.
    """

    __tablename__ = "need"
    __stream__ = ("need", "id")
    __table_args__: Any = (
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("min_lot > 0 AND min_lot <= quantity", name="min_lot_fits"),
        CheckConstraint("needed_by IS NULL OR needed_from IS NULL OR needed_by >= needed_from", name="season_runs_on"),
        CheckConstraint(
            "stage <> 'published' OR (verified_by IS NOT NULL AND approved_by IS NOT NULL AND verified_by <> author_id"
            " AND approved_by <> author_id AND approved_by <> verified_by)",
            name="three_persons",
        ),
        CheckConstraint(
            "stage <> 'published' OR (published_at IS NOT NULL AND expires_at IS NOT NULL"
            " AND shown_region_code IS NOT NULL)",
            name="published_whole",
        ),
        Index("ix_need_queue", "region_code", "stage", "submitted_at"),
        Index("ix_need_author", "author_id", "created_at", "id"),
        Index("ix_need_household", "household_id", "stage"),
        Index("ix_need_village", "village_id", "stage"),
        Index("ix_need_repeat", "household_id", "item_code", postgresql_where=text("item_code IS NOT NULL")),
        Index("ix_need_expiry", "expires_at", postgresql_where=text("stage = 'published'")),
        Index("ix_need_search", "search", postgresql_using="gin"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=restricted())
    level: Mapped[NeedLevel] = mapped_column(choice(NeedLevel), info=public())
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), info=restricted())
    village_id: Mapped[UUID | None] = mapped_column(ForeignKey("village.id"), info=restricted())
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("needs_survey.id"), info=restricted())
    category: Mapped[Category] = mapped_column(choice(Category), info=public())
    item_code: Mapped[str | None] = mapped_column(info=public())
    title: Mapped[str] = mapped_column(info=public(sealed=True))
    description: Mapped[str] = mapped_column(default="", info=public(sealed=True))
    quantity: Mapped[Quantity] = mapped_column(info=public())
    unit: Mapped[str] = mapped_column(info=public(sealed=True))
    min_lot: Mapped[Quantity] = mapped_column(info=public())
    unit_price: Mapped[Money | None] = mapped_column(info=restricted())
    urgency: Mapped[Urgency] = mapped_column(choice(Urgency), default=Urgency.ROUTINE, info=public())
    urgency_reason: Mapped[str] = mapped_column(default="", info=restricted())
    needed_from: Mapped[date | None] = mapped_column(Date, info=public())
    needed_by: Mapped[date | None] = mapped_column(Date, info=public())
    visibility: Mapped[NeedVisibility] = mapped_column(
        choice(NeedVisibility), default=NeedVisibility.PUBLIC, info=public()
    )
    stage: Mapped[NeedStage] = mapped_column(choice(NeedStage), info=public())
    author_id: Mapped[UUID] = mapped_column(info=restricted(recorded=False))
    submitted_at: Mapped[datetime | None] = mapped_column(info=public())
    visited_on: Mapped[date | None] = mapped_column(Date, info=public())
    second_visitor: Mapped[str] = mapped_column(default="", info=restricted())
    verified_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    verified_at: Mapped[datetime | None] = mapped_column(info=public())
    approved_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    needs_level: Mapped[ApprovalLevel] = mapped_column(
        choice(ApprovalLevel), default=ApprovalLevel.TOWNSHIP, info=public()
    )
    rule_results: Mapped[list[Any]] = mapped_column(default=list, info=restricted())
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict, info=restricted())
    last_reason: Mapped[str] = mapped_column(default="", info=restricted())
    published_at: Mapped[datetime | None] = mapped_column(info=public())
    expires_at: Mapped[datetime | None] = mapped_column(info=public())
    shown_region_code: Mapped[str | None] = mapped_column(info=public())
    size_band: Mapped[str | None] = mapped_column(info=public())
    disputed_since: Mapped[date | None] = mapped_column(Date, info=public())
    sheet_id: Mapped[UUID | None] = mapped_column(info=restricted())
    revisit_drawn: Mapped[bool] = mapped_column(default=False, info=public())
    revisited_on: Mapped[date | None] = mapped_column(Date, info=public())
    taken_down_at: Mapped[datetime | None] = mapped_column(info=public())
    search: Mapped[str | None] = mapped_column(TSVECTOR, info=public(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"household/{self.household_id}" if self.household_id else f"village/{self.region_code}"

    @property
    def need_id(self) -> UUID:
        """The need itself, so that one relation answers for a need and for its rows."""
        return self.id

    @property
    def value(self) -> Decimal | None:
        """What all of it costs at the written unit price, in yuan."""
        return None if self.unit_price is None else self.unit_price * self.quantity


class NeedEvidence(Recorded, Base):
    """A picture or paper that backs a verification; the file itself lies in `core.files`."""

    __tablename__ = "need_evidence"
    __stream__ = ("need", "need_id")
    __table_args__ = (Index("ix_need_evidence_need", "need_id"),)

    id: Mapped[PublicId]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), info=public())
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"), info=restricted())
    paper_no: Mapped[str] = mapped_column(default="", info=restricted())
    taken_on: Mapped[date | None] = mapped_column(Date, info=public())
    created_at: Mapped[CreatedAt]
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))

    def record_subject(self) -> str:
        return self.subject


class VillageSheet(RegionScoped, Recorded, Base):
    """Standard green lines of one village that were approved together."""

    __tablename__ = "village_sheet"
    __stream__ = ("village", "region_code")

    id: Mapped[PublicId]
    approved_by: Mapped[UUID] = mapped_column(info=restricted())
    approved_on: Mapped[date] = mapped_column(Date, info=public())
    lines: Mapped[int] = mapped_column(info=public())
    drawn: Mapped[int] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]
