"""What is done with pairings, links and invitations."""

from pairing.services.first import add_official, assign_primary, succeed_primary
from pairing.services.inviting import (
    accept_invitation,
    claim_invitation,
    decline_invitation,
    expire_invitations,
    keep_for_registered,
    send_invitation,
    withdraw_invitation,
)
from pairing.services.joining import comment_link, confirm_link, confirm_once, propose_link, record_link_consent
from pairing.services.leaving import (
    complete_link,
    reject_link,
    resume_link,
    suspend_link,
    suspend_overdue,
    terminate_link,
    touch_link,
    withdraw_link_consent,
)

__all__ = [
    "accept_invitation",
    "add_official",
    "assign_primary",
    "claim_invitation",
    "comment_link",
    "complete_link",
    "confirm_link",
    "confirm_once",
    "decline_invitation",
    "expire_invitations",
    "keep_for_registered",
    "propose_link",
    "record_link_consent",
    "reject_link",
    "resume_link",
    "send_invitation",
    "succeed_primary",
    "suspend_link",
    "suspend_overdue",
    "terminate_link",
    "touch_link",
    "withdraw_invitation",
    "withdraw_link_consent",
]
