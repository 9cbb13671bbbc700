"""What may be done to pairings, links and invitations. Roles are named in `accounts`."""

from enum import StrEnum


class PairingPermission(StrEnum):
    """`link:confirm_once` is the cadre's, for a one-time link under the survey's consent."""

    INVITATION_ANSWER = "invitation:answer"
    INVITATION_READ = "invitation:read"
    INVITATION_SEND = "invitation:send"
    INVITATION_WITHDRAW = "invitation:withdraw"
    LINK_COMMENT = "link:comment"
    LINK_COMPLETE = "link:complete"
    LINK_CONFIRM = "link:confirm"
    LINK_CONFIRM_ONCE = "link:confirm_once"
    LINK_PROPOSE = "link:propose"
    LINK_RECORD_CONSENT = "link:record_consent"
    LINK_REJECT = "link:reject"
    LINK_RESUME = "link:resume"
    LINK_SUSPEND = "link:suspend"
    LINK_TERMINATE = "link:terminate"
    LINK_WITHDRAW_CONSENT = "link:withdraw_consent"
    PAIRING_ASSIGN = "pairing:assign"
    PAIRING_READ = "pairing:read"
    PAIRING_READ_UNPAIRED = "pairing:read_unpaired"
