"""The blueprint, and the cookie that carries a session's token."""

from flask import Blueprint, Response, session

from accounts.models import Account
from accounts.queries import get_account
from core.errors import NotSignedIn
from core.http import actor, sign_in_cookie
from core.settings import current

blueprint = Blueprint("accounts", __name__)


def keep_sign_in(response: Response, token: str) -> Response:
    """Give the browser a new session; whatever it carried before is dropped."""
    session.clear()
    response.set_cookie(
        sign_in_cookie(),
        token,
        httponly=True,
        secure=current().secure_cookies,
        samesite="Lax",
        path="/",
    )
    return response


def drop_sign_in(response: Response) -> Response:
    """Take the session's cookie away, and what the browser kept of the desk's pages (decision 0024)."""
    session.clear()
    response.headers["Clear-Site-Data"] = '"storage"'
    response.delete_cookie(sign_in_cookie(), httponly=True, secure=current().secure_cookies, samesite="Lax", path="/")
    return response


def own_account() -> Account:
    """Return the account of who makes this request."""
    account_id = actor().account_id
    if account_id is None:
        raise NotSignedIn
    return get_account(actor(), account_id)
