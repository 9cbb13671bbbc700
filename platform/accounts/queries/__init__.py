"""Reads of accounts: who acts, who holds a role, what an account page shows."""

from accounts.queries.actors import (
    actor_for_account,
    actor_for_sign_in,
    actor_for_token,
)
from accounts.queries.holders import Holder, find_holder, holders_in_scope
from accounts.queries.lists import (
    OfficeRef,
    accounts_in_scope,
    accounts_of_donor,
    accounts_with_role,
    counties_with_officers,
    display_office,
    find_account_by_username,
    get_account,
    get_grant,
    grants_of,
    pending_grants,
    sign_ins_of,
    tokens_of,
)

__all__ = [
    "Holder",
    "OfficeRef",
    "accounts_in_scope",
    "accounts_of_donor",
    "accounts_with_role",
    "actor_for_account",
    "actor_for_sign_in",
    "actor_for_token",
    "counties_with_officers",
    "display_office",
    "find_account_by_username",
    "find_holder",
    "get_account",
    "get_grant",
    "grants_of",
    "holders_in_scope",
    "pending_grants",
    "sign_ins_of",
    "tokens_of",
]
