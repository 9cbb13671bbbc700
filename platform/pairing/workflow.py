"""How a helper joins a pairing and leaves it, and how an invitation is answered (workflows.md)."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Transition, Workflow
from pairing import guards
from pairing.choices import InvitationStage, LinkStage
from pairing.policy import PairingPermission

L, P = LinkStage, PairingPermission
S = InvitationStage


def _from(*stages: StrEnum | None) -> frozenset[StrEnum | None]:
    return frozenset(stages)


OPEN = _from(L.PROPOSED, L.HOUSEHOLD_CONSENTED)
CONSENTED = _from(L.HOUSEHOLD_CONSENTED, L.ACTIVE, L.SUSPENDED)
LIVE = _from(L.PROPOSED, L.HOUSEHOLD_CONSENTED, L.ACTIVE, L.SUSPENDED)

link_workflow = Workflow(
    "helper_link",
    (
        Transition(
            "assign",
            _from(None),
            L.ACTIVE,
            P.PAIRING_ASSIGN,
            "link.assigned",
            _l("Assign the first helper"),
            guards.assignment,
        ),
        Transition(
            "succeed",
            _from(L.ACTIVE),
            L.COMPLETED,
            P.PAIRING_ASSIGN,
            "link.succeeded",
            _l("Hand over to a successor"),
            guards.succession,
            reason=True,
        ),
        Transition(
            "propose",
            _from(None),
            L.PROPOSED,
            P.LINK_PROPOSE,
            "link.proposed",
            _l("Propose to join"),
            guards.proposal,
        ),
        Transition(
            "propose_covered",
            _from(None),
            L.HOUSEHOLD_CONSENTED,
            P.LINK_PROPOSE,
            "link.proposed",
            _l("Propose to join"),
            guards.proposal,
        ),
        Transition("comment", OPEN, None, P.LINK_COMMENT, "link.commented", _l("Comment"), guards.comment),
        Transition(
            "record_consent",
            _from(L.PROPOSED),
            L.HOUSEHOLD_CONSENTED,
            P.LINK_RECORD_CONSENT,
            "link.consented",
            _l("Record the household's consent"),
            guards.consent,
        ),
        Transition(
            "confirm",
            _from(L.HOUSEHOLD_CONSENTED),
            L.ACTIVE,
            P.LINK_CONFIRM,
            "link.confirmed",
            _l("Confirm the link"),
            guards.confirmation,
        ),
        Transition(
            "confirm_once",
            _from(L.HOUSEHOLD_CONSENTED),
            L.ACTIVE,
            P.LINK_CONFIRM_ONCE,
            "link.confirmed",
            _l("Confirm this one time"),
            guards.once,
        ),
        Transition("reject", OPEN, L.REJECTED, P.LINK_REJECT, "link.rejected", _l("Reject"), reason=True),
        Transition(
            "suspend",
            _from(L.ACTIVE),
            L.SUSPENDED,
            P.LINK_SUSPEND,
            "link.suspended",
            _l("Suspend"),
            guards.suspension,
            reason=True,
        ),
        Transition(
            "resume",
            _from(L.SUSPENDED),
            L.ACTIVE,
            P.LINK_RESUME,
            "link.resumed",
            _l("Resume"),
            guards.resumption,
            reason=True,
        ),
        Transition(
            "withdraw_consent",
            CONSENTED,
            L.TERMINATED,
            P.LINK_WITHDRAW_CONSENT,
            "link.consent_withdrawn",
            _l("The household takes its consent back"),
            guards.ending,
        ),
        Transition(
            "complete",
            _from(L.ACTIVE),
            L.COMPLETED,
            P.LINK_COMPLETE,
            "link.completed",
            _l("Complete"),
            guards.completion,
        ),
        Transition(
            "terminate",
            LIVE,
            L.TERMINATED,
            P.LINK_TERMINATE,
            "link.terminated",
            _l("End the link"),
            guards.ending,
            reason=True,
        ),
    ),
)

invitation_workflow = Workflow(
    "invitation",
    (
        Transition("send", _from(None), S.SENT, P.INVITATION_SEND, "invitation.sent", _l("Send the invitation")),
        Transition(
            "accept",
            _from(S.SENT),
            S.ACCEPTED,
            P.INVITATION_ANSWER,
            "invitation.accepted",
            _l("Accept"),
            guards.acceptance,
        ),
        Transition(
            "decline",
            _from(S.SENT),
            S.DECLINED,
            P.INVITATION_ANSWER,
            "invitation.declined",
            _l("Decline"),
            guards.acceptance,
        ),
        Transition(
            "withdraw",
            _from(S.SENT),
            S.WITHDRAWN,
            P.INVITATION_WITHDRAW,
            "invitation.withdrawn",
            _l("Take the invitation back"),
        ),
        Transition(
            "expire", _from(S.SENT), S.EXPIRED, None, "invitation.expired", _l("The invitation ran out"), system=True
        ),
    ),
)
