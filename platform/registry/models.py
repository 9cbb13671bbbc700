"""Villages and households on file: small and right; their full registers come later."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from registry.choices import ErasureReason, ErasureStage, ReplacementReason, ReplacementStage


class Village(RegionScoped, Recorded, Base):
    """A village as somebody who can need something and be paired. Its name is the place's."""

    __tablename__ = "village"
    __stream__ = ("village", "region_code")
    __table_args__: Any = (
        Index("uq_village_region", "region_code", unique=True),
        CheckConstraint("region_code ~ '^[1-8][0-9]{11}$'", name="region_code_whole"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class Household(RegionScoped, Recorded, Base):
    """A household on file. Who they are is encrypted; the number of the ID is found by its blind index only."""

    __tablename__ = "household"
    __stream__ = ("household", "id")
    __table_args__: Any = (
        Index("uq_household_number", "region_code", "household_no", unique=True),
        Index("uq_household_identity", "id_index", unique=True),
        Index("ix_household_scope", "region_code", "id"),
        CheckConstraint("size BETWEEN 1 AND 30", name="size_known"),
        CheckConstraint("region_code ~ '^[1-8][0-9]{11}$'", name="region_code_whole"),
        CheckConstraint("household_no <> ''", name="number_given"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_no: Mapped[str] = mapped_column(info=restricted())
    group_no: Mapped[str] = mapped_column(default="", info=restricted())
    size: Mapped[int] = mapped_column(info=restricted())
    head_name: Mapped[str] = mapped_column(EncryptedText("household.head_name"), info=sensitive())
    id_number: Mapped[str] = mapped_column(EncryptedText("household.id_number"), info=sensitive())
    id_index: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    phone: Mapped[str | None] = mapped_column(EncryptedText("household.phone"), info=sensitive())
    erased_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    @property
    def household_id(self) -> UUID:
        """The household itself, so that one relation answers for a household and for its rows."""
        return self.id

    @property
    def village_id(self) -> None:
        """No village: the subject is the household."""
        return None


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


class CardGuess(Base):
    """Wrong PINs of a card, counted in a transaction of their own."""

    __tablename__ = "card_guess"
    __table_args__ = (Index("ix_card_guess_card", "card_id", "at"),)

    id: Mapped[PublicId]
    card_id: Mapped[UUID] = mapped_column(info=restricted())
    at: Mapped[datetime] = mapped_column(info=restricted())
