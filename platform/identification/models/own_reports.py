"""What a villager says of his own accord, or somebody for him, without an account (domain.md 3.7.4)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, PublicId, Version, choice
from identification.objection_choices import Channel


class PaperCode(RegionScoped, Base):
    """A code printed in advance for somebody without a phone; its digits are derived and stand nowhere."""

    __tablename__ = "paper_code"
    __table_args__: Any = (
        Index("uq_paper_code_hash", "code_hash", unique=True),
        Index("ix_paper_code_sheet", "sheet_id"),
    )

    id: Mapped[PublicId]
    sheet_id: Mapped[UUID] = mapped_column(info=restricted())
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive())
    printed_by: Mapped[UUID | None] = mapped_column(info=restricted())
    used_at: Mapped[datetime | None] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]


class OwnReport(RegionScoped, Recorded, Base):
    """Somebody says that a household is in difficulty. It is a case from this moment; what was said stands there."""

    __tablename__ = "own_report"
    __stream__ = ("identification_case", "case_id")
    __table_args__: Any = (
        Index("uq_own_report_receipt", "receipt_no", unique=True),
        Index("ix_own_report_case", "case_id"),
        Index("ix_own_report_scope", "region_code", "due_on"),
        Index("ix_own_report_code", "paper_code_id", unique=True),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    receipt_no: Mapped[str] = mapped_column(info=restricted(recorded=False))
    key_index: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    paper_code_id: Mapped[UUID | None] = mapped_column(ForeignKey("paper_code.id"), info=restricted(recorded=False))
    channel: Mapped[Channel] = mapped_column(choice(Channel), info=public())
    for_another: Mapped[bool] = mapped_column(info=public())
    entered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    told_at: Mapped[datetime] = mapped_column(info=public())
    due_on: Mapped[date] = mapped_column(Date, info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"identification_case/{self.case_id}"
