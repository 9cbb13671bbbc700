"""The role table at work: which accounts somebody answers for, and whose rows are his own."""

from typing import Any

from accounts.models import Role
from accounts.policy import account_of, is_own_account
from accounts.queries.lists import has_no_role, is_in_scope, standing_grants
from accounts.roles import ROLE_TABLE
from accounts.workflow import may_give
from core.policy import Actor, install_rules, register_relation


def install_roles() -> None:
    """Install the role table and the relations that accounts answer; calling it again changes nothing."""
    install_rules(ROLE_TABLE)
    register_relation("own_account", is_own_account)
    register_relation("account_in_scope", account_in_scope)
    register_relation("account_below", account_below)
    register_relation("own_donor", own_donor)


def account_in_scope(actor: Actor, subject: Any) -> bool:
    """Return whether the account has a role in the actor's places or donor, or none at all yet."""
    account_id = account_of(subject)
    if is_in_scope(actor, account_id):
        return True
    return actor.has_role(Role.SECURITY_ADMIN) and has_no_role(account_id)


def account_below(actor: Actor, subject: Any) -> bool:
    """Return whether the actor could have given every role that the account holds."""
    account_id = account_of(subject)
    if actor.account_id == account_id:
        return False
    standing = standing_grants(account_id)
    if not standing:
        return account_in_scope(actor, subject)
    return all(any(may_give(held, grant) for held in actor.grants) for grant in standing)


def own_donor(actor: Actor, subject: Any) -> bool:
    """Return whether the row belongs to the donor that the actor acts for."""
    donor_id = getattr(subject, "donor_id", None)
    return donor_id is not None and donor_id == actor.donor_id
