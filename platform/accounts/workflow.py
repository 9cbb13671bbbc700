"""How a role comes and goes, how an account is switched off, and how its owner gets in again."""

from enum import StrEnum
from uuid import UUID

from accounts.models import AccessReset, Account, AccountState, GrantStage, Role, RoleGrant
from accounts.policy import ALONE, DONOR_ROLES, AccountPermission, gives
from accounts.reset_models import ResetStage
from core.errors import NotPermitted, Refused
from core.i18n import _l
from core.policy import Actor, ActorKind, Grant
from core.workflow import Facts, Transition, Workflow


def _begins(*stages: StrEnum | None) -> frozenset[StrEnum | None]:
    return frozenset(stages)


def not_oneself(account_id: UUID, actor: Actor) -> None:
    """Refuse whoever would decide about his own account."""
    if actor.account_id is not None and actor.account_id == account_id:
        raise Refused(
            _l("Nobody decides about his own roles. Ask another person."),
            code="own_account",
        )


def may_give(held: Grant, grant: RoleGrant) -> bool:
    """Return whether who holds one role may give the other: downward, inside his own range."""
    if grant.role in DONOR_ROLES and held.role == Role.SECURITY_ADMIN:
        return True
    return gives(held.role, grant.role) and _contains(held, grant)


def _contains(held: Grant, grant: RoleGrant) -> bool:
    if grant.lo:
        return bool(held.lo) and held.lo <= grant.lo and grant.hi <= held.hi
    return grant.donor_id is not None or held.covers(grant.region_code)


def _downward(grant: RoleGrant, actor: Actor, facts: Facts) -> None:
    """Roles are given downward: by a role that gives them, inside its own range."""
    not_oneself(grant.account_id, actor)
    if actor.kind is ActorKind.SYSTEM:
        return
    if grant.role is Role.DONOR_ADMIN or not any(may_give(held, grant) for held in actor.grants):
        raise NotPermitted(permission=str(AccountPermission.ROLE_GRANT), roles=_givers(grant.role))


def _givers(role: Role) -> tuple[str, ...]:
    return tuple(str(giver) for giver in Role if gives(giver, role))


def _second_person(grant: RoleGrant, actor: Actor, facts: Facts) -> None:
    not_oneself(grant.account_id, actor)
    if actor.account_id is not None and actor.account_id == grant.granted_by:
        raise Refused(
            _l("You proposed this role, so somebody else must agree."),
            code="second_person",
        )
    if grant.role in ALONE and actor.kind is not ActorKind.SYSTEM and not actor.has_role(Role.SECURITY_ADMIN):
        raise NotPermitted(
            permission=str(AccountPermission.ROLE_APPROVE),
            roles=(str(Role.SECURITY_ADMIN),),
        )


def _not_own_account(account: Account, actor: Actor, facts: Facts) -> None:
    not_oneself(account.id, actor)


def _asked_for_another(reset: AccessReset, actor: Actor, facts: Facts) -> None:
    not_oneself(reset.account_id, actor)


def _agreed_by_another(reset: AccessReset, actor: Actor, facts: Facts) -> None:
    not_oneself(reset.account_id, actor)
    if actor.account_id is not None and actor.account_id == reset.asked_by:
        raise Refused(_l("You asked for this, so somebody else must agree."), code="second_person")


grant_workflow = Workflow(
    "grant",
    (
        Transition(
            "give",
            _begins(None),
            GrantStage.ACTIVE,
            AccountPermission.ROLE_GRANT,
            "grant.given",
            _l("Give the role"),
            _downward,
        ),
        Transition(
            "propose",
            _begins(None),
            GrantStage.PENDING,
            AccountPermission.ROLE_GRANT,
            "grant.proposed",
            _l("Propose the role"),
            _downward,
        ),
        Transition(
            "approve",
            _begins(GrantStage.PENDING),
            GrantStage.ACTIVE,
            AccountPermission.ROLE_APPROVE,
            "grant.approved",
            _l("Agree as the second person"),
            _second_person,
        ),
        Transition(
            "revoke",
            _begins(GrantStage.PENDING, GrantStage.ACTIVE),
            GrantStage.REVOKED,
            AccountPermission.ROLE_REVOKE,
            "grant.revoked",
            _l("Take the role back"),
            _downward,
            reason=True,
        ),
    ),
)

account_workflow = Workflow(
    "account",
    (
        Transition(
            "create",
            _begins(None),
            AccountState.ACTIVE,
            AccountPermission.ACCOUNT_CREATE,
            "account.created",
            _l("Open the account"),
        ),
        Transition(
            "disable",
            _begins(AccountState.ACTIVE),
            AccountState.DISABLED,
            AccountPermission.ACCOUNT_DISABLE,
            "account.disabled",
            _l("Switch the account off"),
            _not_own_account,
            reason=True,
        ),
        Transition(
            "enable",
            _begins(AccountState.DISABLED),
            AccountState.ACTIVE,
            AccountPermission.ACCOUNT_DISABLE,
            "account.enabled",
            _l("Switch the account on again"),
            _not_own_account,
            reason=True,
        ),
    ),
    attribute="state",
)

reset_workflow = Workflow(
    "reset",
    (
        Transition(
            "ask",
            _begins(None),
            ResetStage.ASKED,
            AccountPermission.ACCOUNT_RESET,
            "reset.asked",
            _l("Ask a second person"),
            _asked_for_another,
            reason=True,
        ),
        Transition(
            "agree",
            _begins(ResetStage.ASKED),
            ResetStage.AGREED,
            AccountPermission.ACCOUNT_RESET,
            "reset.agreed",
            _l("Agree as the second person"),
            _agreed_by_another,
        ),
        Transition(
            "withdraw",
            _begins(ResetStage.ASKED),
            ResetStage.WITHDRAWN,
            AccountPermission.ACCOUNT_RESET,
            "reset.withdrawn",
            _l("Withdraw what was asked"),
            _asked_for_another,
        ),
    ),
)
