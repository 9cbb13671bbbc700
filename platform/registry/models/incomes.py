"""The income of a household in one year, and its items."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import aggregate_only, public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from registry.choices import IncomeCode, IncomeConcept
from registry.models.dated import Noted, one_live


class IncomeRecord(RegionScoped, Noted, Recorded, Base):
    """One year's sheet. Saving a year again writes a new revision; the one before keeps its items.

    `amounts` holds fen by item, once more, so that the update record (sealed) says what the sheet said: items are
    written with their sheet and never changed.
    """

    __tablename__ = "income_record"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        one_live("income_record", "household_id"),
        Index("ix_income_record_household", "household_id", "year"),
        Index("ix_income_record_year", "region_code", "year"),
        CheckConstraint("period_end >= period_start", name="period_in_order"),
        CheckConstraint("members_end BETWEEN 1 AND 30", name="members_known"),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year_known"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    year: Mapped[int] = mapped_column(info=public())
    period_start: Mapped[date] = mapped_column(Date, info=public())
    period_end: Mapped[date] = mapped_column(Date, info=public())
    concept: Mapped[IncomeConcept] = mapped_column(choice(IncomeConcept), info=public())
    members_start: Mapped[int | None] = mapped_column(info=aggregate_only())
    members_end: Mapped[int] = mapped_column(info=aggregate_only())
    amounts: Mapped[dict[str, Any]] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]


class IncomeItem(Base):
    """One line of a sheet, in yuan; what is taken off (costs, transfers paid) stands as a positive amount."""

    __tablename__ = "income_item"
    __table_args__: Any = (
        CheckConstraint("amount >= 0", name="amount_positive"),
        Index("uq_income_item_line", "record_id", "item", unique=True),
    )

    id: Mapped[PublicId]
    record_id: Mapped[UUID] = mapped_column(ForeignKey("income_record.id"), info=restricted())
    item: Mapped[IncomeCode] = mapped_column(choice(IncomeCode), info=restricted())
    amount: Mapped[Decimal] = mapped_column(info=restricted())
    is_one_off: Mapped[bool] = mapped_column(default=False, server_default="false", info=restricted())
    note: Mapped[str | None] = mapped_column(EncryptedText("income_item.note"), info=sensitive())
