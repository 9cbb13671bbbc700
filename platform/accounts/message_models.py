"""What somebody was told: kept here, whether or not it could be sent."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.i18n import LazyString, _l, register_labels
from core.privacy import restricted
from core.types import CreatedAt, PublicId, choice


class MessageKind(StrEnum):
    """The five messages of the first day (workflows.md, doubts 12)."""

    PLEDGE_MADE = "pledge_made"
    DECISION_DUE = "decision_due"
    GOODS_ARRIVED = "goods_arrived"
    ANSWER_MISSING = "answer_missing"
    OVERDUE = "overdue"


message_labels: dict[MessageKind, LazyString] = {
    MessageKind.PLEDGE_MADE: _l("Somebody pledged for a need of yours"),
    MessageKind.DECISION_DUE: _l("A decision is waiting for you"),
    MessageKind.GOODS_ARRIVED: _l("Goods have arrived at the village"),
    MessageKind.ANSWER_MISSING: _l("A household has not answered yet"),
    MessageKind.OVERDUE: _l("A date has passed"),
}
register_labels(message_labels)


class Message(Base):
    """One message to one account. `link` is a path of this site; `title` holds no personal data."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_account", "account_id", "created_at", "id"),
        Index("ix_message_unread", "account_id", postgresql_where=text("seen_at IS NULL")),
        Index("ix_message_age", "created_at"),
    )

    id: Mapped[PublicId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted())
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind), info=restricted())
    link: Mapped[str] = mapped_column(info=restricted())
    title: Mapped[str] = mapped_column(info=restricted())
    due_on: Mapped[date | None] = mapped_column(Date, info=restricted())
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[datetime | None] = mapped_column(info=restricted())
