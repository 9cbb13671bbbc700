"""Accounts, grants, sessions and tokens as pages and upper packages need them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, cast, exists, func, or_, select, text

from accounts.models import (
    Account,
    AccountState,
    ApiToken,
    GrantStage,
    Role,
    RoleGrant,
    SignIn,
)
from accounts.policy import AccountPermission, is_official
from core.clock import now, today
from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, ActorKind, can, require
from core.scope import scope_clause


@dataclass(frozen=True)
class OfficeRef:
    """A role and its place: what public pages show instead of a name."""

    role: Role
    region_code: str


def grants_in_force() -> tuple[Any, ...]:
    """Return the conditions under which a grant counts today."""
    day = today()
    return (
        RoleGrant.stage == GrantStage.ACTIVE,
        RoleGrant.valid_from <= day,
        or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= day),
    )


def accounts_with_role(role: Role, region_code: str) -> list[UUID]:
    """Return the accounts in use that hold the role for the place now."""
    query = (
        select(RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role == role, Account.state == AccountState.ACTIVE, *grants_in_force())
        .where(
            or_(
                (RoleGrant.lo <= region_code) & (RoleGrant.hi > region_code),
                (RoleGrant.lo == "") & (RoleGrant.region_code == region_code),
            )
        )
        .distinct()
        .order_by(RoleGrant.account_id)
    )
    return list(db.session.scalars(query))


def accounts_of_donor(donor_id: UUID, *roles: Role) -> list[UUID]:
    """Return the accounts in use that act for a donor, by default heads and members."""
    query = (
        select(RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.donor_id == donor_id,
            Account.state == AccountState.ACTIVE,
            *grants_in_force(),
        )
        .where(RoleGrant.role.in_(roles or (Role.DONOR_ADMIN, Role.DONOR_MEMBER)))
        .distinct()
        .order_by(RoleGrant.account_id)
    )
    return list(db.session.scalars(query))


def display_office(account_id: UUID) -> OfficeRef | None:
    """Return the first role that the account held or holds, with its place; None without any."""
    query = (
        select(RoleGrant.role, RoleGrant.region_code)
        .where(RoleGrant.account_id == account_id, RoleGrant.stage != GrantStage.PENDING)
        .order_by(RoleGrant.stage, RoleGrant.valid_from, RoleGrant.created_at, RoleGrant.id)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else OfficeRef(row.role, row.region_code)


def counties_with_officers() -> list[str]:
    """Return the 12-digit codes of the counties that have an officer now, in order."""
    query = select(RoleGrant.region_code).where(RoleGrant.role == Role.COUNTY_OFFICER, *grants_in_force())
    return list(db.session.scalars(query.distinct().order_by(RoleGrant.region_code)))


def find_account_by_username(username: str) -> Account | None:
    """Return the account of a name, whatever its capitals, or None."""
    return db.session.scalars(
        select(Account).where(func.lower(Account.username) == username.strip().lower())
    ).one_or_none()


def get_account(actor: Actor, account_id: UUID) -> Account:
    """Return the account if it is the actor's own or in his reach, else raise NotFound."""
    account = db.session.get(Account, account_id)
    if account is None or not is_visible(actor, account):
        raise NotFound
    return account


def is_visible(actor: Actor, account: Account) -> bool:
    """Return whether the actor may look at the account's page."""
    if actor.kind is ActorKind.SYSTEM or account.id == actor.account_id:
        return True
    return can(actor, AccountPermission.ACCOUNT_READ, account)


def is_in_scope(actor: Actor, account_id: UUID) -> bool:
    """Return whether the account holds, held, or is proposed for a role inside the actor's ranges or donor."""
    clause = _reached(actor)
    return bool(db.session.scalar(select(exists().where(RoleGrant.account_id == account_id, clause))))


def _reached(actor: Actor) -> Any:
    inside = scope_clause(RoleGrant, actor)
    if actor.donor_id is not None:
        return or_(inside, RoleGrant.donor_id == actor.donor_id)
    return or_(inside, RoleGrant.donor_id.is_not(None)) if actor.has_role(Role.SECURITY_ADMIN) else inside


def standing_grants(account_id: UUID) -> list[RoleGrant]:
    """Return the grants of an account that are in force, proposed, or begin later."""
    query = select(RoleGrant).where(RoleGrant.account_id == account_id, RoleGrant.stage != GrantStage.REVOKED)
    day = today()
    return [grant for grant in db.session.scalars(query) if grant.valid_to is None or grant.valid_to >= day]


def holds_office(account_id: UUID) -> bool:
    """Return whether the account holds the role of an official, or is to hold it."""
    return is_official(frozenset(grant.role for grant in standing_grants(account_id)))


def has_no_role(account_id: UUID) -> bool:
    """Return whether the account never held a role."""
    return not db.session.scalar(select(exists().where(RoleGrant.account_id == account_id)))


def accounts_in_scope(actor: Actor, *, search: str = "", cursor: str | None = None, limit: int = 20) -> Page[Account]:
    """Return a page of the accounts that the actor answers for, by user name."""
    require(actor, AccountPermission.ACCOUNT_READ)
    query: Select[Any] = select(Account).where(answered_for(actor))
    if search.strip():
        pattern = f"%{escaped(search.strip())}%"
        query = query.where(or_(Account.username.ilike(pattern), Account.display_name.ilike(pattern)))
    after = decode_cursor(cursor, str)
    if after is not None:
        query = query.where(func.lower(Account.username) > after[0])
    rows = list(db.session.scalars(query.order_by(func.lower(Account.username)).limit(limit + 1)))
    return make_page(rows, limit, lambda account: encode_cursor(account.username.lower()))


def answered_for(actor: Actor) -> Any:
    """Return the condition that an account holds a role in the actor's reach, or none at all."""
    return or_(exists().where(RoleGrant.account_id == Account.id, _reached(actor)), _has_no_role(actor))


def _has_no_role(actor: Actor) -> Any:
    """Accounts without any role belong to the security administrators, who hand out the first one."""
    if not actor.has_role(Role.SECURITY_ADMIN):
        return text("false")
    return ~exists().where(RoleGrant.account_id == Account.id)


def escaped(words: str) -> str:
    """Return the words for a LIKE pattern, its signs taken as they are."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def get_grant(actor: Actor, grant_id: UUID) -> RoleGrant:
    """Return the grant if the actor may look at its account, else raise NotFound."""
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None:
        raise NotFound
    get_account(actor, grant.account_id)
    return grant


def grants_of(account_ids: Iterable[UUID]) -> dict[UUID, list[RoleGrant]]:
    """Return the grants of each account, those in force first."""
    ids = list(account_ids)
    query = (
        select(RoleGrant)
        .where(RoleGrant.account_id.in_(ids))
        .order_by(cast(RoleGrant.stage, Text), RoleGrant.valid_from.desc(), RoleGrant.id)
    )
    found: dict[UUID, list[RoleGrant]] = {account_id: [] for account_id in ids}
    for grant in db.session.scalars(query):
        found[grant.account_id].append(grant)
    return found


def pending_grants(actor: Actor) -> Sequence[tuple[RoleGrant, Account]]:
    """Return the grants that wait for a second person in the actor's reach, oldest first."""
    query = (
        select(RoleGrant, Account)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.stage == GrantStage.PENDING, scope_clause(RoleGrant, actor))
        .order_by(RoleGrant.created_at, RoleGrant.id)
        .limit(100)
    )
    return [(grant, account) for grant, account in db.session.execute(query)]


def sign_ins_of(account_id: UUID) -> Sequence[SignIn]:
    """Return the sessions that are open now, the last used first."""
    moment: datetime = now()
    query = select(SignIn).where(
        SignIn.account_id == account_id,
        SignIn.ended_at.is_(None),
        SignIn.expires_at > moment,
        SignIn.idle_until > moment,
    )
    return list(db.session.scalars(query.order_by(SignIn.last_seen_at.desc(), SignIn.id)))


def tokens_of(account_id: UUID) -> Sequence[ApiToken]:
    """Return the tokens that still work, newest first."""
    query = select(ApiToken).where(
        ApiToken.account_id == account_id,
        ApiToken.revoked_at.is_(None),
        ApiToken.expires_at > now(),
    )
    return list(db.session.scalars(query.order_by(ApiToken.created_at.desc(), ApiToken.id)))
