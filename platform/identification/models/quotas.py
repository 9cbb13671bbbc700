"""Quotas: runs of the decomposition with all their inputs, what two officers moved, what was used."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.i18n import _l, register_labels
from core.privacy import public, restricted
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, PublicId, Version, choice
from identification.quotas.apportionment import Method
from identification.quotas.levels import QuotaLevel


class RunStage(StrEnum):
    COMPUTED = "computed"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    REPLACED = "replaced"


class TransferStage(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


run_labels = {
    RunStage.COMPUTED: _l("Computed, not published"),
    RunStage.PUBLISHED: _l("Published"),
    RunStage.DISCARDED: _l("Discarded"),
    RunStage.REPLACED: _l("Replaced by a later run"),
}
transfer_labels = {
    TransferStage.ASKED: _l("Waits for a second officer"),
    TransferStage.AGREED: _l("Agreed"),
    TransferStage.DECLINED: _l("Declined"),
}
for labels in (run_labels, transfer_labels):
    register_labels(labels)


class QuotaRun(RegionScoped, Recorded, Base):
    """One decomposition of one place's number. What went in and came out never changes; a correction is a new run."""

    __tablename__ = "quota_run"
    __stream__ = ("quota_run", "id")
    __table_args__: Any = (
        CheckConstraint("total >= 0 AND places > 0", name="counts_persons"),
        CheckConstraint("published_by IS NULL OR published_by <> computed_by", name="published_by_another"),
        CheckConstraint(
            "stage NOT IN ('published', 'replaced') OR published_by IS NOT NULL", name="published_by_somebody"
        ),
        Index("ix_quota_run_place", "region_code", "year", "created_at"),
        Index(
            "uq_quota_run_published",
            "region_code",
            "year",
            unique=True,
            postgresql_where=text("stage = 'published'"),
        ),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=public())
    level: Mapped[QuotaLevel] = mapped_column(choice(QuotaLevel), info=public())
    method: Mapped[Method] = mapped_column(choice(Method), info=public())
    year: Mapped[int] = mapped_column(info=public())
    total: Mapped[int] = mapped_column(info=public())
    places: Mapped[int] = mapped_column(info=public())
    factors: Mapped[list[Any]] = mapped_column(JSONB, info=public())
    source: Mapped[str] = mapped_column(info=public(sealed=True))
    digest: Mapped[str] = mapped_column(info=public())
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("quota_run.id"), info=public())
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("quota_run.id"), info=public())
    stage: Mapped[RunStage] = mapped_column(choice(RunStage), info=public())
    computed_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    published_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    published_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class QuotaLine(Base):
    """A place's part of a run: what went in, as texts that can be computed again, and persons. Never changes."""

    __tablename__ = "quota_line"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("quota_run.id"), primary_key=True, info=public())
    region_code: Mapped[str] = mapped_column(primary_key=True, info=public())
    population: Mapped[int] = mapped_column(info=public())
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONB, info=restricted())
    quota: Mapped[int] = mapped_column(info=public())
    low_confidence: Mapped[bool] = mapped_column(info=public())


class QuotaTransfer(RegionScoped, Recorded, Base):
    """Persons moved from one place to its sister: asked by one officer, agreed by another."""

    __tablename__ = "quota_transfer"
    __stream__ = ("quota_run", "run_id")
    __table_args__: Any = (
        CheckConstraint("persons > 0", name="persons_positive"),
        CheckConstraint("from_code <> to_code", name="between_two"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="decided_by_another"),
        CheckConstraint("stage = 'asked' OR decided_by IS NOT NULL", name="decided_by_somebody"),
        Index("ix_quota_transfer_run", "run_id", "stage"),
        Index("ix_quota_transfer_queue", "region_code", "stage", "created_at"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    run_id: Mapped[UUID] = mapped_column(ForeignKey("quota_run.id"), info=public())
    from_code: Mapped[str] = mapped_column(info=public())
    to_code: Mapped[str] = mapped_column(info=public())
    persons: Mapped[int] = mapped_column(info=public())
    reason: Mapped[str] = mapped_column(info=public(sealed=True))
    stage: Mapped[TransferStage] = mapped_column(choice(TransferStage), info=public())
    asked_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    decided_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    decided_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class QuotaSettlement(RegionScoped, Recorded, Base):
    """What a village used of its number: whole households. What is left returns to its township."""

    __tablename__ = "quota_settlement"
    __stream__ = ("quota_run", "run_id")
    __table_args__: Any = (
        CheckConstraint("recognised >= 0 AND last_household >= 0", name="counts_persons"),
        Index("uq_quota_settlement_village", "run_id", "region_code", unique=True),
        Index("ix_quota_settlement_township", "run_id", "township_code"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    run_id: Mapped[UUID] = mapped_column(ForeignKey("quota_run.id"), info=public())
    region_code: Mapped[str] = mapped_column(info=public())
    township_code: Mapped[str] = mapped_column(info=public())
    recognised: Mapped[int] = mapped_column(info=public())
    last_household: Mapped[int] = mapped_column(info=public(recorded=False))
    settled_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}
