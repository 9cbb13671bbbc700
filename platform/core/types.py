"""Annotated column types and small mixins that models share."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID, uuid4

from sqlalchemy import Date, DateTime, Dialect, Enum, LargeBinary, Numeric, Text, Uuid, func
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from core.privacy import public

PublicId = Annotated[UUID, mapped_column(Uuid, primary_key=True, default=uuid4, info=public())]
Quantity = Annotated[Decimal, mapped_column(Numeric(12, 2))]
Money = Annotated[Decimal, mapped_column(Numeric(14, 2))]
Day = Annotated[date, mapped_column(Date)]
CreatedAt = Annotated[
    datetime,
    mapped_column(DateTime(timezone=True), server_default=func.records.clock(), info=public(recorded=False)),
]
Version = Annotated[int, mapped_column(nullable=False, info=public(recorded=False))]


def choice(enum_class: Any) -> Enum:
    """Return a text column type for a StrEnum: values, not names; no database enum, no CHECK."""
    return Enum(
        enum_class,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class EncryptedText(TypeDecorator[str]):
    """Text that is stored encrypted; `context` binds a ciphertext to its column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        from core.crypto import encrypt_value  # noqa: PLC0415 - the keyring loads settings at first use

        return None if value is None else encrypt_value(self.context, value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        from core.crypto import decrypt_value  # noqa: PLC0415 - see above

        return None if value is None else decrypt_value(self.context, bytes(value))


ShortText = Annotated[str, mapped_column(Text)]
