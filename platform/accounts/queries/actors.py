"""From a session or a token to the actor, in one statement; asked at every request, so a revoked role ends at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text

from accounts.models import Role
from accounts.policy import is_official
from core.db import db
from core.policy import Actor, ActorKind, Grant
from core.settings import current
from core.tokens import token_hash

OFFICIAL_IDLE = timedelta(minutes=30)
OTHERS_IDLE = timedelta(hours=24)

_GRANTS = """
    SELECT coalesce(json_agg(json_build_object('role', g.role, 'lo', g.lo, 'hi', g.hi, 'donor', g.donor_id)
                             ORDER BY g.valid_from, g.created_at, g.id), '[]')
    FROM role_grant g
    WHERE g.account_id = a.id AND g.stage = 'active'
      AND g.valid_from <= (records.clock() AT TIME ZONE 'Asia/Shanghai')::date
      AND (g.valid_to IS NULL OR g.valid_to >= (records.clock() AT TIME ZONE 'Asia/Shanghai')::date)
"""
_PERSON = """
    a.id AS account_id, c.totp_confirmed_at IS NOT NULL AS has_second_factor,
    c.password_hash IS NOT NULL AND c.password_set_at IS NULL AS has_initial_password, (:grants) AS grants
""".replace(":grants", _GRANTS)


def _about_person(statement: str) -> TextClause:
    return text(statement.replace(":person", _PERSON))


_BY_SIGN_IN = _about_person("""
    SELECT s.id AS sign_in_id, s.last_seen_at < records.clock() - interval '1 minute' AS stale, :person
    FROM sign_in s JOIN account a ON a.id = s.account_id JOIN credential c ON c.account_id = a.id
    WHERE s.token_hash = :hash AND s.ended_at IS NULL AND a.state = 'active'
      AND s.idle_until > records.clock() AND s.expires_at > records.clock()
""")
_BY_TOKEN = _about_person("""
    SELECT t.id AS token_id, t.scopes, :person,
      t.last_used_at IS NULL OR t.last_used_at < records.clock() - interval '1 minute' AS stale
    FROM api_token t JOIN account a ON a.id = t.account_id JOIN credential c ON c.account_id = a.id
    WHERE t.token_hash = :hash AND t.revoked_at IS NULL AND t.expires_at > records.clock() AND a.state = 'active'
""")
_BY_ACCOUNT = _about_person("""
    SELECT :person FROM account a JOIN credential c ON c.account_id = a.id
    WHERE a.id = :account_id AND a.state = 'active'
""")
_SEEN = text(
    "UPDATE sign_in SET last_seen_at = records.clock(),"
    " idle_until = least(expires_at, records.clock() + make_interval(secs => :idle)) WHERE id = :id"
)
_USED = text("UPDATE api_token SET last_used_at = records.clock() WHERE id = :id")


def actor_for_sign_in(token: str) -> Actor | None:
    """Return who holds the session, or None if it ended; notes once a minute that it is in use."""
    row = db.session.execute(_BY_SIGN_IN, {"hash": token_hash("sign-in", token)}).one_or_none()
    if row is None:
        return None
    if row.stale:
        idle = idle_time(frozenset(grant["role"] for grant in row.grants))
        db.session.execute(_SEEN, {"id": row.sign_in_id, "idle": idle.total_seconds()})
    return _actor(row, sign_in_id=row.sign_in_id)


def actor_for_token(token: str) -> Actor | None:
    """Return who holds the API token, with the token's scopes, or None."""
    row = db.session.execute(_BY_TOKEN, {"hash": token_hash("api-token", token)}).one_or_none()
    if row is None:
        return None
    if row.stale:
        db.session.execute(_USED, {"id": row.token_id})
    return _actor(row, token_scopes=frozenset(row.scopes), channel="api")


def actor_for_account(account_id: UUID, *, channel: str = "web") -> Actor | None:
    """Return the actor of an account in use: for jobs, the command line and the demo."""
    row = db.session.execute(_BY_ACCOUNT, {"account_id": account_id}).one_or_none()
    return None if row is None else _actor(row, channel=channel)


def idle_time(roles: frozenset[str]) -> timedelta:
    """Return how long a session may rest; officials have less."""
    return OFFICIAL_IDLE if is_official(roles) else OTHERS_IDLE


def _actor(row: Row[Any], **more: Any) -> Actor:
    return Actor(
        key=f"account/{row.account_id}",
        kind=ActorKind.ACCOUNT,
        grants=() if _must_act_first(row) else tuple(Grant(g["role"], g["lo"], g["hi"]) for g in row.grants),
        account_id=row.account_id,
        donor_id=next((UUID(g["donor"]) for g in row.grants if g["donor"]), None),
        **more,
    )


def _must_act_first(row: Row[Any]) -> bool:
    """An initial password is changed, and an official's second factor is set up, before any role works."""
    if row.has_initial_password:
        return True
    official = is_official(frozenset(Role(grant["role"]) for grant in row.grants))
    return official and current().totp_required and not row.has_second_factor
