"""Getting in again: what two persons decide about somebody's account, and the links that let its owner in."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.i18n import _l, register_labels
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.types import CreatedAt, PublicId, Version, choice


class ResetKind(StrEnum):
    """What its owner has lost."""

    PASSWORD = "password"  # noqa: S105 - the name of what was lost
    SECOND_FACTOR = "second_factor"
    BOTH = "both"


class ResetStage(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"


reset_kind_labels = {
    ResetKind.PASSWORD: _l("Password forgotten"),
    ResetKind.SECOND_FACTOR: _l("Second factor lost"),
    ResetKind.BOTH: _l("Password forgotten and second factor lost"),
}
reset_stage_labels = {
    ResetStage.ASKED: _l("Waits for the second person"),
    ResetStage.AGREED: _l("Agreed"),
    ResetStage.WITHDRAWN: _l("Withdrawn"),
}
register_labels(reset_kind_labels)
register_labels(reset_stage_labels)


class AccessReset(Recorded, Base):
    """One person asks that another gets in again, a second one agrees (security.md, row 39)."""

    __tablename__ = "access_reset"
    __stream__ = ("account", "account_id")
    __table_args__: Any = (
        CheckConstraint("asked_by IS NULL OR asked_by <> account_id", name="asked_by_another"),
        CheckConstraint(
            "agreed_by IS NULL OR (agreed_by <> account_id AND agreed_by IS DISTINCT FROM asked_by)",
            name="two_persons",
        ),
        Index("uq_access_reset_open", "account_id", unique=True, postgresql_where=text("stage = 'asked'")),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=public())
    kind: Mapped[ResetKind] = mapped_column(choice(ResetKind), info=public())
    stage: Mapped[ResetStage] = mapped_column(choice(ResetStage), info=public())
    reason: Mapped[str] = mapped_column(info=restricted(recorded=False))
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), info=restricted(recorded=False))
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"account/{self.account_id}"


class ResetLink(Base):
    """A link or printed code that lets an account's owner choose a new password once; kept as a keyed hash."""

    __tablename__ = "reset_link"
    __table_args__ = (Index("ix_reset_link_account", "account_id"),)

    id: Mapped[PublicId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted())
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True, info=sensitive())
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime] = mapped_column(info=restricted())
    used_at: Mapped[datetime | None] = mapped_column(info=restricted())
