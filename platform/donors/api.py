"""The JSON door of donors."""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import asdict
from secrets import token_hex
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from accounts.models import Account
from accounts.services import clean_display_name, create_account, make_token
from accounts.services.throttle import attempt_succeeded, begin_attempt
from core.api import IdempotencyHeader, TransitionListSchema, option_rows
from core.errors import NotFound, NotValid
from core.http import actor, client_address
from core.i18n import _l
from core.policy import SYSTEM, can, public, signed_in
from donors import services
from donors.figures import donor_figures
from donors.models import Donor, DonorKind
from donors.policy import DonorPermission
from donors.queries import get_donor, missing_evidence, published_donor
from donors.schemas import (
    DonorSchema,
    DonorStepSchema,
    EvidenceAnswerSchema,
    EvidenceSchema,
    NewDonorSchema,
    PhoneProofSchema,
    PublicDonorSchema,
)
from donors.services import Registration
from donors.workflow import donor_workflow

blueprint = Blueprint(
    "donors_api", __name__, url_prefix="/donors", description="Organisations, firms and persons who help"
)


@blueprint.post("")
@public
@blueprint.arguments(IdempotencyHeader, location="headers")
@blueprint.arguments(NewDonorSchema)
@blueprint.response(201, DonorSchema)
def create_donor(header: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Register a donor and its account: with a user name and password, or else with a token that is shown once."""
    begin_attempt(body.get("uscc") or body.get("id_number") or "", address=client_address(), purpose="register")
    account, answer = _account_for(body)
    donor = services.register_donor(_registration(body), actor=actor(), account=account)
    return _answer(donor) | {"account": answer}


def _registration(body: dict[str, Any]) -> Registration:
    fields = {name: body[name] for name in Registration.__dataclass_fields__ if name in body}
    if body["kind"] is DonorKind.INDIVIDUAL:
        fields.setdefault("contact_name", body["name"])
    fields.setdefault("contact_name", "")
    return Registration(**fields)


def _account_for(body: dict[str, Any]) -> tuple[Account, dict[str, str]]:
    given = body.get("username"), body.get("password")
    if any(given) and not all(given):
        raise NotValid({"password" if given[0] else "username": [_l("Give a user name and a password, or neither.")]})
    username, password = given
    own_name = body["name"] if body["kind"] is DonorKind.INDIVIDUAL else ""
    account = create_account(
        username or f"donor-{token_hex(5)}",
        actor=SYSTEM,  # whoever registers opens his own account
        display_name=clean_display_name(body.get("contact_name") or own_name, field="contact_name"),
        password=password,
        email=body.get("contact_email"),
    )
    if password:
        return account, {"username": account.username}
    return account, {"username": account.username, "token": make_token(account, name="registration")[1]}


def _answer(donor: Donor) -> dict[str, Any]:
    fields = (
        "id",
        "kind",
        "stage",
        "level",
        "named_publicly",
        "region_code",
        "verified_until",
        "appeal_open",
        "warnings",
    )
    return {name: getattr(donor, name) for name in fields} | {"missing": missing_evidence(donor)}


@blueprint.get("/<uuid:donor_id>")
@public
@blueprint.response(200, PublicDonorSchema)
def show_donor(donor_id: UUID) -> dict[str, Any]:
    """Return the public part of a verified organisation that agreed to be named; persons have none."""
    donor = asdict(published_donor(donor_id))
    figures = donor_figures(donor_id)
    return donor | {"figures": None if figures is None else asdict(figures)}


@blueprint.get("/<uuid:donor_id>/transitions")
@signed_in
@blueprint.response(200, TransitionListSchema)
def list_steps(donor_id: UUID) -> dict[str, Any]:
    """Return what the caller may do with the donor now."""
    return option_rows(donor_workflow.options(get_donor(actor(), donor_id), actor=actor()))


@blueprint.post("/<uuid:donor_id>/transitions")
@signed_in
@blueprint.arguments(DonorStepSchema)
@blueprint.response(200, DonorSchema)
def take_step(body: dict[str, Any], donor_id: UUID) -> dict[str, Any]:
    """Move the donor along its workflow."""
    donor = get_donor(actor(), donor_id)
    _STEPS[body["name"]](donor, body)
    return _answer(donor)


def _submit(donor: Donor, body: dict[str, Any]) -> None:
    for paper in body.get("evidence", ()):
        services.add_evidence(donor, _content(paper["content"]), kind=paper["kind"], actor=actor())
    services.submit_donor(donor, actor=actor())


def _verify(donor: Donor, body: dict[str, Any]) -> None:
    if "level" not in body:
        raise NotValid({"level": [_l("The level is 1, 2 or 3.")]})
    seen = body.get("evidence_seen", ())
    services.verify_donor(donor, actor=actor(), level=body["level"], evidence_seen=seen)


_STEPS: dict[str, Any] = {
    "submit": _submit,
    "verify": _verify,
    "reject": lambda donor, body: services.reject_donor(donor, actor=actor(), reason=body["reason"]),
    "expire": lambda donor, body: services.expire_donor(donor, actor=actor(), reason=body["reason"]),
    "blacklist": lambda donor, body: services.blacklist_donor(donor, actor=actor(), reason=body["reason"]),
    "appeal": lambda donor, body: services.appeal(donor, actor=actor(), reason=body["reason"]),
    "accept_appeal": lambda donor, body: services.decide_appeal(
        donor, actor=actor(), accepted=True, reason=body["reason"]
    ),
    "dismiss_appeal": lambda donor, body: services.decide_appeal(
        donor, actor=actor(), accepted=False, reason=body["reason"]
    ),
}


def _content(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError) as error:
        raise NotValid({"content": [_l("This is no base64.")]}) from error


@blueprint.post("/<uuid:donor_id>/evidence")
@signed_in
@blueprint.arguments(EvidenceSchema)
@blueprint.response(201, EvidenceAnswerSchema)
def add_paper(body: dict[str, Any], donor_id: UUID) -> dict[str, Any]:
    """Add a paper to one's own donor."""
    donor = get_donor(actor(), donor_id)
    evidence = services.add_evidence(donor, _content(body["content"]), kind=body["kind"], actor=actor())
    return {"id": evidence.id, "kind": evidence.kind}


@blueprint.post("/<uuid:donor_id>/phone-codes")
@signed_in
@blueprint.response(204)
def ask_for_code(donor_id: UUID) -> None:
    """Send a one-time code to the donor's phone."""
    services.send_phone_code(_own(donor_id), actor=actor())


@blueprint.post("/<uuid:donor_id>/phone-proofs")
@signed_in
@blueprint.arguments(PhoneProofSchema)
@blueprint.response(200, DonorSchema)
def prove_phone(body: dict[str, Any], donor_id: UUID) -> dict[str, Any]:
    """Prove the phone number by the code that was sent to it."""
    donor = _own(donor_id)
    attempt = begin_attempt(str(donor.id), address=client_address(), purpose="phone-code")
    services.prove_phone(donor, body["code"], actor=actor())
    attempt_succeeded(attempt)
    return _answer(donor)


def _own(donor_id: UUID) -> Donor:
    donor = get_donor(actor(), donor_id)
    if not can(actor(), DonorPermission.DONOR_CHANGE, donor):
        raise NotFound
    return donor
