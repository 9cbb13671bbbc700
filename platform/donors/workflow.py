"""A donor's way: registered, submitted, verified, and what can go wrong (workflows.md, Donor)."""

from enum import StrEnum

from core.clock import today
from core.errors import NotPermitted, NotValid, Refused
from core.i18n import _l
from core.policy import Actor, ActorKind
from core.workflow import Facts, Transition, Workflow
from donors.models import Donor, DonorStage
from donors.policy import CLOSED_KINDS, HIGHEST_LEVEL, LOWEST_LEVEL, DonorPermission

S = DonorStage
ANY_STAGE = (S.REGISTERED, S.SUBMITTED, S.VERIFIED, S.REJECTED, S.EXPIRED)


def _from(*stages: StrEnum | None) -> frozenset[StrEnum | None]:
    return frozenset(stages)


def _kind_is_open(donor: Donor, actor: Actor, facts: Facts) -> None:
    if donor.kind in CLOSED_KINDS:
        raise NotValid({"kind": [_l("Organisations from overseas are registered by the county, not here.")]})


def _papers_are_there(donor: Donor, actor: Actor, facts: Facts) -> None:
    if facts.get("preview"):
        return
    if facts["missing"]:
        raise Refused(
            _l("Papers are missing, or the phone number is not proven yet."),
            code="evidence_missing",
            missing=list(facts["missing"]),
        )


def not_party(donor: Donor, actor: Actor) -> None:
    """Refuse whoever acts for the donor itself or registered it."""
    if actor.kind is ActorKind.SYSTEM:
        return
    if actor.donor_id == donor.id or (actor.account_id is not None and actor.account_id == donor.registered_by):
        raise Refused(
            _l("Somebody who does not belong to this donor must decide."),
            code="own_donor",
        )


def _verifiable(donor: Donor, actor: Actor, facts: Facts) -> None:
    not_party(donor, actor)
    if donor.appeal_open:
        raise Refused(_l("An appeal is open. Decide it first."), code="appeal_open")
    if facts.get("preview"):
        return
    level = facts["level"]
    if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
        raise NotValid({"level": [_l("The level is 1, 2 or 3.")]})
    if not facts["evidence_seen"] and donor.is_organisation:
        raise NotValid({"evidence_seen": [_l("Say which papers you have seen.")]})
    if not donor.is_organisation and donor.phone_verified_at is None:
        raise Refused(_l("The phone number is not proven yet."), code="phone_not_proven")


def _rejectable(donor: Donor, actor: Actor, facts: Facts) -> None:
    not_party(donor, actor)


def _expirable(donor: Donor, actor: Actor, facts: Facts) -> None:
    not_party(donor, actor)
    if actor.kind is ActorKind.SYSTEM and (donor.verified_until is None or donor.verified_until >= today()):
        raise Refused(_l("The verification has not run out yet."), code="not_due")


def _unproposed(donor: Donor, actor: Actor, facts: Facts) -> None:
    not_party(donor, actor)
    if donor.blacklist_first_by is not None:
        raise NotPermitted(permission=str(DonorPermission.DONOR_BLACKLIST), roles=())


def _second_person(donor: Donor, actor: Actor, facts: Facts) -> None:
    not_party(donor, actor)
    if donor.blacklist_first_by is None:
        raise NotPermitted(permission=str(DonorPermission.DONOR_BLACKLIST), roles=())
    if donor.blacklist_first_by == actor.account_id:
        raise Refused(_l("You proposed this, so somebody else must decide."), code="second_person")


def _may_appeal(donor: Donor, actor: Actor, facts: Facts) -> None:
    if donor.appeal_open or donor.appeals_used:
        raise Refused(_l("A donor may appeal once."), code="appeal_used")


def _appeal_is_open(donor: Donor, actor: Actor, facts: Facts) -> None:
    not_party(donor, actor)
    if not donor.appeal_open:
        raise NotPermitted(permission=str(DonorPermission.DONOR_DECIDE_APPEAL), roles=())
    if actor.account_id is not None and actor.account_id in (
        donor.decided_by,
        donor.blacklist_first_by,
    ):
        raise Refused(
            _l("You took part in the decision, so another officer must hear the appeal."),
            code="own_decision",
        )


P = DonorPermission

donor_workflow = Workflow(
    "donor",
    (
        Transition(
            "register",
            _from(None),
            S.REGISTERED,
            P.DONOR_REGISTER,
            "donor.registered",
            _l("Register"),
            _kind_is_open,
        ),
        Transition(
            "submit",
            _from(S.REGISTERED, S.REJECTED),
            S.SUBMITTED,
            P.DONOR_SUBMIT,
            "donor.submitted",
            _l("Hand in for checking"),
            _papers_are_there,
        ),
        Transition(
            "verify",
            _from(S.SUBMITTED, S.VERIFIED, S.EXPIRED),
            S.VERIFIED,
            P.DONOR_VERIFY,
            "donor.verified",
            _l("Verify"),
            _verifiable,
        ),
        Transition(
            "reject",
            _from(S.SUBMITTED),
            S.REJECTED,
            P.DONOR_REJECT,
            "donor.rejected",
            _l("Do not accept"),
            _rejectable,
            reason=True,
        ),
        Transition(
            "expire",
            _from(S.VERIFIED),
            S.EXPIRED,
            P.DONOR_EXPIRE,
            "donor.expired",
            _l("End the verification"),
            _expirable,
            reason=True,
        ),
        Transition(
            "propose_blacklist",
            _from(*ANY_STAGE),
            None,
            P.DONOR_BLACKLIST,
            "donor.blacklist_proposed",
            _l("Propose to bar the donor"),
            _unproposed,
            reason=True,
        ),
        Transition(
            "blacklist",
            _from(*ANY_STAGE),
            S.BLACKLISTED,
            P.DONOR_BLACKLIST,
            "donor.blacklisted",
            _l("Bar the donor as the second person"),
            _second_person,
            reason=True,
        ),
        Transition(
            "appeal",
            _from(S.REJECTED, S.BLACKLISTED),
            None,
            P.DONOR_APPEAL,
            "donor.appealed",
            _l("Appeal"),
            _may_appeal,
            reason=True,
        ),
        Transition(
            "accept_appeal",
            _from(S.REJECTED, S.BLACKLISTED),
            S.SUBMITTED,
            P.DONOR_DECIDE_APPEAL,
            "donor.appeal_decided",
            _l("Accept the appeal: check again"),
            _appeal_is_open,
            reason=True,
        ),
        Transition(
            "dismiss_appeal",
            _from(S.REJECTED, S.BLACKLISTED),
            None,
            P.DONOR_DECIDE_APPEAL,
            "donor.appeal_decided",
            _l("Dismiss the appeal"),
            _appeal_is_open,
            reason=True,
        ),
    ),
)
