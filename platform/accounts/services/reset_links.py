"""Links and printed codes by which an account's owner chooses a new password, once."""

import re
from datetime import timedelta
from secrets import choice as pick
from uuid import UUID

from sqlalchemy import delete, text, update

from accounts.models import Account, AccountState, ResetLink
from accounts.queries import find_account_by_username, holds_office
from accounts.services.accounts import set_password
from accounts.services.passwords import check_password
from accounts.services.reset_caps import count_wish
from accounts.services.sessions import end_other_sign_ins
from accounts.services.tokens import end_tokens
from core.clock import SHANGHAI, now
from core.crypto import decrypt_value, encrypt_value
from core.db import db
from core.errors import NotValid
from core.i18n import _, _l, use_locale
from core.jobs import enqueue, job
from core.mail import send_mail
from core.settings import current
from core.tokens import token_hash

LINK_LIFE = timedelta(minutes=30)
CODE_LIFE = timedelta(hours=24)
LINK_GROUPS = 7
CODE_GROUPS = 4
GONE = _l("This link or code was used already, or its time has passed. Ask for a new one.")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_SEALED = "reset.wish"


def ask_for_link(username: str, *, address: str) -> None:
    """Take the wish for a link. The same is done for every name: whether there is such an account, a job finds out.

    Raises TooManyRequests past the caps of a name, an address, or all together.
    """
    count_wish(username, address=address)
    enqueue(answer_wish, wish=encrypt_value(_SEALED, username.strip()[:200]).hex())


@job("accounts.answer_wish")
def answer_wish(*, wish: str) -> None:
    """Send a link to the owner's mail, if the account may be opened by mail alone: no official's, and in use."""
    account = find_account_by_username(decrypt_value(_SEALED, bytes.fromhex(wish)))
    if account is not None and opens_by_mail(account):
        _mail_link(account, life=LINK_LIFE)


def opens_by_mail(account: Account) -> bool:
    """Return whether its owner alone may ask for a link: a mailbox is enough for helpers, never for officials."""
    return account.state is AccountState.ACTIVE and bool(account.email) and not holds_office(account.id)


@job("accounts.mail_link")
def mail_link(*, account_id: str) -> None:
    """Send the link that two persons agreed to; the queue never holds it."""
    account = db.session.get(Account, UUID(account_id))
    if account is not None and account.state is AccountState.ACTIVE and account.email:
        _mail_link(account, life=CODE_LIFE)


def _mail_link(account: Account, *, life: timedelta) -> None:
    code = make_code(account, life=life, groups=LINK_GROUPS)
    until = (now() + life).astimezone(SHANGHAI)
    with use_locale(account.language):
        link = f"{current().base_url}/login/reset/{code}"
        lines = [
            _("A new password was asked for, for your account “%(name)s”.", name=account.username),
            _("Choose it here until %(until)s, Beijing time. The link works once:", until=f"{until:%Y-%m-%d %H:%M}"),
            link,
            _("You did not ask for it? Then leave this mail alone."),
        ]
        send_mail(account.email or "", _("Choose a new password"), "\n\n".join(lines) + "\n")


def make_code(account: Account, *, life: timedelta, groups: int) -> str:
    """Return a new code in groups of four; earlier ones of the account stop working. It is kept as a keyed hash."""
    void_links(account)
    code = "-".join("".join(pick(_LETTERS) for _place in range(4)) for _group in range(groups))
    db.session.add(ResetLink(account_id=account.id, token_hash=_hash(code), expires_at=now() + life))
    return code


def void_links(account: Account) -> None:
    """Let no link of the account work any more."""
    statement = update(ResetLink).where(ResetLink.account_id == account.id, ResetLink.used_at.is_(None))
    db.session.execute(statement.where(ResetLink.expires_at > now()).values(expires_at=now()))


def is_code_alive(code: str) -> bool:
    """Return whether the code still opens an account."""
    query = text(
        "SELECT 1 FROM reset_link WHERE token_hash = :hash AND used_at IS NULL AND expires_at > records.clock()"
    )
    return db.session.execute(query, {"hash": _hash(code)}).scalar() is not None


def use_code(code: str, *, new: str) -> Account:
    """Set the owner's new password and end all sessions and tokens; raise NotValid if the code does not work."""
    account = _spend(code)
    if account is None:
        raise NotValid({"code": [GONE]})
    check_password(new, username=account.username, field="new")
    set_password(account, new, by_owner=True)
    void_links(account)
    end_other_sign_ins(account.id, keep=None)
    end_tokens(account.id)
    return account


def _spend(code: str) -> Account | None:
    """Spend the code by one guarded statement, so that it works once even at the same moment."""
    spent = db.session.execute(
        text(
            "UPDATE reset_link SET used_at = records.clock() WHERE token_hash = :hash AND used_at IS NULL"
            " AND expires_at > records.clock() RETURNING account_id"
        ),
        {"hash": _hash(code)},
    ).scalar()
    account = None if spent is None else db.session.get_one(Account, spent)
    return account if account is not None and account.state is AccountState.ACTIVE else None


def _hash(code: str) -> bytes:
    return token_hash("reset", re.sub(r"[\s-]", "", code).lower())


def forget_links() -> None:
    """Delete links that stopped working a month ago; that a password was changed stands in the records."""
    db.session.execute(delete(ResetLink).where(ResetLink.expires_at < now() - timedelta(days=30)))
