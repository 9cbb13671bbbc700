"""Signed papers that came back: each a photograph bound to the version of the record that had been printed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted
from core.scope import RegionScoped
from core.types import CreatedAt, PublicId, choice
from registry.choices.papers import PaperKind


class SignedPaper(RegionScoped, Base):
    """One photographed page of a signed paper. Its stream's records say who kept it and who looked at it."""

    __tablename__ = "signed_paper"
    __table_args__: Any = (
        Index("uq_signed_paper_page", "stream", "seq", "page_no", unique=True),
        CheckConstraint("seq > 0 AND page_no > 0", name="counted"),
        CheckConstraint("octet_length(hash) = 32", name="hash_whole"),
    )

    id: Mapped[PublicId]
    region_code: Mapped[str] = mapped_column(info=restricted())
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), info=restricted())
    stream: Mapped[str] = mapped_column(info=restricted())
    seq: Mapped[int] = mapped_column(info=public())
    hash: Mapped[bytes] = mapped_column(LargeBinary, info=public())
    page_no: Mapped[int] = mapped_column(info=public())
    kind: Mapped[PaperKind] = mapped_column(choice(PaperKind), info=public())
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), info=restricted())
    signed_on: Mapped[date] = mapped_column(Date, info=restricted())
    uploaded_by: Mapped[UUID | None] = mapped_column(info=restricted())
    erased_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    @property
    def village_id(self) -> None:
        """No village: what relations ask for is the household."""
        return None
