"""Signing in: the same answer and the same cost, whether or not the name exists."""

from accounts.models import Account, AccountState, Credential
from accounts.queries import find_account_by_username
from accounts.services.passwords import hash_password, is_password, needs_new_hash
from accounts.services.second_factor import is_second_factor
from accounts.services.sessions import open_sign_in
from accounts.services.throttle import attempt_succeeded, begin_attempt
from core.db import db
from core.errors import NotValid
from core.i18n import _l

WRONG = _l("Name, password or code do not fit.")


class NotProven(NotValid):
    """Name, password and code do not open an account; which of them is wrong stays untold."""

    status = 401
    code = "not_proven"
    detail = WRONG

    def __init__(self) -> None:
        super().__init__({"password": [WRONG]})


def prove(username: str, password: str, *, code: str, address: str) -> Account:
    """Return the account that name, password and code open.

    Raises NotProven with one answer for every mistake, TooManyRequests after five wrong ones in 15 minutes.
    """
    attempt = begin_attempt(username, address=address)
    account = find_account_by_username(username)
    credential = db.session.get(Credential, account.id) if account else None
    right = is_password(password, credential.password_hash if credential else None)
    if account is None or credential is None or not right or account.state is not AccountState.ACTIVE:
        raise NotProven
    if credential.totp_confirmed_at is not None and not is_second_factor(account, code):
        raise NotProven
    if credential.password_hash is not None and needs_new_hash(credential.password_hash):
        credential.password_hash = hash_password(password)
    attempt_succeeded(attempt)
    return account


def sign_in(username: str, password: str, *, code: str, address: str, agent: str) -> tuple[Account, str]:
    """Open a session; return the account and the token for the cookie."""
    account = prove(username, password, code=code, address=address)
    return account, open_sign_in(account, agent=agent)
