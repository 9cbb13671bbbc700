"""The JSON door of pledges, deliveries, slips and answers."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import url_for
from flask_smorest import Blueprint

from core.api import IdempotencyHeader, TransitionListSchema, option_rows
from core.errors import NotValid
from core.files import store_file
from core.http import actor, client_address
from core.i18n import _l
from core.policy import public, requires, signed_in
from core.workflow import Option
from pairing.queries.showing import is_demo
from pledges import queries, services
from pledges.models import Confirmation, Delivery, Pledge
from pledges.policy import PledgePermission
from pledges.queries.offering import donor_of, need_to_pledge
from pledges.schemas import (
    AnsweredSchema,
    AnswerSchema,
    CodeSchema,
    DeliverySchema,
    DeliveryStepSchema,
    NewDeliverySchema,
    NewPledgeSchema,
    PledgeListSchema,
    PledgeQuery,
    PledgeSchema,
    PledgeStepSchema,
)
from pledges.workflow import delivery_workflow, pledge_workflow

blueprint = Blueprint("pledges_api", __name__, description="Promises, what was brought, and what the household says")
_OFFERED_STEPS = frozenset({"arrive", "mend", "annul", "annul_rest", "issue_code"})


@blueprint.post("/pledges")
@requires(PledgePermission.PLEDGE_OFFER)
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.arguments(NewPledgeSchema)
@blueprint.response(201, PledgeSchema)
def create_pledge(header: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Pledge a part of a need; a helper who is new to the pairing is proposed with it."""
    need = need_to_pledge(actor(), body.pop("need_id"))
    return _pledge(services.offer_pledge(need, donor_of(actor()), actor=actor(), **body))


def _pledge(pledge: Pledge) -> dict[str, Any]:
    names = [name for name in PledgeSchema._declared_fields if name not in {"state", "link"}]
    return {name: getattr(pledge, name) for name in names} | {"stage": pledge.stage, "link": queries.link_of(pledge)}


@blueprint.get("/pledges")
@requires(PledgePermission.PLEDGE_READ)
@blueprint.arguments(PledgeQuery, location="query")
@blueprint.response(200, PledgeListSchema)
def list_pledges(query: dict[str, Any]) -> dict[str, Any]:
    """Return pledges one gave, is paired with, or watches over, newest first."""
    page = queries.pledges(actor(), stage=query["state"], cursor=query["cursor"], limit=query["limit"])
    return {"items": [_pledge(row) for row in page.items], "next": page.next}


@blueprint.get("/pledges/<uuid:pledge_id>/transitions")
@signed_in
@blueprint.response(200, TransitionListSchema)
def list_pledge_steps(pledge_id: UUID) -> dict[str, Any]:
    """Return what the caller may do with the pledge now."""
    return option_rows(pledge_workflow.options(queries.get_pledge(actor(), pledge_id), actor=actor()))


@blueprint.post("/pledges/<uuid:pledge_id>/transitions")
@signed_in
@blueprint.arguments(PledgeStepSchema)
@blueprint.response(200, PledgeSchema)
def take_pledge_step(body: dict[str, Any], pledge_id: UUID) -> dict[str, Any]:
    """Agree, release or withdraw."""
    pledge = queries.get_pledge(actor(), pledge_id)
    _PLEDGE_STEPS[body["name"]](pledge, body)
    return _pledge(pledge)


_PLEDGE_STEPS: dict[str, Callable[[Pledge, dict[str, Any]], None]] = {
    "agree": lambda pledge, body: services.agree_pledge(pledge, actor=actor()),
    "release": lambda pledge, body: services.release_pledge(pledge, actor=actor(), reason=body["reason"]),
    "withdraw": lambda pledge, body: services.withdraw_pledge(pledge, actor=actor(), reason=body["reason"]),
}


@blueprint.post("/pledges/<uuid:pledge_id>/deliveries")
@requires(PledgePermission.DELIVERY_ENTER)
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.arguments(NewDeliverySchema)
@blueprint.response(201, DeliverySchema)
def create_delivery(header: dict[str, Any], body: dict[str, Any], pledge_id: UUID) -> Delivery:
    """Record what was brought, or plan it where the day is to come."""
    pledge = queries.get_pledge(actor(), pledge_id)
    files = [store_file(_content(text), actor=actor(), caption="").id for text in body.pop("evidence")]
    return services.enter_delivery(pledge, actor=actor(), evidence=files, **body)


def _content(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError) as error:
        raise NotValid({"evidence": [_l("This is no base64.")]}) from error


@blueprint.get("/deliveries/<uuid:delivery_id>/transitions")
@signed_in
@blueprint.response(200, TransitionListSchema)
def list_delivery_steps(delivery_id: UUID) -> dict[str, Any]:
    """Return what the caller may do with the delivery now."""
    found = delivery_workflow.options(queries.get_delivery(actor(), delivery_id), actor=actor())
    return option_rows([_as_annul(option) for option in found if option.name in _OFFERED_STEPS])


def _as_annul(option: Option) -> Option:
    if option.name != "annul_rest":
        return option
    return Option("annul", option.label, option.allowed, option.code, option.why, option.needs_reason)


@blueprint.post("/deliveries/<uuid:delivery_id>/transitions")
@signed_in
@blueprint.arguments(DeliveryStepSchema)
@blueprint.response(200, DeliverySchema)
def take_delivery_step(body: dict[str, Any], delivery_id: UUID) -> Delivery:
    """Note the arrival, put right what was wrong, or annul what was not received."""
    delivery = queries.get_delivery(actor(), delivery_id)
    _DELIVERY_STEPS[body["name"]](delivery, body)
    return delivery


def _arrive(delivery: Delivery, body: dict[str, Any]) -> None:
    if "arrived_on" not in body:
        raise NotValid({"arrived_on": [_l("This is missing.")]})
    services.arrive_delivery(
        delivery,
        actor=actor(),
        arrived_on=body["arrived_on"],
        receiver=body["receiver"],
        courier_no=body["courier_no"],
    )


_DELIVERY_STEPS: dict[str, Callable[[Delivery, dict[str, Any]], None]] = {
    "arrive": _arrive,
    "mend": lambda delivery, body: services.mend_delivery(delivery, actor=actor()),
    "annul": lambda delivery, body: services.annul_delivery(delivery, actor=actor(), finding=body["reason"]),
}


@blueprint.post("/deliveries/<uuid:delivery_id>/confirmation-codes")
@requires(PledgePermission.SLIP_ISSUE)
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.response(201, CodeSchema)
def create_code(header: dict[str, Any], delivery_id: UUID) -> dict[str, Any]:
    """Make a new slip for the household; an earlier one is void."""
    issued = services.issue_code(queries.get_delivery(actor(), delivery_id), actor=actor())
    answer = {"id": issued.id, "slip_url": url_for("pledges.slip", code_id=issued.id)}
    return answer | ({"code": issued.digits} if is_demo() else {})


@blueprint.post("/confirmations/<string:code>")
@public
@blueprint.arguments(AnswerSchema)
@blueprint.response(200, AnsweredSchema)
def answer_with_code(body: dict[str, Any], code: str) -> dict[str, Any]:
    """Answer as who holds slip and card."""
    confirmation = services.answer(code, actor=actor(), address=client_address(), device="", **body)
    return _answered(confirmation)


def _answered(confirmation: Confirmation) -> dict[str, Any]:
    names = ("outcome", "quantity", "channel", "answered_at")
    found = {name: getattr(confirmation, name) for name in names}
    return found | {"delivery": queries.delivery_of(confirmation)}
