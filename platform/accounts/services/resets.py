"""Letting somebody in again by two other persons (security.md, row 39): one asks, another agrees."""

from uuid import uuid4

from accounts.models import AccessReset, Account, AccountState, Credential
from accounts.policy import AccountPermission
from accounts.queries import actor_for_account, open_reset_of
from accounts.reset_models import ResetKind
from accounts.services.accounts import forget_password
from accounts.services.reset_links import CODE_GROUPS, CODE_LIFE, mail_link, make_code
from accounts.services.second_factor import take_second_factor_off
from accounts.services.sessions import end_other_sign_ins
from accounts.services.tokens import end_tokens
from accounts.workflow import reset_workflow
from core.db import db
from core.errors import NotValid, Refused, map_constraint
from core.i18n import _l
from core.jobs import enqueue
from core.policy import Actor, can

_OPEN = _l("This was asked for already. A second person can agree now.")
_TWO_PERSONS = _l("Two other persons must let somebody in again: one asks, another agrees.")
map_constraint("uq_access_reset_open", "reset_open", _OPEN)
map_constraint("access_reset_asked_by_another", "own_account", _TWO_PERSONS)
map_constraint("access_reset_two_persons", "second_person", _TWO_PERSONS)

FORGOTTEN = frozenset({ResetKind.PASSWORD, ResetKind.BOTH})
LOST = frozenset({ResetKind.SECOND_FACTOR, ResetKind.BOTH})


def ask_reset(account: Account, kind: ResetKind, *, actor: Actor, reason: str) -> AccessReset:
    """Ask that the account's owner gets in again; nothing changes until another person agrees."""
    if account.state is not AccountState.ACTIVE:
        raise Refused(_l("This account is switched off."), code="account_disabled")
    if kind in LOST and db.session.get_one(Credential, account.id).totp_confirmed_at is None:
        raise NotValid({"kind": [_l("This account has no second factor.")]})
    if open_reset_of(account.id) is not None:
        raise Refused(_OPEN, code="reset_open")
    reset = AccessReset(
        id=uuid4(), account_id=account.id, kind=kind, asked_by=actor.account_id, reason=reason.strip()[:400]
    )
    reset_workflow.fire(reset, "ask", actor=actor, reason=reason)
    db.session.add(reset)
    db.session.flush()  # a second wish at the same moment fails here, with its own words
    return reset


def agree_reset(reset: AccessReset, *, actor: Actor, by_mail: bool = False) -> str | None:
    """Agree as the second person: what was lost is void at once, all sessions and tokens end.

    Return the code to hand over, None where it goes by mail or no password was lost.
    """
    account = db.session.get_one(Account, reset.account_id)
    _asker_still_answers(reset, account)
    if by_mail and not account.email:
        raise NotValid({"way": [_l("There is no e-mail on file. Print the code.")]})
    reset_workflow.fire(reset, "agree", actor=actor)
    reset.agreed_by = actor.account_id
    if reset.kind in LOST:
        take_second_factor_off(account)
    end_other_sign_ins(account.id, keep=None)
    end_tokens(account.id)
    if reset.kind not in FORGOTTEN:
        return None
    forget_password(account)
    if by_mail:
        enqueue(mail_link, account_id=str(account.id))
        return None
    return make_code(account, life=CODE_LIFE, groups=CODE_GROUPS)


def _asker_still_answers(reset: AccessReset, account: Account) -> None:
    """Both persons answer for the account at the moment when it opens."""
    asker = actor_for_account(reset.asked_by) if reset.asked_by else None
    if asker is None or not can(asker, AccountPermission.ACCOUNT_RESET, account):
        raise Refused(_l("Who asked no longer answers for this account. Withdraw it and ask anew."), code="asker_gone")


def withdraw_reset(reset: AccessReset, *, actor: Actor) -> None:
    """Let it be: nothing changes for the account."""
    reset_workflow.fire(reset, "withdraw", actor=actor)


def let_in_without_second_factor(account: Account, *, actor: Actor) -> None:
    """Take a lost second factor off and end all sessions; only the command line calls this."""
    take_second_factor_off(account)
    end_other_sign_ins(account.id, keep=None)
