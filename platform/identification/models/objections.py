"""Objections by anybody, with a name or without (domain.md 3.8)."""

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
from identification.objection_choices import Blocks, Channel, Finding, Inadmissible, ObjectionKind, ObjectionStage

OPEN = "stage IN ('filed', 'accepted', 'investigating', 'review_requested')"


class Objection(RegionScoped, Recorded, Base):
    """What somebody holds against a list or its making. Who it was stands encrypted, or nowhere."""

    __tablename__ = "objection"
    __stream__ = ("objection", "id")
    __table_args__: Any = (
        Index("uq_objection_receipt", "receipt_no", unique=True),
        Index("ix_objection_scope", "region_code", "stage", "due_on"),
        Index("ix_objection_open_entry", "entry_id", postgresql_where=text(OPEN)),
        Index("ix_objection_open_list", "batch_id", postgresql_where=text(OPEN)),
        CheckConstraint("level BETWEEN 1 AND 3", name="level_known"),
        CheckConstraint(
            "NOT is_anonymous OR (filer_name IS NULL AND filer_contact IS NULL)", name="anonymous_is_nameless"
        ),
        CheckConstraint("kind <> 'omission' OR level > 1", name="omission_above_village"),
        CheckConstraint(
            "stage NOT IN ('upheld', 'partly_upheld', 'dismissed', 'replied') OR finding IS NOT NULL",
            name="decided_with_finding",
        ),
        CheckConstraint(
            "stage <> 'replied_final' OR (reviewed_by IS NOT NULL AND reviewed_by IS DISTINCT FROM decided_by)",
            name="second_look_by_another",
        ),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    notice_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"), info=public())
    batch_id: Mapped[UUID | None] = mapped_column(info=public(recorded=False))
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice_entry.id"), info=restricted())
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    kind: Mapped[ObjectionKind] = mapped_column(choice(ObjectionKind), info=public())
    stage: Mapped[ObjectionStage] = mapped_column(choice(ObjectionStage), info=public())
    channel: Mapped[Channel] = mapped_column(choice(Channel), info=public())
    blocks: Mapped[Blocks] = mapped_column(choice(Blocks), info=public())
    level: Mapped[int] = mapped_column(info=public())
    told: Mapped[str] = mapped_column(EncryptedText("objection.told"), info=sensitive(recorded=False))
    is_anonymous: Mapped[bool] = mapped_column(info=public())
    filer_name: Mapped[str | None] = mapped_column(
        EncryptedText("objection.filer_name"), info=sensitive(recorded=False)
    )
    filer_contact: Mapped[str | None] = mapped_column(
        EncryptedText("objection.filer_contact"), info=sensitive(recorded=False)
    )
    receipt_no: Mapped[str] = mapped_column(info=restricted(recorded=False))
    key_index: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    filed_at: Mapped[datetime] = mapped_column(info=public())
    due_on: Mapped[date] = mapped_column(Date, info=public())
    mask_by: Mapped[datetime | None] = mapped_column(info=public())
    entered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    concerns: Mapped[list[Any]] = mapped_column(default=list, info=restricted())
    accepted_at: Mapped[datetime | None] = mapped_column(info=public())
    inadmissible: Mapped[Inadmissible | None] = mapped_column(choice(Inadmissible), info=public())
    investigator: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    decided_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    decided_level: Mapped[int | None] = mapped_column(info=public())
    decided_at: Mapped[datetime | None] = mapped_column(info=public())
    finding: Mapped[Finding | None] = mapped_column(choice(Finding), info=public())
    finding_text: Mapped[str] = mapped_column(
        EncryptedText("objection.finding_text"), default="", info=sensitive(recorded=False)
    )
    reply: Mapped[str] = mapped_column(EncryptedText("objection.reply"), default="", info=sensitive(recorded=False))
    replied_at: Mapped[datetime | None] = mapped_column(info=public())
    review_asked_at: Mapped[datetime | None] = mapped_column(info=public())
    reviewed_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"objection/{self.id}"
