"""What the JSON door takes and gives about pairings, links and invitations."""

from marshmallow import fields, validate

from core.api import REGION_PATTERN, BaseSchema, PageQuery
from core.i18n import LANGUAGES
from needs.choices import ConsentItem, ConsentMethod
from pairing.choices import InvitationStage, LinkFunction, LinkKind, LinkOrigin, LinkStage, LinkTerm, UnitLevel

LINK_STEPS = (
    "comment",
    "record_consent",
    "confirm",
    "confirm_once",
    "reject",
    "suspend",
    "resume",
    "withdraw_consent",
    "complete",
    "terminate",
    "succeed",
)


class PairingQuery(PageQuery):
    region = fields.String(load_default="", validate=validate.Regexp(rf"^$|{REGION_PATTERN}"))


class LinkSchema(BaseSchema):
    id = fields.UUID(required=True)
    rank = fields.Integer(required=True)
    kind = fields.Enum(LinkKind, by_value=True, required=True)
    function = fields.Enum(LinkFunction, by_value=True)
    name = fields.String()
    donor_id = fields.UUID(allow_none=True)
    state = fields.Enum(LinkStage, by_value=True, attribute="stage", required=True)
    term = fields.Enum(LinkTerm, by_value=True, required=True)
    origin = fields.Enum(LinkOrigin, by_value=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    proposed_at = fields.AwareDateTime(allow_none=True)
    commented_at = fields.AwareDateTime(allow_none=True)
    objection = fields.Boolean()
    consent_until = fields.Date(allow_none=True)
    unit_level = fields.Enum(UnitLevel, by_value=True, allow_none=True)
    wants = fields.Enum(ConsentItem, by_value=True, allow_none=True)
    overdue = fields.Boolean()


class PairedSubjectSchema(BaseSchema):
    household_id = fields.UUID(allow_none=True)
    household_no = fields.String()
    village_code = fields.String(required=True)
    card_pin = fields.String(metadata={"description": "Of the household's card; in a demo database only"})


class PairingSchema(BaseSchema):
    id = fields.UUID(required=True)
    subject = fields.Nested(PairedSubjectSchema, required=True)
    links = fields.List(fields.Nested(LinkSchema), required=True)


class PairingListSchema(BaseSchema):
    items = fields.List(fields.Nested(PairingSchema), required=True)
    next = fields.String(allow_none=True, required=True)


class NewLinkSchema(BaseSchema):
    term = fields.Enum(LinkTerm, by_value=True, load_default=LinkTerm.STANDING)
    wants = fields.Enum(ConsentItem, by_value=True, load_default=ConsentItem.GOODS_VIA_OFFICE)


class NewOfficialSchema(BaseSchema):
    """A cadre or unit by its account."""

    account_id = fields.UUID(required=True)
    kind = fields.Enum(LinkKind, by_value=True, load_default=LinkKind.CADRE)
    unit_name = fields.String(load_default="", validate=validate.Length(max=100))
    unit_level = fields.Enum(UnitLevel, by_value=True, load_default=None)
    reason = fields.String(load_default="", validate=validate.Length(max=500))


class PairingSubjectSchema(BaseSchema):
    """Who is paired: exactly one of the two."""

    household_id = fields.UUID()
    village_code = fields.String(validate=[validate.Length(equal=12), validate.Regexp(REGION_PATTERN)])


class NewPairingSchema(NewOfficialSchema):
    subject = fields.Nested(PairingSubjectSchema, required=True)
    starts_on = fields.Date(load_default=None)


class FurtherOfficialSchema(NewOfficialSchema):
    kind = fields.Enum(LinkKind, by_value=True, load_default=LinkKind.UNIT)
    function = fields.Enum(LinkFunction, by_value=True, load_default=LinkFunction.HELP)


class UnpairedSchema(BaseSchema):
    household_id = fields.UUID(required=True)
    household_no = fields.String(required=True)
    village_code = fields.String(required=True, attribute="region_code")


class UnpairedListSchema(BaseSchema):
    items = fields.List(fields.Nested(UnpairedSchema), required=True)
    next = fields.String(allow_none=True, required=True)


class LinkStepSchema(BaseSchema):
    name = fields.String(required=True, validate=validate.OneOf(LINK_STEPS))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    comment = fields.String(load_default="", validate=validate.Length(max=500))
    objection = fields.Boolean(load_default=False)
    method = fields.Enum(ConsentMethod, by_value=True)
    scope = fields.List(fields.Enum(ConsentItem, by_value=True), load_default=list, validate=validate.Length(max=6))
    until = fields.Date()
    witness = fields.String(load_default="", validate=validate.Length(max=50))
    account_id = fields.UUID()
    kind = fields.Enum(LinkKind, by_value=True, load_default=LinkKind.CADRE)
    unit_name = fields.String(load_default="", validate=validate.Length(max=100))
    unit_level = fields.Enum(UnitLevel, by_value=True, load_default=None)
    starts_on = fields.Date(load_default=None)


class NewInvitationSchema(BaseSchema):
    donor_id = fields.UUID()
    email = fields.String(validate=validate.Length(max=200))
    need_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=20))
    message = fields.String(load_default="", validate=validate.Length(max=500))
    language = fields.String(load_default="zh", validate=validate.OneOf(LANGUAGES))


class InvitationSchema(BaseSchema):
    id = fields.UUID(required=True)
    pairing_id = fields.UUID(required=True)
    donor_id = fields.UUID(allow_none=True)
    need_ids = fields.List(fields.UUID(), required=True)
    message = fields.String()
    state = fields.Enum(InvitationStage, by_value=True, attribute="stage", required=True)
    sent_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    link_id = fields.UUID(allow_none=True)


class InvitationListSchema(BaseSchema):
    items = fields.List(fields.Nested(InvitationSchema), required=True)
    next = fields.String(allow_none=True, required=True)


class InvitationQuery(PageQuery):
    state = fields.Enum(InvitationStage, by_value=True, load_default=None)


class InvitationStepSchema(BaseSchema):
    name = fields.String(required=True, validate=validate.OneOf(["accept", "decline", "withdraw"]))
