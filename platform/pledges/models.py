"""Pledges, deliveries and what the household answered. Slips and guesses stand in `pledges.code_models`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Quantity, Version, choice
from pairing.choices import LinkTerm
from pledges.choices import (
    CallBack,
    Channel,
    DeliveryStage,
    Escalation,
    Outcome,
    PledgeKind,
    PledgeProgress,
    PledgeStage,
)
from pledges.code_models import CodeGuess, ConfirmationCode
from registry.choices import FundSource

__all__ = ["CodeGuess", "Confirmation", "ConfirmationCode", "Delivery", "DeliveryEvidence", "Pledge"]

ZERO = Decimal(0)


class Pledge(RegionScoped, Recorded, Base):
    """A public promise for a part of a need. `delivered` and `confirmed` follow from its deliveries."""

    __tablename__ = "pledge"
    __stream__ = ("need", "need_id")
    __table_args__: Any = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("0 <= confirmed AND confirmed <= delivered AND delivered <= quantity", name="sums_fit"),
        CheckConstraint("kind <> 'money' OR subject NOT LIKE 'household/%'", name="no_money_for_a_household"),
        Index("ix_pledge_need", "need_id", "stage"),
        Index("ix_pledge_donor", "donor_id", "created_at", "id"),
        Index("ix_pledge_link", "link_id", "stage"),
        Index("ix_pledge_queue", "region_code", "stage", "decide_by"),
        Index("ix_pledge_undecided", "decide_by", postgresql_where=text("stage = 'offered'")),
        Index("ix_pledge_due", "due_on", postgresql_where=text("stage = 'agreed' AND delivered < quantity")),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=restricted(recorded=False))
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), info=public())
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id"), info=restricted(recorded=False))
    link_id: Mapped[UUID] = mapped_column(ForeignKey("helper_link.id"), info=restricted())
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("donor.id"), info=restricted())
    unit_account_id: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    quantity: Mapped[Quantity] = mapped_column(info=public())
    delivered: Mapped[Quantity] = mapped_column(default=ZERO, server_default="0", info=public(recorded=False))
    confirmed: Mapped[Quantity] = mapped_column(default=ZERO, server_default="0", info=public(recorded=False))
    kind: Mapped[PledgeKind] = mapped_column(choice(PledgeKind), info=public())
    term: Mapped[LinkTerm] = mapped_column(choice(LinkTerm), info=public())
    due_on: Mapped[date] = mapped_column(Date, info=public())
    note: Mapped[str] = mapped_column(default="", info=restricted())
    stage: Mapped[PledgeStage] = mapped_column(choice(PledgeStage), info=public())
    escalated_to: Mapped[Escalation] = mapped_column(choice(Escalation), default=Escalation.NONE, info=public())
    offered_at: Mapped[datetime] = mapped_column(info=public())
    decide_by: Mapped[date] = mapped_column(Date, info=public())
    lapses_on: Mapped[date] = mapped_column(Date, info=public())
    agreed_at: Mapped[datetime | None] = mapped_column(info=public())
    ended_at: Mapped[datetime | None] = mapped_column(info=public())
    overdue_told_on: Mapped[date | None] = mapped_column(Date, info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_live(self) -> bool:
        return self.stage in {PledgeStage.OFFERED, PledgeStage.AGREED}

    @property
    def progress(self) -> PledgeProgress:
        """How far the pledge is; follows from its sums."""
        if self.confirmed == self.quantity:
            return PledgeProgress.CONFIRMED
        if self.delivered == self.quantity:
            return PledgeProgress.DELIVERED
        return PledgeProgress.PARTLY_DELIVERED if self.delivered > 0 else PledgeProgress.NOTHING_YET

    def record_subject(self) -> str:
        return self.subject


class Delivery(RegionScoped, Recorded, Base):
    """A part of a pledge that is on its way or was brought. Belongs to one pledge and one fund source."""

    __tablename__ = "delivery"
    __stream__ = ("need", "need_id")
    __table_args__: Any = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("received_quantity BETWEEN 0 AND quantity", name="received_fits"),
        Index("ix_delivery_pledge", "pledge_id", "stage"),
        Index("ix_delivery_need", "need_id"),
        Index("ix_delivery_queue", "region_code", "stage", "delivered_on"),
        Index("ix_delivery_donor", "donor_id", "stage"),
        Index("ix_delivery_awaiting", "awaiting_since", postgresql_where=text("stage = 'awaiting'")),
        Index("ix_delivery_mending", "mend_due_on", postgresql_where=text("stage = 'mending'")),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=restricted(recorded=False))
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), info=public())
    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledge.id"), info=public())
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id"), info=restricted(recorded=False))
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("donor.id"), info=restricted())
    unit_account_id: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    quantity: Mapped[Quantity] = mapped_column(info=public())
    delivered_on: Mapped[date] = mapped_column(Date, info=public())
    fund_source: Mapped[FundSource] = mapped_column(choice(FundSource), info=public())
    courier_no: Mapped[str] = mapped_column(default="", info=restricted())
    receiver: Mapped[str] = mapped_column(EncryptedText("delivery.receiver"), default="", info=sensitive())
    stage: Mapped[DeliveryStage] = mapped_column(choice(DeliveryStage), info=public())
    entered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    arrived_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    arrived_on: Mapped[date | None] = mapped_column(Date, info=public())
    received_quantity: Mapped[Quantity] = mapped_column(default=ZERO, server_default="0", info=public())
    awaiting_since: Mapped[datetime | None] = mapped_column(info=public())
    reminded_at: Mapped[datetime | None] = mapped_column(info=public())
    mend_due_on: Mapped[date | None] = mapped_column(Date, info=public())
    inquired_on: Mapped[date | None] = mapped_column(Date, info=public())
    finding: Mapped[str] = mapped_column(default="", info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return self.subject


class DeliveryEvidence(Recorded, Base):
    """A picture of the things or of the paper; the file itself lies in `core.files`."""

    __tablename__ = "delivery_evidence"
    __stream__ = ("need", "need_id")
    __table_args__ = (Index("ix_delivery_evidence_delivery", "delivery_id"),)

    id: Mapped[PublicId]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), info=public())
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), info=public())
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), info=restricted())
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    def record_subject(self) -> str:
        return self.subject


class Confirmation(RegionScoped, Recorded, Base):
    """One answer of the household about one delivery: what came, and which way the answer was given."""

    __tablename__ = "confirmation"
    __stream__ = ("need", "need_id")
    __table_args__: Any = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 5", name="rating_known"),
        CheckConstraint("channel <> 'paper' OR (second_opener <> '' AND posted_on IS NOT NULL)", name="two_openers"),
        CheckConstraint("channel = 'card' OR entered_by IS NOT NULL", name="somebody_entered"),
        Index("uq_confirmation_code", "code_id", unique=True),
        Index("ix_confirmation_delivery", "delivery_id", "answered_at"),
        Index("ix_confirmation_device", "device_key", "answered_at"),
        Index(
            "ix_confirmation_call_back",
            "region_code",
            "answered_at",
            postgresql_where=text("(call_back_drawn OR cardinality(flags) > 0) AND call_back IS NULL"),
        ),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=restricted(recorded=False))
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), info=public())
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), info=public())
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id"), info=restricted(recorded=False))
    code_id: Mapped[UUID] = mapped_column(ForeignKey("confirmation_code.id"), info=restricted(recorded=False))
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome), info=public())
    quantity: Mapped[Quantity] = mapped_column(info=public())
    rating: Mapped[int | None] = mapped_column(info=restricted())
    comment: Mapped[str] = mapped_column(EncryptedText("confirmation.comment"), default="", info=sensitive())
    channel: Mapped[Channel] = mapped_column(choice(Channel), info=public())
    device_key: Mapped[str] = mapped_column(default="", info=restricted(recorded=False))
    entered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    second_opener: Mapped[str] = mapped_column(default="", info=restricted())
    posted_on: Mapped[date | None] = mapped_column(Date, info=public())
    answered_at: Mapped[datetime] = mapped_column(info=public())
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, info=restricted())
    call_back_drawn: Mapped[bool] = mapped_column(default=False, info=restricted())
    call_back: Mapped[CallBack | None] = mapped_column(choice(CallBack), info=public())
    call_back_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return self.subject
