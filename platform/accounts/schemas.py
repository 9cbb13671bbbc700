"""What the JSON door takes and gives about accounts."""

from marshmallow import fields, validate

from core.api import BaseSchema


class NewTokenSchema(BaseSchema):
    username = fields.String(required=True, validate=validate.Length(min=1, max=200))
    password = fields.String(required=True, validate=validate.Length(min=1, max=500))
    otp = fields.String(
        validate=validate.Length(max=40),
        metadata={"description": "Code of the second factor"},
    )
    name = fields.String(load_default="api", validate=validate.Length(min=1, max=80))
    scopes = fields.List(
        fields.String(validate=validate.Length(max=80)),
        validate=validate.Length(min=1, max=20),
    )


class TokenSchema(BaseSchema):
    id = fields.UUID(required=True)
    token = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    expires_at = fields.AwareDateTime(required=True)
