"""What is done with accounts, roles, sessions and tokens."""

from accounts.services.accounts import (
    change_password,
    choose_language,
    create_account,
    disable_account,
    enable_account,
    new_initial_password,
    reset_password,
)
from accounts.services.grants import (
    appoint_first_admin,
    approve_grant,
    grant_role,
    revoke_grant,
)
from accounts.services.messages import MessageKind, notify
from accounts.services.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    provisioning_address,
    remove_second_factor,
)
from accounts.services.sessions import end_sign_in, open_sign_in
from accounts.services.sign_in import NotProven, prove, sign_in
from accounts.services.tokens import make_token, revoke_token

__all__ = [
    "MessageKind",
    "NotProven",
    "appoint_first_admin",
    "approve_grant",
    "begin_second_factor",
    "change_password",
    "choose_language",
    "confirm_second_factor",
    "create_account",
    "disable_account",
    "enable_account",
    "end_sign_in",
    "grant_role",
    "make_token",
    "new_initial_password",
    "notify",
    "open_sign_in",
    "prove",
    "provisioning_address",
    "remove_second_factor",
    "reset_password",
    "revoke_grant",
    "revoke_token",
    "sign_in",
]
