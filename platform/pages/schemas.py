"""What the JSON doors over several packages take and give."""

from marshmallow import Schema, fields, validate

from core.api import REGION_PATTERN, BaseSchema, DecimalText, PageQuery

STREAM_PATTERN = r"^(need|donor|pairing|household|village|account)/[0-9a-f-]{12,36}$"
SUM_PATTERN = r"^[0-9]{1,16}(\.[0-9]{1,2})?$"


class RecordQuery(PageQuery):
    """Which stream; a hundred records at once unless fewer are asked for."""

    stream = fields.String(required=True, validate=validate.Regexp(STREAM_PATTERN))
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=100))


class RecordSchema(Schema):
    """One update record with every hashed field; `public` is the exact stored text, bytes are hexadecimal."""

    stream = fields.String(required=True)
    seq = fields.Integer(required=True)
    at = fields.String(required=True)
    actor = fields.String(required=True)
    role = fields.String(required=True)
    kind = fields.String(required=True)
    reason = fields.String(required=True)
    public = fields.String(required=True)
    sealed = fields.String(required=True, allow_none=True)
    prev = fields.String(required=True)
    alg = fields.String(required=True)
    hash = fields.String(required=True)


class RecordPageSchema(Schema):
    """Records in their order."""

    items = fields.List(fields.Nested(RecordSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class StatsQuery(BaseSchema):
    """Of which place; without it of the site's."""

    region = fields.String(load_default="", validate=validate.Regexp(rf"^$|{REGION_PATTERN}"))


class FigureSchema(Schema):
    """One count with its level; null where it is not shown."""

    measure = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf(["verified", "pledged", "delivered", "confirmed"]))
    value = fields.Integer(required=True, allow_none=True)


class PlaceRefSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class PlaceFiguresSchema(Schema):
    region = fields.Nested(PlaceRefSchema, required=True)
    suppressed = fields.Boolean(required=True)
    figures = fields.List(fields.Nested(FigureSchema), required=True)


class CategoryFiguresSchema(Schema):
    category = fields.String(required=True)
    suppressed = fields.Boolean(required=True)
    figures = fields.List(fields.Nested(FigureSchema), required=True)


class SumSchema(Schema):
    """Quantities of one unit at each level."""

    unit = fields.String(required=True)
    verified = DecimalText(pattern=SUM_PATTERN, required=True)
    pledged = DecimalText(pattern=SUM_PATTERN, required=True)
    delivered = DecimalText(pattern=SUM_PATTERN, required=True)
    confirmed = DecimalText(pattern=SUM_PATTERN, required=True)


class StatsSchema(Schema):
    """Counts and sums of a place, each with its level; small cells are null."""

    region = fields.Nested(PlaceRefSchema, required=True, allow_none=True)
    as_of = fields.DateTime(required=True, allow_none=True, format="iso")
    suppressed_below = fields.Integer(required=True)
    figures = fields.List(fields.Nested(FigureSchema), required=True)
    places = fields.List(fields.Nested(PlaceFiguresSchema), required=True)
    categories = fields.List(fields.Nested(CategoryFiguresSchema), required=True)
    sums = fields.List(fields.Nested(SumSchema), required=True)
