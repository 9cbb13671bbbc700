"""Sheets that were handed in, how far their taking is, and lists that were taken out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from registry.choices import ExportPurpose, ImportPurpose, ImportStage, ListKind, SheetKind


class ImportBatch(RegionScoped, Recorded, Base):
    """One uploaded sheet: whose, why, of which place and day. Only its uploader sees it; the file goes after days."""

    __tablename__ = "import_batch"
    __stream__ = ("account", "uploaded_by")
    __table_args__: Any = (
        Index("ix_import_batch_own", "uploaded_by", "created_at", "id"),
        Index("ix_import_batch_age", "created_at"),
        CheckConstraint("year IS NULL OR year BETWEEN 1990 AND 2100", name="year_known"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    kind: Mapped[SheetKind] = mapped_column(choice(SheetKind), info=public())
    purpose: Mapped[ImportPurpose] = mapped_column(choice(ImportPurpose), info=public())
    stage: Mapped[ImportStage] = mapped_column(choice(ImportStage), info=public())
    as_of: Mapped[date] = mapped_column(Date, info=public())
    year: Mapped[int | None] = mapped_column(info=public())
    only_good_rows: Mapped[bool] = mapped_column(default=False, server_default="false", info=public())
    file_name: Mapped[str] = mapped_column(EncryptedText("import_batch.file_name"), info=sensitive())
    sha256: Mapped[str] = mapped_column(info=restricted())
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted())
    row_count: Mapped[int | None] = mapped_column(info=public())
    accepted: Mapped[int | None] = mapped_column(info=public())
    refused: Mapped[int | None] = mapped_column(info=public())
    unchanged: Mapped[int | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class ImportProgress(Base):
    """How far a batch is; written while it runs, so it is not recorded. `found` holds what the check has to say."""

    __tablename__ = "import_progress"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("import_batch.id"), primary_key=True, info=restricted())
    done: Mapped[int] = mapped_column(default=0, info=restricted())
    total: Mapped[int] = mapped_column(default=0, info=restricted())
    counts: Mapped[dict[str, Any]] = mapped_column(info=restricted())
    mappings: Mapped[list[Any]] = mapped_column(info=restricted())
    found: Mapped[str | None] = mapped_column(EncryptedText("import_progress.found"), info=sensitive())
    fault: Mapped[str] = mapped_column(default="", info=restricted())
    cancel_asked: Mapped[bool] = mapped_column(default=False, server_default="false", info=restricted())
    file_gone_at: Mapped[datetime | None] = mapped_column(info=restricted())


class SheetExport(RegionScoped, Recorded, Base):
    """A list that somebody took out: which, why, of which places, how many rows. Its id is printed into the file."""

    __tablename__ = "sheet_export"
    __stream__ = ("account", "exported_by")
    __table_args__: Any = (Index("ix_sheet_export_own", "exported_by", "created_at", "id"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    kind: Mapped[ListKind] = mapped_column(choice(ListKind), info=public())
    purpose: Mapped[ExportPurpose] = mapped_column(choice(ExportPurpose), info=public())
    row_count: Mapped[int] = mapped_column(info=public())
    exported_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}
