"""What the JSON door takes and gives for places."""

from marshmallow import Schema, fields, validate

from core.api import REGION_PATTERN, PageQuery
from regions.codes import RegionKind, RegionLevel


class RegionQuery(PageQuery):
    """Query of the list of places."""

    parent = fields.String(
        load_default=None,
        validate=validate.Regexp(REGION_PATTERN),
        metadata={"description": "A region code or a prefix of 2, 4, 6 or 9 digits; without it the provinces."},
    )


class RegionSchema(Schema):
    """A place in public."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf([level.value for level in RegionLevel]))
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in RegionKind]))
    parent = fields.String(required=True, allow_none=True, attribute="parent_code")
    path = fields.String(required=True)


class RegionListSchema(Schema):
    """One page of places."""

    items = fields.List(fields.Nested(RegionSchema), required=True)
    next = fields.String(required=True, allow_none=True)
