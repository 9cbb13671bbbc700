"""How a need goes from a draft to the public and out of it (workflows.md, table Need)."""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from core.clock import now, today
from core.db import db
from core.errors import NotPermitted, Refused
from core.i18n import _l
from core.policy import Actor, ActorKind
from core.workflow import Facts, Transition, Workflow
from needs.choices import ApprovalLevel, NeedStage
from needs.models import Need, NeedBalance
from needs.policy import NeedPermission

RENEW_WITHIN = timedelta(days=14)
VILLAGE_LEVEL = ("village_officer", "stationed_team")
APPROVER = {ApprovalLevel.TOWNSHIP: "township_officer", ApprovalLevel.COUNTY: "county_officer"}
OFFICERS = (*VILLAGE_LEVEL, *APPROVER.values())
OFF_LIST = frozenset({NeedStage.REJECTED, NeedStage.WITHDRAWN})


def _from(*stages: StrEnum | None) -> frozenset[StrEnum | None]:
    return frozenset(stages)


def holds_role(need: Need, actor: Actor, *roles: str) -> bool:
    """Return whether the actor holds one of the roles for the need's place."""
    return any(grant.role in roles and grant.covers(need.region_code) for grant in actor.grants)


def _is_author(need: Need, actor: Actor) -> bool:
    return actor.kind is ActorKind.SYSTEM or need.author_id == actor.account_id


def _author(need: Need, actor: Actor, facts: Facts) -> None:
    if not _is_author(need, actor):
        raise NotPermitted(permission=str(NeedPermission.NEED_SUBMIT), roles=())


def _not_author(need: Need, actor: Actor, facts: Facts) -> None:
    if need.author_id == actor.account_id:
        raise Refused(_l("You entered this need, so somebody else must verify it."), code="four_eyes")


def _verified_by_other(need: Need, actor: Actor, facts: Facts) -> None:
    """Verifying: another person, who was there with somebody, and something to show for it."""
    _not_author(need, actor, facts)
    if facts.get("preview"):
        return
    _visit(facts)
    if not facts.get("evidence"):
        raise Refused(_l("Add a picture or a paper of the visit."), code="evidence_missing")


def _visit(facts: Facts) -> None:
    visited_on: date | None = facts.get("visited_on")
    if visited_on is None or visited_on > today():
        raise Refused(_l("The day of the visit must be today or earlier."), code="visited_on")
    if not str(facts.get("second_visitor") or "").strip():
        raise Refused(_l("Name the second person who was there."), code="second_visitor")


def _third_person(need: Need, actor: Actor, facts: Facts) -> None:
    """Deciding: neither author nor verifier, at the level that the rules ask for."""
    if actor.account_id is not None and actor.account_id in (need.author_id, need.verified_by):
        raise Refused(_l("You entered or verified this need, so a third person must decide."), code="four_eyes")
    if actor.kind is ActorKind.SYSTEM:
        return
    level = ApprovalLevel(facts.get("needs_level") or need.needs_level)
    if not holds_role(need, actor, APPROVER[level]):
        raise Refused(_LEVEL_WORDS[level], code="needs_level", needs_level=level.value)


_LEVEL_WORDS = {
    ApprovalLevel.TOWNSHIP: _l("The township decides about this need."),
    ApprovalLevel.COUNTY: _l("A rule sends this need up; the county decides about it."),
}


def _may_return(need: Need, actor: Actor, facts: Facts) -> None:
    if need.stage is NeedStage.SUBMITTED:
        _not_author(need, actor, facts)
        if not holds_role(need, actor, *VILLAGE_LEVEL):
            raise NotPermitted(permission=str(NeedPermission.NEED_RETURN), roles=VILLAGE_LEVEL)
    else:
        _third_person(need, actor, facts)


def _renewal(need: Need, actor: Actor, facts: Facts) -> None:
    _not_author(need, actor, facts)
    if need.stage is NeedStage.PUBLISHED and _time_left(need) > RENEW_WITHIN:
        raise Refused(_l("A need can be renewed in its last 14 days."), code="too_early")
    if facts.get("preview"):
        return
    _visit(facts)
    if not facts.get("consent"):
        raise Refused(_l("The household's consent to publish does not run any more."), code="consent_missing")


def _time_left(need: Need) -> timedelta:
    moment = now()
    return (need.expires_at or moment) - moment


def _expiry(need: Need, actor: Actor, facts: Facts) -> None:
    held = sums_of(need).held
    if _time_left(need) > timedelta(0) or held >= need.quantity:
        raise Refused(_l("The need does not expire yet."), code="not_due")


def _withdrawal(need: Need, actor: Actor, facts: Facts) -> None:
    """The author while it is a draft; later an officer; the household at any time."""
    if actor.kind in (ActorKind.HOUSEHOLD, ActorKind.SYSTEM):
        return
    if need.stage is NeedStage.DRAFT:
        _author(need, actor, facts)
    elif not holds_role(need, actor, *OFFICERS):
        raise NotPermitted(permission=str(NeedPermission.NEED_WITHDRAW), roles=OFFICERS)
    if sums_of(need).confirmed == need.quantity:
        raise Refused(_l("A fulfilled need stays on the ledger."), code="fulfilled")


def sums_of(need: Need) -> NeedBalance:
    """Return the sums as they stand now; other transactions change them without touching the need."""
    return db.session.get_one(NeedBalance, need.id, populate_existing=True)


def remaining_of(need: Need) -> Decimal:
    """Return what nobody has pledged yet."""
    sums = sums_of(need)
    return sums.quantity - sums.held


NS, NP = NeedStage, NeedPermission
need_workflow = Workflow(
    "need",
    (
        Transition("create", _from(None), NS.DRAFT, NP.NEED_CREATE, "need.drafted", _l("Write a need down")),
        Transition("submit", _from(NS.DRAFT), NS.SUBMITTED, NP.NEED_SUBMIT, "need.submitted", _l("Submit"), _author),
        Transition(
            "verify",
            _from(NS.SUBMITTED),
            NS.VERIFIED,
            NP.NEED_VERIFY,
            "need.verified",
            _l("Verify after the visit"),
            _verified_by_other,
        ),
        Transition(
            "approve",
            _from(NS.VERIFIED),
            NS.PUBLISHED,
            NP.NEED_APPROVE,
            "need.published",
            _l("Approve and publish"),
            _third_person,
        ),
        Transition(
            "return",
            _from(NS.SUBMITTED, NS.VERIFIED),
            NS.DRAFT,
            NP.NEED_RETURN,
            "need.returned",
            _l("Return it and say what is missing"),
            _may_return,
            reason=True,
        ),
        Transition(
            "reject",
            _from(NS.VERIFIED),
            NS.REJECTED,
            NP.NEED_REJECT,
            "need.rejected",
            _l("Do not approve"),
            _third_person,
            reason=True,
        ),
        Transition(
            "renew",
            _from(NS.PUBLISHED, NS.EXPIRED),
            NS.PUBLISHED,
            NP.NEED_RENEW,
            "need.renewed",
            _l("Verify again and renew"),
            _renewal,
        ),
        Transition("expire", _from(NS.PUBLISHED), NS.EXPIRED, None, "need.expired", _l("Expire"), _expiry, system=True),
        Transition(
            "withdraw",
            _from(NS.DRAFT, NS.SUBMITTED, NS.VERIFIED, NS.PUBLISHED, NS.EXPIRED),
            NS.WITHDRAWN,
            NP.NEED_WITHDRAW,
            "need.withdrawn",
            _l("Withdraw"),
            _withdrawal,
            reason=True,
        ),
    ),
)
