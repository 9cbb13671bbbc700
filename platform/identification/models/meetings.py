"""Meetings that vote on cases: who is entitled, who came, what was voted (domain.md 3.4)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from identification.case_choices import MeetingKind, MeetingStage, VoteResult


class Meeting(RegionScoped, Recorded, Base):
    """One meeting of a village. Its votes count when it is closed, with its signed minutes."""

    __tablename__ = "meeting"
    __stream__ = ("meeting", "id")
    __table_args__: Any = (
        Index("ix_meeting_scope", "region_code", "held_on"),
        CheckConstraint("stage = 'prepared' OR minutes_file_id IS NOT NULL", name="closed_with_minutes"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    pack: Mapped[str] = mapped_column(info=public())
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("identification_round.id"), info=public())
    kind: Mapped[MeetingKind] = mapped_column(choice(MeetingKind), info=public())
    stage: Mapped[MeetingStage] = mapped_column(choice(MeetingStage), info=public())
    held_on: Mapped[date] = mapped_column(Date, info=public())
    place: Mapped[str] = mapped_column(info=restricted())
    chair: Mapped[str] = mapped_column(EncryptedText("meeting.chair"), info=sensitive())
    recorder: Mapped[str] = mapped_column(EncryptedText("meeting.recorder"), info=sensitive())
    observers: Mapped[str] = mapped_column(EncryptedText("meeting.observers"), default="", info=sensitive())
    said: Mapped[str] = mapped_column(EncryptedText("meeting.said"), default="", info=sensitive())
    minutes_file_id: Mapped[UUID | None] = mapped_column(info=restricted())
    entered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"meeting/{self.id}"


class MeetingMember(RegionScoped, Recorded, Base):
    """Somebody who may vote, and whether he came."""

    __tablename__ = "meeting_member"
    __stream__ = ("meeting", "meeting_id")
    __table_args__: Any = (Index("ix_meeting_member_meeting", "meeting_id", "ordinal"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), info=restricted())
    ordinal: Mapped[int] = mapped_column(info=restricted())
    name: Mapped[str] = mapped_column(EncryptedText("meeting_member.name"), info=sensitive())
    household_no: Mapped[str] = mapped_column(default="", info=restricted())
    present: Mapped[bool] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"meeting/{self.meeting_id}"


class MeetingVote(RegionScoped, Recorded, Base):
    """What the meeting voted on one household; who is close to it did not vote."""

    __tablename__ = "meeting_vote"
    __stream__ = ("meeting", "meeting_id")
    __table_args__: Any = (
        Index("uq_meeting_vote_case", "meeting_id", "case_id", unique=True),
        Index("ix_meeting_vote_case", "case_id"),
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND abstained >= 0", name="counts_votes"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), info=restricted())
    case_id: Mapped[UUID] = mapped_column(ForeignKey("identification_case.id"), info=restricted())
    votes_for: Mapped[int] = mapped_column(info=restricted())
    votes_against: Mapped[int] = mapped_column(info=restricted())
    abstained: Mapped[int] = mapped_column(info=restricted())
    recused: Mapped[list[Any]] = mapped_column(default=list, info=restricted())
    no_relatives: Mapped[bool] = mapped_column(default=False, info=restricted())
    result: Mapped[VoteResult | None] = mapped_column(choice(VoteResult), info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"meeting/{self.meeting_id}"
