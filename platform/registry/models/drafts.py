"""What an officer typed of a survey and has not yet put on file: his own, encrypted, gone once it is on file."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId


class SurveyDraft(RegionScoped, Base):
    """One step as it was typed. The step `opening` says that the survey was begun and the file looked at for it.

    `base` names what stood on file when the step was begun; `revision` counts how often the step was kept.
    """

    __tablename__ = "survey_draft"
    __table_args__: Any = (
        Index("uq_survey_draft_step", "household_id", "account_id", "step", unique=True),
        Index("ix_survey_draft_updated", "updated_at"),
    )

    id: Mapped[PublicId]
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted())
    step: Mapped[str] = mapped_column(info=public())
    typed: Mapped[str] = mapped_column(EncryptedText("survey_draft.typed"), default="", info=sensitive())
    base: Mapped[str] = mapped_column(default="", info=public())
    revision: Mapped[int] = mapped_column(default=0, info=public())
    is_done: Mapped[bool] = mapped_column(default=False, info=public())
    updated_at: Mapped[datetime] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]
