"""Roles: given downward by another person, from county level with a second one, taken back at once."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import func, select, text

from accounts.models import Account, AccountState, GrantStage, Role, RoleGrant
from accounts.policy import (
    DONOR_ROLES,
    NEVER_GRANTED,
    PLACE_DIGITS,
    RELATION_ROLES,
    SECOND_PERSON,
    conflicts,
)
from accounts.queries.lists import standing_grants
from accounts.workflow import grant_workflow
from core.clock import today
from core.db import db
from core.errors import NotValid, Refused, map_constraint
from core.i18n import _l, label
from core.policy import SYSTEM, Actor, ActorKind
from regions.codes import LENGTH, NotARegionCode, code_range, pad, prefix

COUNTRY = "0" * LENGTH
_TWO_PERSONS = _l("A role needs two different persons, and neither may be its holder.")

map_constraint("role_grant_given_by_another", "own_account", _TWO_PERSONS)
map_constraint("role_grant_two_persons", "second_person", _TWO_PERSONS)


def grant_role(
    account: Account,
    role: Role,
    *,
    actor: Actor,
    region_code: str = "",
    donor_id: UUID | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give a role, or propose it where a second person must agree. `region_code` may be a prefix.

    Raises NotValid for a place that does not fit the role, Refused for roles that must not meet in one person.
    """
    _check_role(role, donor_id)
    _check_together(account, role)
    grant = RoleGrant(
        id=uuid4(),
        account_id=account.id,
        role=role,
        donor_id=donor_id,
        valid_from=valid_from or today(),
        valid_to=valid_to,
        granted_by=actor.account_id,
        **_place(role, region_code),
    )
    if valid_to is not None and valid_to < grant.valid_from:
        raise NotValid({"valid_to": [_l("The last day lies before the first.")]})
    _refuse_doubles(grant)
    alone = role in SECOND_PERSON and actor.kind is not ActorKind.SYSTEM
    grant_workflow.fire(grant, "propose" if alone else "give", actor=actor)
    db.session.add(grant)
    db.session.flush()  # the next grant of this transaction must see this one
    return grant


def _check_role(role: Role, donor_id: UUID | None) -> None:
    if role in NEVER_GRANTED:
        raise NotValid({"role": [_l("This role is not given to accounts.")]})
    if (role in DONOR_ROLES) != (donor_id is not None):
        raise NotValid({"role": [_l("Roles of donors belong to a donor, and only they.")]})


def _place(role: Role, region_code: str) -> dict[str, str]:
    """Return office and range of a grant; roles by relation and of donors have no range."""
    if role in DONOR_ROLES:
        return {"region_code": "", "lo": "", "hi": ""}
    digits = PLACE_DIGITS[role]
    try:
        short = prefix(region_code) if region_code.strip("0") else ""
    except NotARegionCode as error:
        raise NotValid({"region_code": [_l("This is no region code.")]}) from error
    if len(short) not in digits:
        raise NotValid({"region_code": [_l("This role is not given for a place of this level.")]})
    lo, hi = code_range(short)
    office = pad(short) if short else COUNTRY
    return {"region_code": office} | ({"lo": "", "hi": ""} if role in RELATION_ROLES else {"lo": lo, "hi": hi})


def _check_together(account: Account, role: Role) -> None:
    if account.state is not AccountState.ACTIVE:
        raise Refused(_l("This account is switched off."), code="account_disabled")
    held = frozenset(grant.role for grant in standing_grants(account.id))
    against = conflicts(role, held)
    if against:
        other = label(min(against))
        raise Refused(
            _l(
                "This role must not stand beside the role “%(other)s” in one person.",
                other=other,
            ),
            code="roles_conflict",
        )


def _refuse_doubles(grant: RoleGrant) -> None:
    for other in standing_grants(grant.account_id):
        same = (other.role, other.region_code, other.donor_id) == (
            grant.role,
            grant.region_code,
            grant.donor_id,
        )
        if same and (other.valid_to is None or other.valid_to >= grant.valid_from):
            raise Refused(_l("This account has that role already."), code="role_held")


def approve_grant(grant: RoleGrant, *, actor: Actor) -> None:
    """Agree to a proposed role as the second person."""
    grant_workflow.fire(grant, "approve", actor=actor)
    grant.approved_by = actor.account_id


def revoke_grant(grant: RoleGrant, *, actor: Actor, reason: str) -> None:
    """Take a role back; it ends at the holder's next request."""
    if grant.role is Role.SECURITY_ADMIN and grant.stage is GrantStage.ACTIVE and count_security_admins() < 2:
        raise Refused(
            _l("This is the last security administrator. Appoint another one first."),
            code="last_admin",
        )
    grant_workflow.fire(grant, "revoke", actor=actor, reason=reason)


def count_security_admins() -> int:
    """Return how many accounts in use hold the role of security administrator now."""
    day = today()
    query = (
        select(func.count(func.distinct(RoleGrant.account_id)))
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == Role.SECURITY_ADMIN,
            RoleGrant.stage == GrantStage.ACTIVE,
            Account.state == AccountState.ACTIVE,
            RoleGrant.valid_from <= day,
            RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to >= day),
        )
    )
    return int(db.session.scalar(query) or 0)


def appoint_first_admin(account: Account, *, region_code: str = "") -> RoleGrant:
    """Make the account security administrator while there is none; only the command line calls this."""
    db.session.execute(text("SELECT pg_advisory_xact_lock(hashtext('accounts.first_admin'))"))
    if count_security_admins():
        raise Refused(
            _l("There is a security administrator already. Name who gives the role: --by USERNAME"),
            code="admin_exists",
        )
    return grant_role(account, Role.SECURITY_ADMIN, actor=SYSTEM, region_code=region_code)
