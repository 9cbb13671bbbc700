"""What an erased household leaves behind here: links that ended, without a word about it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.policy import SYSTEM
from core.records import note
from pairing.choices import LIVE_LINK, InvitationStage
from pairing.models import HelperLink, Invitation, Pairing
from pairing.services.inviting import withdraw_invitation
from pairing.services.leaving import terminate_link
from registry.services.erasing import KIND

NOBODY = "-"


def end_household(household_id: UUID, *, reason: str = "household_erased") -> None:
    """End further helpers and take invitations back; the first helper stays on file, since there must be one."""
    for link in _links(household_id):
        if link.rank > 1 and link.stage in LIVE_LINK:
            terminate_link(link, actor=SYSTEM, reason=reason)
    for invitation in _invitations(household_id):
        if invitation.stage is InvitationStage.SENT:
            withdraw_invitation(invitation, actor=SYSTEM)


def wipe_household(household_id: UUID) -> None:
    """Empty what helpers, cadres and witnesses wrote about the household."""
    for link in _links(household_id):
        link.comment = link.last_reason = ""
        link.consent_witness = NOBODY if link.consent_witness else ""
        note(link, KIND)
    for invitation in _invitations(household_id):
        invitation.message = ""
        note(invitation, KIND)


def _links(household_id: UUID) -> Sequence[HelperLink]:
    query = select(HelperLink).join(Pairing, Pairing.id == HelperLink.pairing_id)
    return db.session.scalars(query.where(Pairing.household_id == household_id).order_by(HelperLink.id)).all()


def _invitations(household_id: UUID) -> Sequence[Invitation]:
    query = select(Invitation).join(Pairing, Pairing.id == Invitation.pairing_id)
    return db.session.scalars(query.where(Pairing.household_id == household_id).order_by(Invitation.id)).all()
