"""Invitations: sent by the cadre, answered by who was invited, by the desk or by the link of the mail."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Gone, NotFound, NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import public, requires
from donors.queries import find_donor, public_name, search_donors
from needs.choices import NeedStage
from needs.queries import needs_of_subject
from pairing import queries, services
from pairing.choices import InvitationStage
from pairing.forms import InvitationForm
from pairing.models import Invitation, Pairing
from pairing.policy import PairingPermission
from pairing.services.inviting import GONE
from pairing.views.door import blueprint
from pairing.workflow import invitation_workflow
from regions.queries import published_places


@blueprint.get("/desk/pairings/<uuid:pairing_id>/invitations/new")
@requires(PairingPermission.INVITATION_SEND)
def new_invitation(pairing_id: UUID) -> ResponseReturnValue:
    """Search a helper on file, or name an address."""
    found = queries.get_pairing(actor(), pairing_id)
    return _form_page(found, InvitationForm(language="zh"))


def _form_page(found: Pairing, form: InvitationForm, *, words: str = "") -> str:
    text = request.args.get("q", "")
    donors = search_donors(actor(), text) if text else []
    needs = needs_of_subject(queries.subject_of_pairing(found), stages=(NeedStage.PUBLISHED,))
    form.offer([(str(row.id), public_name(row)) for row in donors], [(str(row.id), row.title) for row in needs])
    return render_template(
        "pairing/new_invitation.html", pairing=found, form=form, text=text, searched=bool(text), words=words
    )


@blueprint.post("/desk/pairings/<uuid:pairing_id>/invitations")
@requires(PairingPermission.INVITATION_SEND)
def send_invitation(pairing_id: UUID) -> ResponseReturnValue:
    """Send the invitation."""
    found, form = queries.get_pairing(actor(), pairing_id), InvitationForm.read()
    try:
        services.send_invitation(found, actor=actor(), **_invited(form))
    except NotValid as refusal:
        _put(form, refusal)
        return _form_page(found, form), 422
    except Refused as refusal:
        if refusal.status != 409:
            raise
        return _form_page(found, form, words=str(refusal.detail)), 409
    flash(_("The invitation is on its way. It can be answered for 30 days."))
    return redirect(url_for(".pairing", pairing_id=pairing_id), 303)


def _put(form: InvitationForm, refusal: NotValid) -> None:
    refusal.errors = {{"need_ids": "needs"}.get(name, name): words for name, words in refusal.errors.items()}
    form.refuse(refusal)


def _invited(form: InvitationForm) -> dict[str, Any]:
    donor_id = _uuid(form.donor.data or "")
    ids = [found for text in form.needs.data or [] if (found := _uuid(text)) is not None]
    return {
        "donor": None if donor_id is None else find_donor(donor_id),
        "email": form.email.data or "",
        "need_ids": ids,
        "message": form.message.data or "",
        "language": form.language.data or "zh",
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@blueprint.get("/desk/invitations")
@requires(PairingPermission.INVITATION_READ)
def invitations() -> ResponseReturnValue:
    """List invitations that we got, or sent, newest first."""
    page = queries.invitations(actor(), cursor=request.args.get("cursor"))
    return render_template(
        "pairing/invitations.html",
        page=page,
        needs={row.id: queries.needs_named(row.need_ids) for row in page.items},
        places=published_places([row.region_code for row in page.items]),
        workflow=invitation_workflow,
    )


@blueprint.get("/desk/invitations/<uuid:invitation_id>")
@requires(PairingPermission.INVITATION_READ)
def invitation(invitation_id: UUID) -> ResponseReturnValue:
    """Show one invitation, with its answers for who may give them."""
    found = queries.get_invitation(actor(), invitation_id)
    return render_template(
        "pairing/invitation.html",
        row=found,
        needs=queries.needs_named(found.need_ids),
        place=published_places([found.region_code]).get(found.region_code),
        workflow=invitation_workflow,
    )


@blueprint.post("/desk/invitations/<uuid:invitation_id>/<any(accept,decline,withdraw):step>")
@requires(PairingPermission.INVITATION_READ)
def invitation_step(invitation_id: UUID, step: str) -> ResponseReturnValue:
    """Accept, decline, or take back."""
    _take(queries.get_invitation(actor(), invitation_id), step)
    return redirect(url_for(".invitations"), 303)


def _take(invitation: Invitation, step: str) -> None:
    if step == "accept":
        services.accept_invitation(invitation, actor=actor())
        flash(_("Accepted. Your link is proposed; the village or the township confirms it."))
    elif step == "decline":
        services.decline_invitation(invitation, actor=actor())
        flash(_("Declined. The cadre is told."))
    else:
        services.withdraw_invitation(invitation, actor=actor())
        flash(_("Taken back. The link of the mail does not work any more."))


@blueprint.get("/invitations/<string:token>")
@public
def by_link(token: str) -> ResponseReturnValue:
    """Show an invitation to the holder of the mail's link."""
    invitation = _standing(token)
    return render_template(
        "pairing/by_link.html",
        invitation=invitation,
        needs=queries.needs_named(invitation.need_ids),
        place=published_places([invitation.region_code]).get(invitation.region_code),
        token=token,
        is_taken=invitation.donor_id is not None and invitation.donor_id != actor().donor_id,
    )


def _standing(token: str) -> Invitation:
    invitation = queries.find_invitation_by_token(token)
    if invitation is None:
        raise NotFound
    if invitation.stage is not InvitationStage.SENT or invitation.expires_at <= now():
        raise Gone(GONE, code="invitation_gone")
    return invitation


@blueprint.post("/invitations/<string:token>/<any(accept,decline):step>")
@requires(PairingPermission.INVITATION_ANSWER)
def answer_by_link(token: str, step: str) -> ResponseReturnValue:
    """Answer as the holder of the mail's link, after registering."""
    _take(services.claim_invitation(token, actor=actor()), step)
    return redirect(url_for(".invitations"), 303)
