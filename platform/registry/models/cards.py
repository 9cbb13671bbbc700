"""Cards of households, and how one is replaced."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, PublicId, Version, choice
from registry.choices import ReplacementReason, ReplacementStage


class HouseholdCard(RegionScoped, Recorded, Base):
    """The card a household keeps in a sealed fold. Link and PIN are derived from its id and stand nowhere."""

    __tablename__ = "household_card"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        Index("uq_household_card_standing", "household_id", unique=True, postgresql_where=text("voided_at IS NULL")),
        Index("uq_household_card_link", "link_hash", unique=True),
        CheckConstraint("given_by IS DISTINCT FROM second_officer", name="two_officers"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    link_hash: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    given_on: Mapped[date] = mapped_column(Date, info=public())
    given_by: Mapped[UUID | None] = mapped_column(info=restricted())
    second_officer: Mapped[UUID | None] = mapped_column(info=restricted())
    printed_at: Mapped[datetime | None] = mapped_column(info=restricted(recorded=False))
    voided_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class CardReplacement(RegionScoped, Recorded, Base):
    """One officer asks for a new card, the other whom he names agrees, then the first gives it."""

    __tablename__ = "card_replacement"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        Index(
            "uq_card_replacement_open",
            "household_id",
            unique=True,
            postgresql_where=text("stage IN ('asked', 'agreed')"),
        ),
        Index("ix_card_replacement_second", "second_officer", postgresql_where=text("stage = 'asked'")),
        Index("ix_card_replacement_asked", "asked_by", postgresql_where=text("stage = 'agreed'")),
        CheckConstraint("asked_by <> second_officer", name="two_officers"),
        CheckConstraint("stage NOT IN ('agreed', 'done') OR agreed_at IS NOT NULL", name="agreed_whole"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    reason: Mapped[ReplacementReason] = mapped_column(choice(ReplacementReason), info=public())
    stage: Mapped[ReplacementStage] = mapped_column(choice(ReplacementStage), info=public())
    asked_by: Mapped[UUID] = mapped_column(info=restricted())
    asked_at: Mapped[datetime] = mapped_column(info=public())
    second_officer: Mapped[UUID] = mapped_column(info=restricted())
    agreed_at: Mapped[datetime | None] = mapped_column(info=public())
    card_id: Mapped[UUID | None] = mapped_column(ForeignKey("household_card.id"), info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class CardGuess(Base):
    """Wrong PINs of a card, counted in a transaction of their own."""

    __tablename__ = "card_guess"
    __table_args__ = (Index("ix_card_guess_card", "card_id", "at"),)

    id: Mapped[PublicId]
    card_id: Mapped[UUID] = mapped_column(info=restricted())
    at: Mapped[datetime] = mapped_column(info=restricted())
