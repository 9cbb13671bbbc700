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
    holds_office,
    pending_grants,
    sign_ins_of,
    tokens_of,
)
from accounts.queries.messages import messages_of, unread_messages
from accounts.queries.resets import get_reset, open_reset_of, open_resets

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
    "get_reset",
    "grants_of",
    "holders_in_scope",
    "holds_office",
    "messages_of",
    "open_reset_of",
    "open_resets",
    "pending_grants",
    "sign_ins_of",
    "tokens_of",
    "unread_messages",
]
