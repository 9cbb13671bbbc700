"""One table: places with their codes, as they stand and as they stood."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public
from core.types import choice
from regions.codes import RegionKind, RegionLevel


class Region(Base):
    """A place between two dates. Codes change and villages merge, so the code is not the key.

    `parent_code` says who belongs to whom; the code's prefix is only an index. `path_names` holds the names from
    the province to the place itself, without levels that stand only in the code. `grams` is what search looks up.
    """

    __tablename__ = "region"
    __table_args__: Any = (
        CheckConstraint("code ~ '^[1-8][0-9]{11}$'", name="code_has_twelve_digits"),
        CheckConstraint("parent_code IS NULL OR parent_code <> code", name="not_its_own_parent"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_dates"),
        Index("uq_region_current_code", "code", unique=True, postgresql_where=text("valid_to IS NULL")),
        Index("ix_region_children", "parent_code", "code", postgresql_where=text("valid_to IS NULL")),
        Index("ix_region_history", "code", "valid_from"),
        Index("ix_region_grams", "grams", postgresql_using="gin"),
        Index(
            "ix_region_pinyin",
            "pinyin_key",
            postgresql_ops={"pinyin_key": "text_pattern_ops"},
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(
        Uuid, primary_key=True, server_default=func.gen_random_uuid(), info=public(recorded=False)
    )
    code: Mapped[str] = mapped_column(info=public())
    name: Mapped[str] = mapped_column(info=public())
    level: Mapped[RegionLevel] = mapped_column(choice(RegionLevel), info=public())
    kind: Mapped[RegionKind] = mapped_column(choice(RegionKind), info=public())
    parent_code: Mapped[str | None] = mapped_column(info=public())
    county_code: Mapped[str] = mapped_column(info=public())
    township_code: Mapped[str | None] = mapped_column(info=public())
    path_names: Mapped[list[str]] = mapped_column(ARRAY(Text), info=public())
    grams: Mapped[list[str]] = mapped_column(ARRAY(Text), info=public(recorded=False))
    pinyin_key: Mapped[str] = mapped_column(info=public(recorded=False))
    valid_from: Mapped[date] = mapped_column(Date, info=public())
    valid_to: Mapped[date | None] = mapped_column(Date, info=public())
    successor_codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"), info=public())
