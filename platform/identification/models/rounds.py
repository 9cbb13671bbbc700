"""A round of one village, and how each household of its full list was reached (domain.md 3.7.2)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, PublicId, Version, choice
from identification.case_choices import Contact, RoundStage


class IdentificationRound(RegionScoped, Recorded, Base):
    """One village works through the full list of its households, by the rules of one pack."""

    __tablename__ = "identification_round"
    __stream__ = ("identification_round", "id")
    __table_args__: Any = (
        Index(
            "uq_identification_round_open", "region_code", "pack", unique=True, postgresql_where=text("stage = 'open'")
        ),
        Index("ix_identification_round_scope", "region_code", "opened_on"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="days_in_order"),
        CheckConstraint("(stage = 'closed') = (closed_on IS NOT NULL)", name="closed_whole"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    pack: Mapped[str] = mapped_column(info=public())
    year: Mapped[int] = mapped_column(info=public())
    stage: Mapped[RoundStage] = mapped_column(choice(RoundStage), info=public())
    opened_on: Mapped[date] = mapped_column(Date, info=public())
    closed_on: Mapped[date | None] = mapped_column(Date, info=public())
    opened_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    quota_run_id: Mapped[UUID | None] = mapped_column(ForeignKey("quota_run.id"), info=public())
    uncovered_reason: Mapped[str] = mapped_column(default="", info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"village/{self.region_code}"


class FrameEntry(RegionScoped, Recorded, Base):
    """How a household of the list was reached last. Households without a row were not reached."""

    __tablename__ = "frame_entry"
    __stream__ = ("identification_round", "round_id")
    __table_args__: Any = (
        Index("uq_frame_entry_household", "round_id", "household_id", unique=True),
        Index("ix_frame_entry_household", "household_id", "happened_on"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    round_id: Mapped[UUID] = mapped_column(ForeignKey("identification_round.id"), info=public())
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    state: Mapped[Contact] = mapped_column(choice(Contact), info=restricted())
    happened_on: Mapped[date] = mapped_column(Date, info=restricted())
    evidence: Mapped[str] = mapped_column(default="", info=restricted())
    file_id: Mapped[UUID | None] = mapped_column(info=restricted())
    entered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"household/{self.household_id}"
