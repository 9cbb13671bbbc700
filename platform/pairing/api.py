"""The JSON door of pairings, links and invitations."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api import IdempotencyHeader, TransitionListSchema, option_rows
from core.errors import NotPermitted, NotValid
from core.http import actor
from core.i18n import _l
from core.paging import Page
from core.policy import requires, signed_in
from donors.queries import find_donor, get_donor
from pairing import queries, services
from pairing.models import HelperLink, Invitation, Pairing
from pairing.policy import PairingPermission
from pairing.queries.showing import card_pin_in_demo, link_row
from pairing.queries.unpaired import Unpaired, unpaired_households
from pairing.schemas import (
    FurtherOfficialSchema,
    InvitationListSchema,
    InvitationQuery,
    InvitationSchema,
    InvitationStepSchema,
    LinkSchema,
    LinkStepSchema,
    NewInvitationSchema,
    NewLinkSchema,
    NewPairingSchema,
    PairingListSchema,
    PairingQuery,
    PairingSchema,
    UnpairedListSchema,
)
from pairing.workflow import invitation_workflow, link_workflow
from registry.queries import Subject, get_household, get_village, subject_of

blueprint = Blueprint("pairings_api", __name__, description="Who stands beside a household or village")


@blueprint.get("/pairings")
@requires(PairingPermission.PAIRING_READ)
@blueprint.arguments(PairingQuery, location="query")
@blueprint.response(200, PairingListSchema)
def list_pairings(query: dict[str, Any]) -> dict[str, Any]:
    """Return pairings in scope, or those one belongs to."""
    page = queries.pairings_in_scope(actor(), **query)
    return {"items": [_pairing(row) for row in page.items], "next": page.next}


@blueprint.get("/pairings/<uuid:pairing_id>")
@requires(PairingPermission.PAIRING_READ)
@blueprint.response(200, PairingSchema)
def show_pairing(pairing_id: UUID) -> dict[str, Any]:
    """Return a pairing with its links by rank."""
    return _pairing(queries.get_pairing(actor(), pairing_id))


def _pairing(pairing: Pairing) -> dict[str, Any]:
    subject = {
        "household_id": pairing.household_id,
        "household_no": queries.household_number(pairing),
        "village_code": pairing.region_code,
    }
    pin = card_pin_in_demo(pairing)
    if pin:
        subject["card_pin"] = pin
    return {"id": pairing.id, "subject": subject, "links": [link_row(link) for link in queries.links_of(pairing.id)]}


@blueprint.get("/pairings/unpaired")
@requires(PairingPermission.PAIRING_READ_UNPAIRED)
@blueprint.arguments(PairingQuery, location="query")
@blueprint.response(200, UnpairedListSchema)
def list_unpaired(query: dict[str, Any]) -> Page[Unpaired]:
    """Return the households of one's places that have no first helper, by place and number."""
    return unpaired_households(actor(), **query)


@blueprint.post("/pairings")
@requires(PairingPermission.PAIRING_ASSIGN)
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.arguments(NewPairingSchema)
@blueprint.response(201, PairingSchema)
def create_pairing(header: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Assign the first helper of a household or village."""
    return _pairing(services.assign_primary(_subject(body.pop("subject")), actor=actor(), **body))


def _subject(given: dict[str, Any]) -> Subject:
    if len(given) != 1:
        raise NotValid({"subject": [_l("Name either a household or a village.")]})
    if "household_id" in given:
        return subject_of(get_household(actor(), given["household_id"]))
    return subject_of(get_village(actor(), given["village_code"]))


@blueprint.post("/pairings/<uuid:pairing_id>/officials")
@requires(PairingPermission.PAIRING_ASSIGN)
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.arguments(FurtherOfficialSchema)
@blueprint.response(201, LinkSchema)
def create_official(header: dict[str, Any], body: dict[str, Any], pairing_id: UUID) -> dict[str, Any]:
    """Let a further unit or cadre join behind the first helper."""
    return link_row(services.add_official(queries.get_pairing(actor(), pairing_id), actor=actor(), **body))


@blueprint.post("/pairings/<uuid:pairing_id>/links")
@requires(PairingPermission.LINK_PROPOSE)
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.arguments(NewLinkSchema)
@blueprint.response(201, LinkSchema)
def create_link(header: dict[str, Any], body: dict[str, Any], pairing_id: UUID) -> dict[str, Any]:
    """Propose to join a pairing as its next helper."""
    pairing = queries.pairing_to_join(actor(), pairing_id)
    donor_id = actor().donor_id
    if donor_id is None:
        raise NotPermitted(permission=str(PairingPermission.LINK_PROPOSE), roles=("donor_admin", "donor_member"))
    link = services.propose_link(pairing, get_donor(actor(), donor_id), actor=actor(), **body)
    return link_row(link)


@blueprint.get("/links/<uuid:link_id>/transitions")
@signed_in
@blueprint.response(200, TransitionListSchema)
def list_link_steps(link_id: UUID) -> dict[str, Any]:
    """Return what the caller may do with the link now."""
    return option_rows(link_workflow.options(queries.get_link(actor(), link_id), actor=actor()))


@blueprint.post("/links/<uuid:link_id>/transitions")
@signed_in
@blueprint.arguments(LinkStepSchema)
@blueprint.response(200, LinkSchema)
def take_link_step(body: dict[str, Any], link_id: UUID) -> dict[str, Any]:
    """Move the link along its workflow."""
    link = queries.get_link(actor(), link_id)
    _LINK_STEPS[body["name"]](link, body)
    return link_row(link)


def _consent(link: HelperLink, body: dict[str, Any]) -> None:
    missing = [name for name in ("method", "until") if name not in body]
    if missing:
        raise NotValid({name: [_l("This is missing.")] for name in missing})
    services.record_link_consent(
        link,
        actor=actor(),
        method=body["method"],
        scope=body["scope"],
        until=body["until"],
        witness=body["witness"],
    )


def _succeed(link: HelperLink, body: dict[str, Any]) -> None:
    """The link is the first helper's; the successor's own link stands on the pairing."""
    if link.rank != 1 or "account_id" not in body:
        raise NotValid({"account_id": [_l("Choose the account of the cadre or unit.")]})
    wanted = {name: body[name] for name in ("account_id", "kind", "unit_name", "unit_level", "starts_on", "reason")}
    services.succeed_primary(queries.get_pairing(actor(), link.pairing_id), actor=actor(), **wanted)


def _with_reason(step: Callable[..., None]) -> Callable[[HelperLink, dict[str, Any]], None]:
    return lambda link, body: step(link, actor=actor(), reason=body["reason"])


_LINK_STEPS: dict[str, Callable[[HelperLink, dict[str, Any]], None]] = {
    "comment": lambda link, body: services.comment_link(
        link, actor=actor(), comment=body["comment"], objection=body["objection"]
    ),
    "record_consent": _consent,
    "confirm": _with_reason(services.confirm_link),
    "confirm_once": lambda link, body: services.confirm_once(link, actor=actor()),
    "reject": _with_reason(services.reject_link),
    "suspend": _with_reason(services.suspend_link),
    "resume": _with_reason(services.resume_link),
    "withdraw_consent": lambda link, body: services.withdraw_link_consent(link, actor=actor()),
    "complete": lambda link, body: services.complete_link(link, actor=actor()),
    "terminate": _with_reason(services.terminate_link),
    "succeed": _succeed,
}


@blueprint.post("/pairings/<uuid:pairing_id>/invitations")
@requires(PairingPermission.INVITATION_SEND)
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.arguments(NewInvitationSchema)
@blueprint.response(201, InvitationSchema)
def create_invitation(header: dict[str, Any], body: dict[str, Any], pairing_id: UUID) -> Invitation:
    """Invite a donor on file, or an e-mail address."""
    pairing = queries.get_pairing(actor(), pairing_id)
    donor = find_donor(body["donor_id"]) if "donor_id" in body else None
    if "donor_id" in body and donor is None:
        raise NotValid({"donor_id": [_l("There is no such helper.")]})
    return services.send_invitation(
        pairing,
        actor=actor(),
        donor=donor,
        email=body.get("email", ""),
        need_ids=body["need_ids"],
        message=body["message"],
        language=body["language"],
    )


@blueprint.get("/invitations")
@requires(PairingPermission.INVITATION_READ)
@blueprint.arguments(InvitationQuery, location="query")
@blueprint.response(200, InvitationListSchema)
def list_invitations(query: dict[str, Any]) -> Page[Invitation]:
    """Return invitations one sent, got, or watches over, newest first."""
    return queries.invitations(actor(), stage=query["state"], cursor=query["cursor"], limit=query["limit"])


@blueprint.get("/invitations/<uuid:invitation_id>/transitions")
@signed_in
@blueprint.response(200, TransitionListSchema)
def list_invitation_steps(invitation_id: UUID) -> dict[str, Any]:
    """Return what the caller may do with the invitation now."""
    invitation = queries.get_invitation(actor(), invitation_id)
    return option_rows(invitation_workflow.options(invitation, actor=actor()))


@blueprint.post("/invitations/<uuid:invitation_id>/transitions")
@signed_in
@blueprint.arguments(InvitationStepSchema)
@blueprint.response(200, InvitationSchema)
def take_invitation_step(body: dict[str, Any], invitation_id: UUID) -> Invitation:
    """Accept, decline or take back an invitation."""
    invitation = queries.get_invitation(actor(), invitation_id)
    _INVITATION_STEPS[body["name"]](invitation, actor=actor())
    return invitation


_INVITATION_STEPS: dict[str, Callable[..., object]] = {
    "accept": services.accept_invitation,
    "decline": services.decline_invitation,
    "withdraw": services.withdraw_invitation,
}
