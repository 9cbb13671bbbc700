"""Sessions are rows: made at sign-in, ended one by one or all at once."""

from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import update

from accounts.models import Account, SignIn
from accounts.policy import is_official
from accounts.queries import actor_for_account, sign_ins_of
from accounts.queries.actors import idle_time
from core.clock import now
from core.db import db
from core.errors import NotFound
from core.policy import Actor
from core.tokens import token_hash

OFFICIAL_LIFE = timedelta(hours=12)
OTHERS_LIFE = timedelta(days=7)


def open_sign_in(account: Account, *, agent: str) -> str:
    """Make a new session row and return its token; the token is never stored."""
    token = token_urlsafe(32)
    moment = now()
    actor = actor_for_account(account.id)
    roles = frozenset(grant.role for grant in actor.grants) if actor else frozenset()
    expires = moment + (OFFICIAL_LIFE if is_official(roles) else OTHERS_LIFE)
    db.session.add(
        SignIn(
            account_id=account.id,
            token_hash=token_hash("sign-in", token),
            last_seen_at=moment,
            idle_until=min(expires, moment + idle_time(roles)),
            expires_at=expires,
            agent=agent[:200],
        )
    )
    return token


def end_sign_in(sign_in_id: UUID, *, actor: Actor) -> None:
    """End one of the actor's own sessions; raise NotFound if it is not his or has ended."""
    found = (
        next((row for row in sign_ins_of(actor.account_id) if row.id == sign_in_id), None) if actor.account_id else None
    )
    if found is None:
        raise NotFound
    found.ended_at = now()


def end_other_sign_ins(account_id: UUID, *, keep: UUID | None) -> None:
    """End all sessions of an account but the one to keep."""
    statement = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if keep is not None:
        statement = statement.where(SignIn.id != keep)
    db.session.execute(statement.values(ended_at=now()))
