"""Schemas and fields that every JSON door uses: strict bodies, decimal strings, UTC times."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from flask import request
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

View = TypeVar("View", bound=Callable[..., Any])
QUANTITY_PATTERN = r"^(?!0+(\.0{1,2})?$)[0-9]{1,10}(\.[0-9]{1,2})?$"
REGION_PATTERN = r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$"


class BaseSchema(Schema):
    """A schema that refuses unknown fields."""

    class Meta:
        unknown = RAISE
        ordered = True


class DecimalText(fields.String):
    """A decimal in a string: `places` digits after the point at most, nothing rounded."""

    def __init__(self, *, pattern: str, **kwargs: Any) -> None:
        metadata = {"pattern": pattern, "example": "2"} | dict(kwargs.pop("metadata", {}))
        super().__init__(validate=validate.Regexp(pattern), metadata=metadata, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return text if self.validators and not _matches(self, text) else Decimal(text)
        except InvalidOperation as error:
            raise ValidationError("Not a valid decimal.") from error

    def _validate(self, value: Any) -> None:
        super()._validate(value if isinstance(value, str) else format(value, "f"))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else plain_decimal(value)


def _matches(field: DecimalText, text: str) -> bool:
    try:
        field._validate(text)
    except ValidationError:
        return False
    return True


def quantity_field(**kwargs: Any) -> DecimalText:
    """Return a field for a quantity: more than 0, at most two places, as a string."""
    return DecimalText(pattern=QUANTITY_PATTERN, **kwargs)


def plain_decimal(value: Decimal) -> str:
    """Return the decimal without needless zeros: "6", "6.5"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


class IdempotencyHeader(Schema):
    """The header that POSTs marked k require; the door claims the key."""

    class Meta:
        unknown = EXCLUDE

    idempotency_key = fields.String(required=True, data_key="Idempotency-Key", validate=validate.Length(min=8, max=200))


class PageQuery(BaseSchema):
    """Query of every list."""

    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=100))
    cursor = fields.String(load_default=None, allow_none=False, validate=validate.Length(max=500))


class TransitionOptionSchema(Schema):
    """One step that the caller has in view."""

    name = fields.String(required=True)
    allowed = fields.Boolean(required=True)
    code = fields.String()
    why = fields.String()
    needs_reason = fields.Boolean()


class TransitionListSchema(Schema):
    items = fields.List(fields.Nested(TransitionOptionSchema), required=True)


def option_rows(options: Any) -> dict[str, Any]:
    """Return workflow options as the answer of `GET …/transitions`."""
    rows = [
        {"name": o.name, "allowed": o.allowed, "code": o.code, "why": str(o.why), "needs_reason": o.needs_reason}
        for o in options
    ]
    return {"items": rows}


def is_api_request() -> bool:
    """Return whether the request came to the JSON door."""
    return request.path.startswith("/api/")
