"""What the JSON door takes and gives for needs. The public schema is never the internal one."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from core.api import REGION_PATTERN, BaseSchema, DecimalText, PageQuery, quantity_field
from needs.choices import Category, NeedLevel, NeedStage, NeedVisibility, Progress, Urgency
from needs.queries import Sort
from regions.codes import LENGTH

AMOUNT_PATTERN = r"^[0-9]{1,10}(\.[0-9]{1,2})?$"
MOST_PIECES = 20
STATUSES = [progress.value for progress in Progress] + [NeedStage.EXPIRED.value, NeedStage.WITHDRAWN.value]
STEPS = ("submit", "verify", "approve", "return", "reject", "renew", "withdraw")


def _one_of(values: Any) -> validate.OneOf:
    return validate.OneOf([value.value for value in values])


def _amount() -> DecimalText:
    return DecimalText(pattern=AMOUNT_PATTERN, required=True)


class PiecesField(fields.Field[list[str]]):
    """Evidence by name: one text, or a list of texts."""

    def __init__(self, **kwargs: Any) -> None:
        one = {"type": "string", "minLength": 1, "maxLength": 80}
        several = {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_PIECES}
        super().__init__(metadata={"oneOf": [one, several]}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not 0 < len(found) <= MOST_PIECES:
            raise ValidationError("Name 1 to 20 pieces of evidence.")
        if not all(isinstance(piece, str) and 0 < len(piece.strip()) <= 80 for piece in found):
            raise ValidationError("A piece of evidence is a text of at most 80 characters.")
        return list(found)


class NeedsQuery(PageQuery):
    """Query of the public list."""

    region = fields.String(load_default="", validate=validate.Regexp(REGION_PATTERN))
    category = fields.String(load_default="", validate=_one_of(Category))
    level = fields.String(load_default="", validate=_one_of(NeedLevel))
    status = fields.String(load_default="", validate=validate.OneOf(STATUSES))
    q = fields.String(load_default="", validate=validate.Length(max=100))
    sort = fields.Enum(Sort, by_value=True, load_default=Sort.NEWEST)


class SubjectSchema(BaseSchema):
    """Whose need: exactly one of the two."""

    household_id = fields.UUID()
    village_code = fields.String(validate=[validate.Length(equal=LENGTH), validate.Regexp(REGION_PATTERN)])


class NewNeedSchema(BaseSchema):
    subject = fields.Nested(SubjectSchema, required=True)
    category = fields.Enum(Category, by_value=True, required=True)
    title = fields.String(required=True, validate=validate.Length(min=1, max=60))
    description = fields.String(required=True, validate=validate.Length(max=1000))
    quantity = quantity_field(required=True)
    unit = fields.String(required=True, validate=validate.Length(min=1, max=12))
    min_lot = quantity_field()
    item_code = fields.String(validate=validate.Length(min=1, max=40))
    unit_price = quantity_field()
    urgency = fields.Enum(Urgency, by_value=True)
    urgency_reason = fields.String(validate=validate.Length(max=200))
    needed_from = fields.Date()
    needed_by = fields.Date()
    visibility = fields.Enum(NeedVisibility, by_value=True)


class NeedStepSchema(BaseSchema):
    """One step; each takes what its name asks for."""

    name = fields.String(required=True, validate=validate.OneOf(STEPS))
    reason = fields.String(load_default="", validate=validate.Length(max=500))
    reasons = fields.Dict(
        keys=fields.String(validate=validate.Length(max=40)),
        values=fields.String(validate=validate.Length(max=500)),
        load_default=dict,
        metadata={"description": "For approve: one reason for each open judgement, by the code of its rule."},
    )
    visited_on = fields.Date()
    second_visitor = fields.String(
        load_default="",
        validate=validate.Length(max=50),
        metadata={"description": "Who was there too; without it, the second visitor of the needs survey."},
    )
    evidence = PiecesField(load_default=list)


class RegionPartSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    path = fields.String(required=True)


class HelperPartSchema(Schema):
    rank = fields.Integer(required=True)
    kind = fields.String(required=True)
    name = fields.String()
    state = fields.String()


class PairingPartSchema(Schema):
    helpers = fields.List(fields.Nested(HelperPartSchema), required=True)
    id = fields.UUID()


class PublicNeedSchema(Schema):
    """A need as anybody may see it."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    category = fields.String(required=True, validate=_one_of(Category))
    level = fields.String(required=True, validate=_one_of(NeedLevel))
    region = fields.Nested(RegionPartSchema, required=True)
    quantity = _amount()
    unit = fields.String(required=True)
    min_lot = _amount()
    held = _amount()
    delivered = _amount()
    confirmed = _amount()
    remaining = _amount()
    status = fields.String(required=True)
    urgency = fields.String(required=True, validate=_one_of(Urgency))
    needed_from = fields.Date(required=True, allow_none=True)
    needed_by = fields.Date(required=True, allow_none=True)
    size_band = fields.String(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    verified_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)
    disputed = fields.Boolean(required=True)
    pairing = fields.Nested(PairingPartSchema, required=True)


class PublicNeedListSchema(Schema):
    items = fields.List(fields.Nested(PublicNeedSchema), required=True)
    next = fields.String(required=True, allow_none=True)
