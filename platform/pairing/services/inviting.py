"""The cadre invites: a donor on file, or an address that gets a one-time link by mail."""

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from accounts.models import Account
from accounts.queries import accounts_of_donor
from core.clock import now
from core.crypto import blind_index
from core.db import db
from core.errors import Gone, NotFound, NotValid, Refused
from core.i18n import LANGUAGES, _, _l, use_locale
from core.jobs import enqueue, job
from core.mail import send_mail
from core.policy import SYSTEM, Actor, require
from core.records import note
from core.settings import current
from core.tokens import derived_token, token_hash
from donors.models import Donor, DonorStage
from needs.choices import NeedStage
from needs.models import Need
from needs.queries.surveys import latest_survey
from pairing.choices import InvitationStage, LinkOrigin, LinkTerm
from pairing.models import HelperLink, Invitation, Pairing
from pairing.policy import PairingPermission
from pairing.queries import find_invitation_by_token, find_live_link, find_pairing_by_id, subject_of_pairing
from pairing.queries.pairings import INVITATION
from pairing.services.joining import SURVEY_DAYS, propose_link
from pairing.workflow import invitation_workflow

VALID_FOR = timedelta(days=30)
LONGEST_MESSAGE = 500
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
GONE = _l("This invitation was used, taken back, or has run out.")


def send_invitation(
    pairing: Pairing,
    *,
    actor: Actor,
    need_ids: Sequence[UUID],
    donor: Donor | None = None,
    email: str = "",
    message: str = "",
    language: str = "zh",
) -> Invitation:
    """Invite a donor or an address to help with needs of the pairing; the mail leaves as a job.

    `language` is the one of the mail to an address; a donor on file is written to in its own.
    """
    require(actor, PairingPermission.INVITATION_SEND, pairing)
    address = _address(donor, email)
    _check_needs(pairing, need_ids)
    _check_message(message)
    moment = now()
    if latest_survey(subject_of_pairing(pairing), on=moment.date(), days=SURVEY_DAYS) is None:
        raise Refused(_l("A needs survey must come before further helpers."), code="survey_needed")
    invitation_id = uuid4()
    invitation = Invitation(
        id=invitation_id,
        pairing_id=pairing.id,
        subject=pairing.subject,
        region_code=pairing.region_code,
        county_code=pairing.county_code,
        donor_id=donor.id if donor else None,
        email=address or None,
        email_index=blind_index("invitation.email", address.lower()) if address and donor is None else None,
        need_ids=sorted(set(need_ids), key=str),
        message=message.strip(),
        language=_language_of(donor) if donor else _known_language(language),
        token_hash=token_hash(INVITATION, derived_token(INVITATION, invitation_id)),
        sent_by=actor.account_id,
        sent_at=moment,
        expires_at=moment + VALID_FOR,
    )
    _refuse_double(invitation)
    invitation_workflow.fire(invitation, "send", actor=actor)
    db.session.add(invitation)
    db.session.flush()  # the mail names the invitation
    if address and "moved_clock" not in db.session.info:
        enqueue(mail_invitation, invitation_id=str(invitation.id))
    return invitation


def _address(donor: Donor | None, email: str) -> str:
    if donor is not None:
        if donor.stage in (DonorStage.BLACKLISTED, DonorStage.REJECTED):
            raise Refused(_l("This helper cannot be invited."), code="donor_barred")
        return donor.contact_email or ""
    if not _EMAIL.fullmatch(email.strip()):
        raise NotValid({"email": [_l("Choose a helper on file, or enter an e-mail address.")]})
    return email.strip()


def _language_of(donor: Donor) -> str:
    """Return the language of the first account that acts for the donor."""
    heads = accounts_of_donor(donor.id)
    account = db.session.get(Account, heads[0]) if heads else None
    return "zh" if account is None else account.language


def _known_language(language: str) -> str:
    if language not in LANGUAGES:
        raise NotValid({"language": [_l("Choose the language of the e-mail.")]})
    return language


def _check_needs(pairing: Pairing, need_ids: Sequence[UUID]) -> None:
    same = Need.household_id == pairing.household_id if pairing.household_id else Need.village_id == pairing.village_id
    query = select(func.count()).where(Need.id.in_(need_ids), same, Need.stage == NeedStage.PUBLISHED)
    if not need_ids or db.session.scalar(query) != len(set(need_ids)):
        raise NotValid({"need_ids": [_l("Choose published needs of this pairing.")]})


def _check_message(message: str) -> None:
    if len(message.strip()) > LONGEST_MESSAGE:
        raise NotValid({"message": [_l("Write at most 500 characters.")]})


def _refuse_double(invitation: Invitation) -> None:
    if invitation.donor_id is not None and find_live_link(invitation.pairing_id, invitation.donor_id) is not None:
        raise Refused(_l("This helper already belongs to the pairing."), code="already_linked")
    who = (
        Invitation.donor_id == invitation.donor_id
        if invitation.donor_id
        else Invitation.email_index == invitation.email_index
    )
    waiting = select(Invitation.id).where(
        Invitation.pairing_id == invitation.pairing_id, who, Invitation.stage == InvitationStage.SENT
    )
    if db.session.scalar(waiting) is not None:
        raise Refused(_l("An invitation is waiting for an answer already."), code="already_invited")


@job("pairing.mail_invitation")
def mail_invitation(*, invitation_id: str) -> None:
    """Write to the invited; who was invited meanwhile in vain gets nothing."""
    invitation = db.session.get(Invitation, UUID(invitation_id))
    if invitation is None or invitation.stage is not InvitationStage.SENT or not invitation.email:
        return
    token = derived_token(INVITATION, invitation.id)
    link = f"{current().base_url}/invitations/{token}?lang={invitation.language}"
    with use_locale(invitation.language):
        subject = _("You are invited to help")
        lines = [
            _("A paired officer invites you to join as a further helper."),
            invitation.message,
            _("Please look at it here; the link works for 30 days:"),
            link,
            _("We never take money. If anyone asks you to pay in our name, tell us."),
        ]
    send_mail(invitation.email, subject, "\n\n".join(line for line in lines if line) + "\n")


def claim_invitation(token: str, *, actor: Actor) -> Invitation:
    """Let the holder of the mail's link, once registered, become the invited; return the invitation."""
    invitation = find_invitation_by_token(token)
    if invitation is None:
        raise NotFound
    if invitation.stage is not InvitationStage.SENT or invitation.expires_at <= now():
        raise Gone(GONE, code="invitation_gone")
    if actor.donor_id is not None and invitation.donor_id is None and actor.account_id != invitation.sent_by:
        invitation.donor_id = actor.donor_id
        note(invitation, "invitation.claimed")
        db.session.flush()  # the answer asks whose invitation it is
    return invitation


def keep_for_registered(token: str, donor: Donor, *, account_id: UUID | None) -> None:
    """Let who registered from the mail's link be the invited; a link that is used or void changes nothing."""
    invitation = find_invitation_by_token(token)
    if invitation is None or invitation.stage is not InvitationStage.SENT or invitation.expires_at <= now():
        return
    if invitation.donor_id is None and account_id != invitation.sent_by:
        invitation.donor_id = donor.id
        note(invitation, "invitation.claimed")


def accept_invitation(invitation: Invitation, *, actor: Actor) -> HelperLink:
    """Accept: the link is proposed and holds nothing; confirming it demands the level."""
    if invitation.expires_at <= now():
        raise Gone(GONE, code="invitation_gone")
    invitation_workflow.check(invitation, "accept", actor=actor, facts={})
    pairing, donor = find_pairing_by_id(invitation.pairing_id), db.session.get(Donor, invitation.donor_id)
    if pairing is None or donor is None:
        raise NotFound
    link = propose_link(pairing, donor, actor=actor, term=LinkTerm.STANDING, origin=LinkOrigin.INVITED)
    moment = now()
    invitation_workflow.fire(invitation, "accept", actor=actor)
    invitation.answered_at, invitation.link_id = moment, link.id
    return link


def decline_invitation(invitation: Invitation, *, actor: Actor) -> None:
    """Say no; the link of the mail is void."""
    moment = now()
    invitation_workflow.fire(invitation, "decline", actor=actor)
    invitation.answered_at = moment


def withdraw_invitation(invitation: Invitation, *, actor: Actor) -> None:
    """Take the invitation back; the link of the mail is void."""
    invitation_workflow.fire(invitation, "withdraw", actor=actor)


def expire_invitations(*, limit: int = 500) -> int:
    """End invitations that nobody answered in 30 days; return how many."""
    query = select(Invitation).where(Invitation.stage == InvitationStage.SENT, Invitation.expires_at <= now())
    due = db.session.scalars(query.order_by(Invitation.expires_at).limit(limit).with_for_update(skip_locked=True)).all()
    for invitation in due:
        invitation_workflow.fire(invitation, "expire", actor=SYSTEM)
    return len(due)
