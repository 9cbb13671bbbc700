"""The slip's code and the guesses at it: not recorded themselves, the delivery's record says that a slip was made."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.types import PublicId


class ConfirmationCode(Base):
    """One slip. Its digits and its link are derived from the id and stand nowhere; only their keyed hashes are kept."""

    __tablename__ = "confirmation_code"
    __table_args__: Any = (
        Index("uq_confirmation_code_digits", "digits_hash", unique=True),
        Index("uq_confirmation_code_link", "link_hash", unique=True),
        Index(
            "uq_confirmation_code_standing",
            "delivery_id",
            unique=True,
            postgresql_where=text("voided_at IS NULL AND used_at IS NULL"),
        ),
    )

    id: Mapped[PublicId]
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), info=public())
    digits_hash: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive())
    link_hash: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive())
    issued_by: Mapped[UUID | None] = mapped_column(info=restricted())
    issued_at: Mapped[datetime] = mapped_column(info=restricted())
    printed_at: Mapped[datetime | None] = mapped_column(info=restricted())
    expires_at: Mapped[datetime] = mapped_column(info=restricted())
    voided_at: Mapped[datetime | None] = mapped_column(info=restricted())
    used_at: Mapped[datetime | None] = mapped_column(info=restricted())


class CodeGuess(Base):
    """Wrong codes of an address, counted in a transaction of their own."""

    __tablename__ = "code_guess"
    __table_args__ = (Index("ix_code_guess_address", "address_key", "at"),)

    id: Mapped[PublicId]
    address_key: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive())
    at: Mapped[datetime] = mapped_column(info=restricted())
