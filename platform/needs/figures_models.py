"""Sums and figures: not recorded, without version, changed by single guarded statements."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Identity, Index, Numeric, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public
from core.types import Quantity

LISTED = text("listed > 0")


def progress_case(held: str = "held", delivered: str = "delivered", confirmed: str = "confirmed") -> str:
    """Return SQL for the progress of given sums, first that is true (workflows.md, Need)."""
    return (
        f"CASE WHEN {confirmed} = quantity THEN 'fulfilled' WHEN {delivered} = quantity THEN 'delivered'"
        f" WHEN {held} = quantity THEN 'fully_held' WHEN {held} > 0 THEN 'partly_held' ELSE 'open' END"
    )


class NeedBalance(Base):
    """The sums of one need, and the columns by which lists walk.

    `listed` is 0 for a need that is not published, else who finds it: 1 everybody, 2 verified donors, 3 invited ones.
    Places are those the public sees.
    """

    __tablename__ = "need_balance"
    __table_args__ = (
        CheckConstraint("0 <= confirmed", name="confirmed_not_negative"),
        CheckConstraint("confirmed <= delivered", name="confirmed_within_delivered"),
        CheckConstraint("delivered <= held", name="delivered_within_held"),
        CheckConstraint("held <= quantity", name="held_within_quantity"),
        CheckConstraint(f"progress = ({progress_case()})", name="progress_follows_sums"),
        CheckConstraint("listed = 0 OR (published_at IS NOT NULL AND place <> '')", name="listed_whole"),
        Index("ix_need_balance_newest", "published_at", "need_id", postgresql_where=LISTED),
        Index("ix_need_balance_province", "province_code", "published_at", "need_id", postgresql_where=LISTED),
        Index("ix_need_balance_prefecture", "prefecture_code", "published_at", "need_id", postgresql_where=LISTED),
        Index("ix_need_balance_county", "county_code", "published_at", "need_id", postgresql_where=LISTED),
        Index("ix_need_balance_township", "township_code", "published_at", "need_id", postgresql_where=LISTED),
        Index("ix_need_balance_place", "place", "published_at", "need_id", postgresql_where=LISTED),
        Index("ix_need_balance_category", "category", "published_at", "need_id", postgresql_where=LISTED),
        Index("ix_need_balance_progress", "progress", "published_at", "need_id", postgresql_where=LISTED),
        Index(
            "ix_need_balance_county_progress",
            "county_code",
            "progress",
            "published_at",
            "need_id",
            postgresql_where=LISTED,
        ),
        Index(
            "ix_need_balance_fulfilled",
            "fulfilled_at",
            "need_id",
            postgresql_where=text("listed > 0 AND progress = 'fulfilled'"),
        ),
    )

    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True, info=public())
    quantity: Mapped[Quantity] = mapped_column(info=public())
    held: Mapped[Quantity] = mapped_column(default=Decimal(0), server_default="0", info=public())
    delivered: Mapped[Quantity] = mapped_column(default=Decimal(0), server_default="0", info=public())
    confirmed: Mapped[Quantity] = mapped_column(default=Decimal(0), server_default="0", info=public())
    progress: Mapped[str] = mapped_column(default="open", server_default="open", info=public())
    listed: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0", info=public())
    published_at: Mapped[datetime | None] = mapped_column(info=public())
    fulfilled_at: Mapped[datetime | None] = mapped_column(info=public())
    place: Mapped[str] = mapped_column(default="", server_default="", info=public())
    township_code: Mapped[str] = mapped_column(default="", server_default="", info=public())
    county_code: Mapped[str] = mapped_column(default="", server_default="", info=public())
    prefecture_code: Mapped[str] = mapped_column(default="", server_default="", info=public())
    province_code: Mapped[str] = mapped_column(default="", server_default="", info=public())
    category: Mapped[str] = mapped_column(info=public())
    level: Mapped[str] = mapped_column(info=public())


class NeedStep(Base):
    """A change that the counters do not know yet; a trigger on `need_balance` writes it, the roll-up takes it away."""

    __tablename__ = "need_step"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, info=public())
    place: Mapped[str] = mapped_column(info=public())
    township_code: Mapped[str] = mapped_column(info=public())
    county_code: Mapped[str] = mapped_column(info=public())
    prefecture_code: Mapped[str] = mapped_column(info=public())
    province_code: Mapped[str] = mapped_column(info=public())
    category: Mapped[str] = mapped_column(info=public())
    level: Mapped[str] = mapped_column(info=public())
    before: Mapped[str | None] = mapped_column(info=public())
    after: Mapped[str | None] = mapped_column(info=public())


class NeedCounter(Base):
    """How many needs stand where, at each level of places, by category, level and progress."""

    __tablename__ = "need_counter"

    region_code: Mapped[str] = mapped_column(primary_key=True, info=public())
    category: Mapped[str] = mapped_column(primary_key=True, info=public())
    level: Mapped[str] = mapped_column(primary_key=True, info=public())
    progress: Mapped[str] = mapped_column(primary_key=True, info=public())
    count: Mapped[int] = mapped_column(BigInteger, info=public())


class CounterRun(Base):
    """When a figure was last brought up to date."""

    __tablename__ = "counter_run"

    name: Mapped[str] = mapped_column(primary_key=True, info=public())
    as_of: Mapped[datetime] = mapped_column(info=public())


class VillageShare(Base):
    """How much of what a village asked for in 365 days was confirmed, frozen each night; rank 1 was helped least."""

    __tablename__ = "village_share"
    __table_args__ = (Index("ix_village_share_order", "night", "county_code", "rank", "village_code"),)

    night: Mapped[date] = mapped_column(Date, primary_key=True, info=public())
    village_code: Mapped[str] = mapped_column(primary_key=True, info=public())
    county_code: Mapped[str] = mapped_column(info=public())
    needs: Mapped[int] = mapped_column(info=public())
    helped: Mapped[int] = mapped_column(info=public())
    share: Mapped[Decimal] = mapped_column(Numeric(7, 6), info=public())
    rank: Mapped[int] = mapped_column(info=public())
