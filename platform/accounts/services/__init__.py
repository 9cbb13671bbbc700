"""What is done with accounts, roles, sessions and tokens."""

from accounts.services.accounts import (
    change_email,
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
from accounts.services.messages import MessageKind, notify, read_messages
from accounts.services.names import clean_display_name, register_taken_names
from accounts.services.reset_links import ask_for_link, is_code_alive, use_code
from accounts.services.resets import agree_reset, ask_reset, let_in_without_second_factor, withdraw_reset
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
    "agree_reset",
    "appoint_first_admin",
    "approve_grant",
    "ask_for_link",
    "ask_reset",
    "begin_second_factor",
    "change_email",
    "change_password",
    "choose_language",
    "clean_display_name",
    "confirm_second_factor",
    "create_account",
    "disable_account",
    "enable_account",
    "end_sign_in",
    "grant_role",
    "is_code_alive",
    "let_in_without_second_factor",
    "make_token",
    "new_initial_password",
    "notify",
    "open_sign_in",
    "prove",
    "provisioning_address",
    "read_messages",
    "register_taken_names",
    "remove_second_factor",
    "reset_password",
    "revoke_grant",
    "revoke_token",
    "sign_in",
    "use_code",
    "withdraw_reset",
    "MessageKind",
    "NotProven",
]
