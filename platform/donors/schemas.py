"""What the JSON door takes and gives about donors."""

from marshmallow import fields, validate

from core.api import BaseSchema
from donors.models import DonorKind, DonorStage, EvidenceKind

_CONTENT = 12_000_000


class EvidenceSchema(BaseSchema):
    kind = fields.Enum(EvidenceKind, by_value=True, required=True)
    content = fields.String(
        required=True,
        validate=validate.Length(min=4, max=_CONTENT),
        metadata={"format": "byte", "description": "A picture or PDF in base64, at most 8 MB"},
    )


class NewDonorSchema(BaseSchema):
    kind = fields.Enum(DonorKind, by_value=True, required=True)
    name = fields.String(required=True, validate=validate.Length(min=1, max=200))
    name_is_right = fields.Boolean(
        load_default=False,
        metadata={"description": "Confirms a name that can be taken for an office's or a verified organisation's"},
    )
    uscc = fields.String(validate=validate.Length(max=60), metadata={"description": "For organisations"})
    id_number = fields.String(validate=validate.Length(max=60), metadata={"description": "For individuals"})
    contact_name = fields.String(validate=validate.Length(max=200))
    contact_phone = fields.String(required=True, validate=validate.Length(max=40))
    contact_email = fields.String(validate=validate.Length(max=200))
    named_publicly = fields.Boolean(load_default=False)
    region = fields.String(validate=validate.Length(max=12), metadata={"description": "County that checks"})
    city_code = fields.String(validate=validate.Length(max=12))
    username = fields.String(
        validate=validate.Length(max=60), metadata={"description": "Of the new account; without it a token is made"}
    )
    password = fields.String(validate=validate.Length(max=200))


class PublicDonorSchema(BaseSchema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.Enum(DonorKind, by_value=True, required=True)
    uscc = fields.String()
    state = fields.Enum(DonorStage, by_value=True, attribute="stage", required=True)
    level = fields.Integer(required=True)
    verified_at = fields.AwareDateTime(allow_none=True)
    verified_until = fields.Date(allow_none=True)
    figures = fields.Dict(keys=fields.String(), values=fields.Raw(), allow_none=True)


class AccountOfDonorSchema(BaseSchema):
    username = fields.String(required=True)
    token = fields.String(metadata={"description": "Shown once, where no password was given"})


class DonorSchema(BaseSchema):
    """What the donor itself and its county see; contacts and identity numbers stay on the pages."""

    id = fields.UUID(required=True)
    kind = fields.Enum(DonorKind, by_value=True, required=True)
    state = fields.Enum(DonorStage, by_value=True, attribute="stage", required=True)
    level = fields.Integer(required=True)
    named_publicly = fields.Boolean(required=True)
    region = fields.String(attribute="region_code", required=True)
    verified_until = fields.Date(allow_none=True)
    appeal_open = fields.Boolean(required=True)
    missing = fields.List(fields.String(), metadata={"description": "What must come before submit"})
    warnings = fields.List(fields.String())
    account = fields.Nested(AccountOfDonorSchema)


class DonorStepSchema(BaseSchema):
    name = fields.String(
        required=True,
        validate=validate.OneOf(
            ["submit", "verify", "reject", "expire", "blacklist", "appeal", "accept_appeal", "dismiss_appeal"]
        ),
    )
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    level = fields.Integer(validate=validate.Range(min=1, max=3))
    evidence_seen = fields.List(fields.Enum(EvidenceKind, by_value=True), validate=validate.Length(max=10))
    evidence = fields.List(fields.Nested(EvidenceSchema), validate=validate.Length(max=5))


class PhoneProofSchema(BaseSchema):
    code = fields.String(required=True, validate=validate.Length(min=4, max=20))


class EvidenceAnswerSchema(BaseSchema):
    id = fields.UUID(required=True)
    kind = fields.Enum(EvidenceKind, by_value=True, required=True)
