"""What the plausibility rules found."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, choice
from registry.choices import FindingReason, FindingStage, Severity


class Finding(RegionScoped, Base):
    """One rule that one subject breaks. `subject` is the stream of the household or village, `details` are codes.

    The platform opens it and closes it (`gone_on`) when the values changed; a person may let it stand, with a reason
    that goes into the subject's records.
    """

    __tablename__ = "finding"
    __table_args__: Any = (
        Index("uq_finding_open", "rule", "subject", "year", unique=True, postgresql_where=text("gone_on IS NULL")),
        Index("ix_finding_list", "region_code", "first_seen_on", "id"),
        Index("ix_finding_subject", "subject"),
    )

    id: Mapped[PublicId]
    rule: Mapped[str] = mapped_column(info=public())
    severity: Mapped[Severity] = mapped_column(choice(Severity), info=public())
    subject: Mapped[str] = mapped_column(info=restricted())
    household_id: Mapped[UUID | None] = mapped_column(info=restricted())
    year: Mapped[int] = mapped_column(default=0, server_default="0", info=public())
    details: Mapped[dict[str, Any]] = mapped_column(info=sensitive())
    first_seen_on: Mapped[date] = mapped_column(Date, info=public())
    last_seen_on: Mapped[date] = mapped_column(Date, info=public())
    gone_on: Mapped[date | None] = mapped_column(Date, info=public())
    accepted_at: Mapped[datetime | None] = mapped_column(info=restricted())
    accepted_by: Mapped[UUID | None] = mapped_column(info=restricted())
    accepted_reason: Mapped[FindingReason | None] = mapped_column(choice(FindingReason), info=restricted())
    note: Mapped[str | None] = mapped_column(EncryptedText("finding.note"), info=sensitive())
    created_at: Mapped[CreatedAt]

    @property
    def state(self) -> FindingStage:
        """Where it stands: gone by itself, let stand by a person, or open."""
        if self.gone_on is not None:
            return FindingStage.GONE
        return FindingStage.OPEN if self.accepted_at is None else FindingStage.ACCEPTED
