"""Accounts: opened, changed, switched off."""

import re
import unicodedata
from secrets import choice as pick
from uuid import UUID, uuid4

from accounts.models import Account, Credential
from accounts.queries import find_account_by_username, holds_office
from accounts.services.names import clean_display_name
from accounts.services.passwords import check_password, hash_password, is_password
from accounts.services.sessions import end_other_sign_ins
from accounts.services.tokens import end_tokens
from accounts.workflow import account_workflow, not_oneself
from core.clock import now
from core.db import db
from core.errors import NotValid, Refused, map_constraint
from core.i18n import _l
from core.names import clean_name
from core.policy import Actor, ActorKind
from core.records import note

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")
_PHONE = re.compile(r"1[3-9][0-9]{9}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
WRONG_PASSWORD = _l("This is not your present password.")
TAKEN = _l("This user name is taken. Choose another one.")

map_constraint("uq_account_username_lower", "username_taken", TAKEN)


def create_account(
    username: str,
    *,
    actor: Actor,
    display_name: str = "",
    password: str | None = None,
    initial_password: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    unit_name: str = "",
    language: str = "zh",
    is_listed_demo: bool = False,
) -> Account:
    """Open an account. An `initial_password` must be changed before any role works.

    Without either password nobody can sign in. Raises NotValid for a name that is taken or badly formed.
    """
    account = Account(
        id=uuid4(),
        username=clean_username(username),
        display_name=clean_display_name(display_name) or username,
        unit_name=clean_name(unit_name, "unit_name", shortest=0, longest=120),
        email=clean_email(email),
        phone=clean_phone(phone),
        language=language,
        is_listed_demo=is_listed_demo,
    )
    if password is not None:
        check_password(password, username=account.username)
    account_workflow.fire(account, "create", actor=actor)
    db.session.add(account)
    db.session.flush()  # the credential needs the account's row
    secret = password or initial_password
    db.session.add(
        Credential(
            account_id=account.id,
            password_hash=None if secret is None else hash_password(secret),
            password_set_at=now() if password is not None else None,
        )
    )
    db.session.flush()  # who signs in within the same transaction needs it
    return account


def clean_username(username: str) -> str:
    """Return the name in small letters; raise NotValid if it is badly formed or taken."""
    found = username.strip().lower()
    if not _USERNAME.fullmatch(found):
        raise NotValid(
            {"username": [_l("A user name has 3 to 40 small letters, digits, dots, hyphens or underscores.")]}
        )
    if find_account_by_username(found) is not None:
        raise NotValid({"username": [TAKEN]})
    return found


def clean_email(email: str | None) -> str | None:
    """Return the address without spaces around it, None if empty; raise NotValid if it is none."""
    found = (email or "").strip()
    if not found:
        return None
    if len(found) > 200 or not _EMAIL.fullmatch(found):
        raise NotValid({"email": [_l("Enter an e-mail address, for example name@example.org.")]})
    return found


def clean_phone(phone: str | None) -> str | None:
    """Return the eleven digits of a mobile number, None if empty; raise NotValid if it is none."""
    found = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", phone or "")).removeprefix("+86")
    if not found:
        return None
    if not _PHONE.fullmatch(found):
        raise NotValid({"phone": [_l("Enter a mobile number with 11 digits.")]})
    return found


def new_initial_password() -> str:
    """Return a password to hand over once: three groups of four."""
    return "-".join("".join(pick(_LETTERS) for _ in range(4)) for _ in range(3))


def change_password(account: Account, *, actor: Actor, old: str, new: str) -> None:
    """Set a new password and end all other sessions; raise NotValid if the old one is wrong."""
    credential = db.session.get_one(Credential, account.id)
    if not is_password(old, credential.password_hash):
        raise NotValid({"old": [WRONG_PASSWORD]})
    check_password(new, username=account.username, field="new")
    if old == new:
        raise NotValid({"new": [_l("Choose a password that differs from the present one.")]})
    set_password(account, new, by_owner=True)
    end_other_sign_ins(account.id, keep=actor.sign_in_id)


def reset_password(account: Account, *, actor: Actor) -> str:
    """Give a helper a new initial password and return it; all his sessions end.

    Officials get in again by two other persons only (`accounts.services.resets`), or by the operator of the server.
    """
    not_oneself(account.id, actor)
    if holds_office(account.id) and actor.kind is not ActorKind.SYSTEM:
        raise Refused(
            _l("An officer gets in again by two other persons: one asks, another agrees."), code="two_persons"
        )
    initial = new_initial_password()
    set_password(account, initial, by_owner=False)
    end_other_sign_ins(account.id, keep=None)
    end_tokens(account.id)
    return initial


def set_password(account: Account, password: str, *, by_owner: bool) -> None:
    """Set a password; one that is not by its owner must be changed before any role works."""
    credential = db.session.get_one(Credential, account.id)
    credential.password_hash = hash_password(password)
    credential.password_set_at = now() if by_owner else None
    note(account, "account.password_changed", by_owner=by_owner)


def forget_password(account: Account) -> None:
    """Take the password away: nobody signs in until a new one is set."""
    credential = db.session.get_one(Credential, account.id)
    credential.password_hash, credential.password_set_at = None, None
    note(account, "account.password_changed", by_owner=False)


def change_email(account: Account, email: str, *, actor: Actor, password: str) -> None:
    """Change where messages and links go; the password is asked again, since links open the account."""
    credential = db.session.get_one(Credential, account.id)
    if not is_password(password, credential.password_hash):
        raise NotValid({"password": [WRONG_PASSWORD]})
    account.email = clean_email(email)


def choose_language(account: Account, language: str, *, actor: Actor) -> None:
    """Remember in which language messages are written to the account."""
    if language in {"zh", "en"} and language != account.language:
        account.language = language
        note(account, "account.changed")


def disable_account(account: Account, *, actor: Actor, reason: str) -> None:
    """Switch the account off: its sessions and tokens end at the next request."""
    account_workflow.fire(account, "disable", actor=actor, reason=reason)
    end_other_sign_ins(account.id, keep=None)


def enable_account(account: Account, *, actor: Actor, reason: str) -> None:
    """Switch the account on again."""
    account_workflow.fire(account, "enable", actor=actor, reason=reason)


def is_initial_password(account_id: UUID) -> bool:
    """Return whether the account still has the password that somebody else gave it."""
    credential = db.session.get_one(Credential, account_id)
    return credential.password_hash is not None and credential.password_set_at is None
