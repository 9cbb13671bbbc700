"""Orders to erase what is known of a household."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, PublicId, Version, choice
from registry.choices import ErasureReason, ErasureStage


class ErasureOrder(RegionScoped, Recorded, Base):
    """One official asks that a household's particulars be erased, another one agrees; then they are gone."""

    __tablename__ = "erasure_order"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        Index("uq_erasure_order_open", "household_id", unique=True, postgresql_where=text("stage = 'asked'")),
        Index("ix_erasure_order_queue", "region_code", "asked_at", postgresql_where=text("stage = 'asked'")),
        CheckConstraint(
            "stage <> 'done' OR (decided_by IS NOT NULL AND decided_by IS DISTINCT FROM asked_by)", name="two_officials"
        ),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    reason: Mapped[ErasureReason] = mapped_column(choice(ErasureReason), info=public())
    stage: Mapped[ErasureStage] = mapped_column(choice(ErasureStage), info=public())
    asked_by: Mapped[UUID] = mapped_column(info=restricted(recorded=False))
    asked_at: Mapped[datetime] = mapped_column(info=public())
    decided_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    decided_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}
