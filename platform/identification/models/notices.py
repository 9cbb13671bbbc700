"""Notices on the village board, what stands on them, and who looked whether they still hang."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from identification.notice_choices import EntryKind, EntryOutcome, NoticeStage, NoticeStep, ReasonGroup


class Notice(RegionScoped, Recorded, Base):
    """One sheet on the board of one village. The sheets of one list in several villages share `batch_id`."""

    __tablename__ = "notice"
    __stream__ = ("notice", "id")
    __table_args__: Any = (
        Index("ix_notice_scope", "region_code", "stage", "created_at"),
        Index("ix_notice_batch", "batch_id"),
        Index("ix_notice_public", "online_posted_at", "id", postgresql_where=text("online_posted_at IS NOT NULL")),
        CheckConstraint("min_days BETWEEN 1 AND 60", name="days_known"),
        CheckConstraint(
            "stage NOT IN ('posted', 'closed') OR (physical_posted_at IS NOT NULL AND photo_file_id IS NOT NULL"
            " AND starts_on IS NOT NULL AND earliest_close IS NOT NULL)",
            name="posted_with_photo",
        ),
        CheckConstraint("closed_at IS NULL OR closed_at >= earliest_close", name="not_closed_early"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    batch_id: Mapped[UUID] = mapped_column(info=public())
    pack: Mapped[str] = mapped_column(info=public())
    step: Mapped[NoticeStep] = mapped_column(choice(NoticeStep), info=public())
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("identification_round.id"), info=public())
    stage: Mapped[NoticeStage] = mapped_column(choice(NoticeStage), info=public())
    min_days: Mapped[int] = mapped_column(info=public())
    prepared_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    posted_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    physical_posted_at: Mapped[datetime | None] = mapped_column(info=public())
    photo_file_id: Mapped[UUID | None] = mapped_column(info=public())
    online_posted_at: Mapped[datetime | None] = mapped_column(info=public())
    starts_on: Mapped[date | None] = mapped_column(Date, info=public())
    earliest_close: Mapped[datetime | None] = mapped_column(info=public())
    content_hash: Mapped[str] = mapped_column(default="", info=public())
    missing_since: Mapped[datetime | None] = mapped_column(info=public())
    closed_at: Mapped[datetime | None] = mapped_column(info=public())
    taken_down_at: Mapped[datetime | None] = mapped_column(info=public())
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict, info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"village/{self.region_code}"


class NoticeEntry(RegionScoped, Recorded, Base):
    """One line of a notice: only what may be shown. Its own clock starts anew when the line changes.

    What the board says is of class P0 while it hangs, but for the name; records keep it sealed.
    """

    __tablename__ = "notice_entry"
    __stream__ = ("notice", "notice_id")
    __table_args__: Any = (
        Index("uq_notice_entry_case", "notice_id", "case_id", unique=True),
        Index("ix_notice_entry_case", "case_id"),
        Index(
            "ix_notice_entry_running",
            "earliest_close",
            postgresql_where=text("outcome IS NULL AND earliest_close IS NOT NULL"),
        ),
        CheckConstraint("persons BETWEEN 1 AND 30", name="persons_known"),
        CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="ended_whole"),
        CheckConstraint("outcome <> 'passed' OR ended_at >= earliest_close", name="not_passed_early"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), info=public())
    case_id: Mapped[UUID] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))
    place_code: Mapped[str] = mapped_column(info=public(recorded=False))
    household_suffix: Mapped[str] = mapped_column(info=public(sealed=True))
    shown_name: Mapped[str] = mapped_column(EncryptedText("notice_entry.shown_name"), info=sensitive())
    group_no: Mapped[str] = mapped_column(default="", info=public(sealed=True))
    persons: Mapped[int] = mapped_column(info=public(sealed=True))
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind), info=public())
    reason_group: Mapped[ReasonGroup] = mapped_column(choice(ReasonGroup), info=public(sealed=True))
    starts_on: Mapped[date | None] = mapped_column(Date, info=public())
    earliest_close: Mapped[datetime | None] = mapped_column(info=public())
    masked_at: Mapped[datetime | None] = mapped_column(info=public())
    ended_at: Mapped[datetime | None] = mapped_column(info=public())
    outcome: Mapped[EntryOutcome | None] = mapped_column(choice(EntryOutcome), info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return self.subject


class NoticeInspection(RegionScoped, Recorded, Base):
    """Somebody looked whether the sheet still hung: yes, or no and since when he knows."""

    __tablename__ = "notice_inspection"
    __stream__ = ("notice", "notice_id")
    __table_args__: Any = (Index("ix_notice_inspection_notice", "notice_id", "looked_at"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), info=public())
    looked_at: Mapped[datetime] = mapped_column(info=public())
    still_up: Mapped[bool] = mapped_column(info=public())
    photo_file_id: Mapped[UUID | None] = mapped_column(info=public())
    looked_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"village/{self.region_code}"
