"""API tokens: shown once, kept as a keyed hash, limited by scopes and time."""

import re
from collections.abc import Iterable
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID, uuid4

from sqlalchemy import update

from accounts.models import Account, ApiToken
from accounts.queries import tokens_of
from core.clock import now
from core.db import db
from core.errors import NotFound, NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from core.tokens import token_hash

PREFIX = "jd_"
LIFE = timedelta(days=365)
MOST_TOKENS = 20
_SCOPE = re.compile(r"all|read|[a-z_]{2,30}:([a-z_]{2,40}|\*)")


def make_token(account: Account, *, name: str, scopes: Iterable[str] = ("all",)) -> tuple[ApiToken, str]:
    """Make a token for an account; return the row and the token itself, which cannot be read again."""
    wanted = sorted(set(scopes))
    if not wanted or not all(_SCOPE.fullmatch(scope) for scope in wanted):
        raise NotValid({"scopes": [_l("A scope is “all”, “read”, or a permission such as “need:create”.")]})
    if len(tokens_of(account.id)) >= MOST_TOKENS:
        raise Refused(
            _l("An account has at most 20 tokens. End one first."),
            code="too_many_tokens",
        )
    token = PREFIX + token_urlsafe(32)
    row = ApiToken(
        id=uuid4(),
        account_id=account.id,
        name=name.strip()[:80],
        token_hash=token_hash("api-token", token),
        scopes=wanted,
        expires_at=now() + LIFE,
    )
    db.session.add(row)
    return row, token


def revoke_token(token_id: UUID, *, actor: Actor) -> None:
    """End one of the actor's own tokens; raise NotFound if it is not his."""
    own = tokens_of(actor.account_id) if actor.account_id else ()
    found = next((row for row in own if row.id == token_id), None)
    if found is None:
        raise NotFound
    found.revoked_at = now()


def end_tokens(account_id: UUID) -> None:
    """End all tokens of an account."""
    statement = update(ApiToken).where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
    db.session.execute(statement.values(revoked_at=now()))
