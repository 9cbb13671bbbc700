"""What departments found, and flags that a person confirms or clears (domain.md 3.5)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from identification.case_choices import Department, Hardship, MatchResult, VetoCode, VetoStage


class DepartmentMatch(RegionScoped, Recorded, Base):
    """One department compared the household with its own register on a day."""

    __tablename__ = "department_match"
    __stream__ = ("identification_case", "case_id")
    __table_args__: Any = (Index("ix_department_match_case", "case_id", "department"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    verification: Mapped[int] = mapped_column(info=public())
    department: Mapped[Department] = mapped_column(choice(Department), info=restricted())
    result: Mapped[MatchResult] = mapped_column(choice(MatchResult), info=sensitive())
    as_of: Mapped[date] = mapped_column(Date, info=restricted())
    words: Mapped[str] = mapped_column(EncryptedText("department_match.words"), default="", info=sensitive())
    recorded_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"identification_case/{self.case_id}"


class VetoFlag(RegionScoped, Recorded, Base):
    """Something that may speak against a household. It decides nothing until a person looks at it with evidence."""

    __tablename__ = "veto_flag"
    __stream__ = ("identification_case", "case_id")
    __table_args__: Any = (
        Index("ix_veto_flag_case", "case_id", "stage"),
        Index("uq_veto_flag_open", "case_id", "code", unique=True, postgresql_where=text("stage = 'open'")),
        CheckConstraint("stage = 'open' OR (decided_on IS NOT NULL AND decided_by IS NOT NULL)", name="decided_whole"),
        CheckConstraint("decided_by IS NULL OR decided_by IS DISTINCT FROM raised_by", name="decided_by_another"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    code: Mapped[VetoCode] = mapped_column(choice(VetoCode), info=restricted())
    stage: Mapped[VetoStage] = mapped_column(choice(VetoStage), info=restricted())
    raised_on: Mapped[date] = mapped_column(Date, info=restricted())
    raised_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    raised_words: Mapped[str] = mapped_column(EncryptedText("veto_flag.raised_words"), default="", info=sensitive())
    hardship: Mapped[Hardship | None] = mapped_column(choice(Hardship), info=sensitive())
    evidence: Mapped[str] = mapped_column(EncryptedText("veto_flag.evidence"), default="", info=sensitive())
    decided_on: Mapped[date | None] = mapped_column(Date, info=restricted())
    decided_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"identification_case/{self.case_id}"
