"""A village's figures as they were frozen for the public, once a month."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Date, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted
from core.scope import RegionScoped


class VillageFigure(RegionScoped, Base):
    """One village under one pack in one year. `shown` is all that the public may know of `counts`.

    `compared` is what was last said beside the old register, and the counts behind it: it is said anew only when
    enough has changed that the change itself tells of nobody.
    """

    __tablename__ = "village_figure"
    __table_args__: Any = (
        Index("uq_village_figure", "region_code", "pack", "year", unique=True),
        Index("ix_village_figure_county", "county_code", "pack", "year", "region_code"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4, info=restricted())
    pack: Mapped[str] = mapped_column(info=public())
    year: Mapped[int] = mapped_column(info=public())
    month: Mapped[date] = mapped_column(Date, info=public())
    counted_at: Mapped[datetime] = mapped_column(info=public())
    shown: Mapped[dict[str, Any]] = mapped_column(info=public())
    counts: Mapped[dict[str, Any]] = mapped_column(info=restricted())
    compared: Mapped[dict[str, Any] | None] = mapped_column(info=restricted())
