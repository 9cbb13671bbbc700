"""All handbooks of a village as one file: asked for by one person, made by jobs, gone after a day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import restricted, sensitive
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, choice
from registry.choices.papers import PrintPurpose


class HandbookBatch(RegionScoped, Base):
    """One wish for a village's handbooks. How far it is follows from its counts and times."""

    __tablename__ = "handbook_batch"
    __table_args__: Any = (
        Index("ix_handbook_batch_place", "region_code", "created_at"),
        CheckConstraint("0 <= done AND done <= total", name="counts_fit"),
    )

    id: Mapped[PublicId]
    asked_by: Mapped[UUID] = mapped_column(info=restricted())
    purpose: Mapped[PrintPurpose] = mapped_column(choice(PrintPurpose), info=restricted())
    language: Mapped[str] = mapped_column(info=restricted())
    total: Mapped[int] = mapped_column(info=restricted())
    done: Mapped[int] = mapped_column(default=0, info=restricted())
    moved_at: Mapped[datetime] = mapped_column(info=restricted())
    finished_at: Mapped[datetime | None] = mapped_column(info=restricted())
    cancelled_at: Mapped[datetime | None] = mapped_column(info=restricted())
    removed_at: Mapped[datetime | None] = mapped_column(info=restricted())
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"), info=restricted())
    created_at: Mapped[CreatedAt]

    @property
    def subject(self) -> str:
        """Whose key seals the file; the key goes with the file."""
        return f"handbooks/{self.id}"

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.cancelled_at is None and self.removed_at is None

    @property
    def is_ready(self) -> bool:
        return self.finished_at is not None and self.removed_at is None


class HandbookPiece(Base):
    """One household's sheet, waiting to be bound with the others."""

    __tablename__ = "handbook_piece"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("handbook_batch.id"), primary_key=True, info=restricted())
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True, info=restricted())
    place: Mapped[int] = mapped_column(info=restricted())
    sheet: Mapped[str] = mapped_column(EncryptedText("handbook_piece.sheet"), info=sensitive())
