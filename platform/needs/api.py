"""The JSON door of needs."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api import IdempotencyHeader, TransitionListSchema, option_rows
from core.errors import NotFound, NotValid, WrongState
from core.http import actor
from core.i18n import _l
from core.policy import public, requires, signed_in
from needs.choices import RejectReason
from needs.helpers_provider import pairing_parts
from needs.models import Need
from needs.policy import NeedPermission
from needs.queries import ListedNeed, PublishedNeed, get_need, inner_need, published_need, published_needs, survey_of
from needs.schemas import NeedsQuery, NeedStepSchema, NewNeedSchema, PublicNeedListSchema, PublicNeedSchema
from needs.services import (
    Evidence,
    NeedText,
    approve_need,
    create_need,
    reject_need,
    renew_need,
    return_need,
    submit_need,
    verify_need,
    withdraw_need,
)
from needs.workflow import need_workflow
from registry.queries import Subject, get_household, subject_of
from registry.services import open_village

blueprint = Blueprint("needs_api", __name__, url_prefix="/needs", description="What villages and households need")


def _answer(need: ListedNeed | PublishedNeed, parts: Mapping[UUID, Mapping[str, Any]]) -> dict[str, Any]:
    names = list(need.path_names)
    found = {name: getattr(need, name) for name in PublicNeedSchema().fields if hasattr(need, name)}
    found["region"] = {"code": need.place, "name": names[-1] if names else "", "path": " ".join(names)}
    found["pairing"] = parts.get(need.id, {"helpers": []})
    return found


def _one(need: PublishedNeed) -> dict[str, Any]:
    return _answer(need, pairing_parts([need.id], actor()))


@blueprint.get("")
@public
@blueprint.arguments(NeedsQuery, location="query")
@blueprint.response(200, PublicNeedListSchema)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """List published needs, newest first unless another order is asked for."""
    page = published_needs(**query, viewer=actor())
    parts = pairing_parts([need.id for need in page.items], actor())
    return {"items": [_answer(need, parts) for need in page.items], "next": page.next}


@blueprint.get("/<uuid:need_id>")
@public
@blueprint.response(200, PublicNeedSchema)
def show(need_id: UUID) -> dict[str, Any]:
    """Show one need: a published one to everybody, any other to its cadre and to officials in scope."""
    try:
        return _one(published_need(need_id, actor()))
    except NotFound:
        return _one(inner_need(actor(), need_id))


@blueprint.post("")
@requires(NeedPermission.NEED_CREATE)
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.arguments(NewNeedSchema)
@blueprint.response(201, PublicNeedSchema)
def create(header: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Write a need down as a draft."""
    subject = _subject(body.pop("subject"))
    need = create_need(subject, actor=actor(), text=NeedText(**body))
    return _one(inner_need(actor(), need.id))


def _subject(given: dict[str, Any]) -> Subject:
    if len(given) != 1:
        raise NotValid({"subject": [_l("Name either a household or a village.")]})
    if "household_id" in given:
        return subject_of(get_household(actor(), given["household_id"]))
    return subject_of(open_village(given["village_code"], actor=actor()))


@blueprint.get("/<uuid:need_id>/transitions")
@signed_in
@blueprint.response(200, TransitionListSchema)
def transitions(need_id: UUID) -> dict[str, Any]:
    """List the steps that the caller may take now, with the reason for what is blocked."""
    return option_rows(need_workflow.options(get_need(actor(), need_id), actor=actor()))


@blueprint.post("/<uuid:need_id>/transitions")
@signed_in
@blueprint.arguments(NeedStepSchema)
@blueprint.response(200, PublicNeedSchema)
def move(body: dict[str, Any], need_id: UUID) -> dict[str, Any]:
    """Take a step of the workflow."""
    need = get_need(actor(), need_id)
    step = _STEPS.get(body["name"])
    if step is None:
        raise WrongState(code="unknown_transition")
    step(need, body)
    return _one(inner_need(actor(), need_id))


def _visit(need: Need, body: dict[str, Any]) -> dict[str, Any]:
    if "visited_on" not in body:
        raise NotValid({"visited_on": [_l("Enter the day of the visit.")]})
    return {
        "visited_on": body["visited_on"],
        "second_visitor": body["second_visitor"] or survey_of(need).second_visitor,
        "evidence": [Evidence(paper_no=piece) for piece in body["evidence"]],
    }


def _submit(need: Need, body: dict[str, Any]) -> None:
    submit_need(need, actor=actor())


def _verify(need: Need, body: dict[str, Any]) -> None:
    verify_need(need, actor=actor(), **_visit(need, body))


def _approve(need: Need, body: dict[str, Any]) -> None:
    """One reason given alone stands for every open judgement."""
    given = body["reasons"] or {result["code"]: body["reason"] for result in need.rule_results}
    approve_need(need, actor=actor(), reasons=given)


def _return(need: Need, body: dict[str, Any]) -> None:
    return_need(need, actor=actor(), reason=body["reason"])


def _reject(need: Need, body: dict[str, Any]) -> None:
    """A reason that is no code is kept as words beside the code for other reasons."""
    if not body["reason"].strip():
        raise NotValid({"reason": [_l("Write the reason.")]})
    known = body["reason"] in set(RejectReason)
    code = RejectReason(body["reason"]) if known else RejectReason.OTHER
    reject_need(need, actor=actor(), reason=code, words="" if known else body["reason"])


def _renew(need: Need, body: dict[str, Any]) -> None:
    renew_need(need, actor=actor(), **_visit(need, body))


def _withdraw(need: Need, body: dict[str, Any]) -> None:
    withdraw_need(need, actor=actor(), reason=body["reason"])


_STEPS: dict[str, Callable[[Need, dict[str, Any]], None]] = {
    "submit": _submit,
    "verify": _verify,
    "approve": _approve,
    "return": _return,
    "reject": _reject,
    "renew": _renew,
    "withdraw": _withdraw,
}
