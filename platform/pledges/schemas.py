"""What the JSON door takes and gives about pledges, deliveries, slips and answers."""

from marshmallow import fields, validate

from core.api import BaseSchema, DecimalText, PageQuery, quantity_field
from pairing.choices import LinkStage, LinkTerm
from pledges.choices import Channel, DeliveryStage, Escalation, Outcome, PledgeKind, PledgeProgress, PledgeStage
from registry.choices import FundSource

_AMOUNT = r"^[0-9]{1,10}(\.[0-9]{1,2})?$"


class LinkOfPledgeSchema(BaseSchema):
    id = fields.UUID(required=True)
    rank = fields.Integer(required=True)
    state = fields.Enum(LinkStage, by_value=True, attribute="stage", required=True)


class NewPledgeSchema(BaseSchema):
    need_id = fields.UUID(required=True)
    quantity = quantity_field(required=True)
    kind = fields.Enum(PledgeKind, by_value=True, required=True)
    due_on = fields.Date(required=True)
    term = fields.Enum(LinkTerm, by_value=True, load_default=LinkTerm.ONE_TIME)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class DeliverySchema(BaseSchema):
    id = fields.UUID(required=True)
    pledge_id = fields.UUID(required=True)
    need_id = fields.UUID(required=True)
    quantity = quantity_field(required=True)
    received_quantity = DecimalText(pattern=_AMOUNT)
    delivered_on = fields.Date(required=True)
    fund_source = fields.Enum(FundSource, by_value=True, required=True)
    state = fields.Enum(DeliveryStage, by_value=True, attribute="stage", required=True)
    arrived_on = fields.Date(allow_none=True)
    mend_due_on = fields.Date(allow_none=True)


class PledgeSchema(BaseSchema):
    id = fields.UUID(required=True)
    need_id = fields.UUID(required=True)
    donor_id = fields.UUID(allow_none=True)
    quantity = quantity_field(required=True)
    delivered = DecimalText(pattern=_AMOUNT, required=True)
    confirmed = DecimalText(pattern=_AMOUNT, required=True)
    kind = fields.Enum(PledgeKind, by_value=True, required=True)
    term = fields.Enum(LinkTerm, by_value=True, required=True)
    due_on = fields.Date(required=True)
    note = fields.String()
    state = fields.Enum(PledgeStage, by_value=True, attribute="stage", required=True)
    progress = fields.Enum(PledgeProgress, by_value=True, required=True)
    escalated_to = fields.Enum(Escalation, by_value=True)
    offered_at = fields.AwareDateTime(required=True)
    link = fields.Nested(LinkOfPledgeSchema, required=True)


class PledgeListSchema(BaseSchema):
    items = fields.List(fields.Nested(PledgeSchema), required=True)
    next = fields.String(allow_none=True, required=True)


class PledgeQuery(PageQuery):
    state = fields.Enum(PledgeStage, by_value=True, load_default=None)


class PledgeStepSchema(BaseSchema):
    name = fields.String(required=True, validate=validate.OneOf(["agree", "release", "withdraw"]))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))


class NewDeliverySchema(BaseSchema):
    quantity = quantity_field(required=True)
    delivered_on = fields.Date(required=True)
    fund_source = fields.Enum(FundSource, by_value=True, required=True)
    courier_no = fields.String(load_default="", validate=validate.Length(max=60))
    evidence = fields.List(
        fields.String(validate=validate.Length(min=4, max=12_000_000), metadata={"format": "byte"}),
        load_default=list,
        validate=validate.Length(max=5),
        metadata={"description": "Pictures or PDF files in base64, at most 8 MB each"},
    )


class DeliveryStepSchema(BaseSchema):
    name = fields.String(required=True, validate=validate.OneOf(["arrive", "mend", "annul"]))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    arrived_on = fields.Date()
    receiver = fields.String(load_default="", validate=validate.Length(max=50))
    courier_no = fields.String(load_default="", validate=validate.Length(max=60))


class CodeSchema(BaseSchema):
    id = fields.UUID(required=True)
    slip_url = fields.String(required=True)
    code = fields.String(metadata={"description": "The ten digits; in a demo database only"})


class AnswerSchema(BaseSchema):
    pin = fields.String(load_default="", validate=validate.Length(max=12))
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    quantity = DecimalText(pattern=_AMOUNT)
    rating = fields.Integer(validate=validate.Range(min=1, max=5))
    comment = fields.String(load_default="", validate=validate.Length(max=500))


class AnsweredSchema(BaseSchema):
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    quantity = DecimalText(pattern=_AMOUNT, required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    answered_at = fields.AwareDateTime(required=True)
    delivery = fields.Nested(DeliverySchema, required=True)
