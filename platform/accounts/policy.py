"""What may be done to accounts and roles, and which role may give which."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from accounts.models import Account, Role
from core.policy import Actor


class AccountPermission(StrEnum):
    ACCOUNT_CREATE = "account:create"
    ACCOUNT_DISABLE = "account:disable"
    ACCOUNT_READ = "account:read"
    ACCOUNT_RESET = "account:reset"
    ROLE_APPROVE = "role:approve"
    ROLE_GRANT = "role:grant"
    ROLE_REVOKE = "role:revoke"


OFFICIALS = frozenset(
    {
        Role.VILLAGE_OFFICER,
        Role.STATIONED_TEAM,
        Role.TOWNSHIP_OFFICER,
        Role.COUNTY_OFFICER,
        Role.PROVINCE_OFFICER,
        Role.PHONE_OPERATOR,
        Role.PAIRING_CADRE,
        Role.HELPING_UNIT,
        Role.EVALUATOR,
        Role.AUDITOR,
        Role.SECURITY_ADMIN,
        Role.SYSTEM_ADMIN,
    }
)
DONOR_ROLES = frozenset({Role.DONOR_ADMIN, Role.DONOR_MEMBER})
RELATION_ROLES = frozenset({Role.PAIRING_CADRE, Role.HELPING_UNIT})
NEVER_GRANTED = frozenset({Role.HOUSEHOLD, Role.ANONYMOUS, Role.SYSTEM})

# How many digits a grant's place has; the wider offices may answer for a county or more.
PLACE_DIGITS: dict[Role, tuple[int, ...]] = {
    Role.VILLAGE_OFFICER: (12,),
    Role.STATIONED_TEAM: (12,),
    Role.TOWNSHIP_OFFICER: (9,),
    Role.COUNTY_OFFICER: (6,),
    Role.PROVINCE_OFFICER: (0, 2),
    Role.PHONE_OPERATOR: (6,),
    Role.PAIRING_CADRE: (6, 9, 12),
    Role.HELPING_UNIT: (6, 9, 12),
    Role.EVALUATOR: (2, 4, 6),
    Role.AUDITOR: (0, 2, 4, 6),
    Role.SECURITY_ADMIN: (0, 2, 4, 6),
    Role.SYSTEM_ADMIN: (0, 2, 4, 6),
}

# At county level and above a second person must agree (workflows.md, doubts 13).
SECOND_PERSON = frozenset(
    {
        Role.COUNTY_OFFICER,
        Role.PROVINCE_OFFICER,
        Role.PHONE_OPERATOR,
        Role.EVALUATOR,
        Role.AUDITOR,
        Role.SECURITY_ADMIN,
        Role.SYSTEM_ADMIN,
    }
)

# These watch over others, so nobody holds them beside anything else (security.md 6).
ALONE = frozenset({Role.EVALUATOR, Role.AUDITOR, Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN})
# Who checks donors is not a donor.
CHECKERS = frozenset(
    {
        Role.VILLAGE_OFFICER,
        Role.STATIONED_TEAM,
        Role.TOWNSHIP_OFFICER,
        Role.COUNTY_OFFICER,
        Role.PROVINCE_OFFICER,
        Role.PHONE_OPERATOR,
    }
)

_TOWNSHIP_GIVES = frozenset({Role.VILLAGE_OFFICER, Role.STATIONED_TEAM, Role.PAIRING_CADRE, Role.HELPING_UNIT})
GIVES: dict[Role, frozenset[Role]] = {
    Role.SECURITY_ADMIN: OFFICIALS,
    Role.COUNTY_OFFICER: _TOWNSHIP_GIVES | {Role.TOWNSHIP_OFFICER},
    Role.TOWNSHIP_OFFICER: _TOWNSHIP_GIVES,
    Role.DONOR_ADMIN: frozenset({Role.DONOR_MEMBER}),
}


def gives(giver: str, role: Role) -> bool:
    """Return whether the giver's role may give the role at all."""
    return giver in GIVES and role in GIVES[Role(giver)]


def roles_given_by(actor: Actor) -> list[Role]:
    """Return the roles that the actor may give somewhere, in the order of the enum."""
    return [role for role in Role if any(gives(grant.role, role) for grant in actor.grants)]


def conflicts(role: Role, held: frozenset[Role]) -> frozenset[Role]:
    """Return which of the roles held must not stand beside the new one."""
    others = held - {role}
    if role in ALONE:
        return others
    found = others & ALONE
    if role in DONOR_ROLES:
        found |= others & CHECKERS
    if role in CHECKERS:
        found |= others & DONOR_ROLES
    return found


def is_official(roles: frozenset[str]) -> bool:
    """Return whether any of the roles is an office."""
    return bool(OFFICIALS & roles)


def account_of(subject: Any) -> UUID:
    """Return the account that the subject is, or belongs to."""
    found: UUID = subject.id if isinstance(subject, Account) else subject.account_id
    return found


def is_own_account(actor: Actor, subject: Any) -> bool:
    """Return whether the account (or the row of an account) is the actor's own."""
    return actor.account_id is not None and account_of(subject) == actor.account_id
