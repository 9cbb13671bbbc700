"""Who holds a role by relation in somebody's places: the persons that a pairing may be given to."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, Select, or_, select

from accounts.models import Account, AccountState, Role, RoleGrant
from accounts.queries.lists import escaped, grants_in_force
from core.db import db
from core.policy import Actor
from core.scope import scope_clause


@dataclass(frozen=True)
class Holder:
    """An account in use with the role that it holds now and the place of its office."""

    account_id: UUID
    name: str
    unit_name: str
    role: Role
    region_code: str


def holders_in_scope(actor: Actor, *roles: Role, text: str = "", limit: int = 20) -> list[Holder]:
    """Return who holds one of the roles in the actor's places now, by unit and name; `text` is a part of either."""
    query = _holders(actor, *roles)
    if text.strip():
        pattern = f"%{escaped(text.strip())}%"
        named = (Account.display_name, Account.unit_name, Account.username)
        query = query.where(or_(*(column.ilike(pattern) for column in named)))
    rows = db.session.execute(query.order_by(Account.unit_name, Account.display_name, Account.id).limit(limit))
    return [_holder(row) for row in rows]


def find_holder(actor: Actor, account_id: UUID, *roles: Role) -> Holder | None:
    """Return the account's role if it holds one of these in the actor's places now, else None."""
    row = db.session.execute(_holders(actor, *roles).where(Account.id == account_id).limit(1)).one_or_none()
    return None if row is None else _holder(row)


def _holders(actor: Actor, *roles: Role) -> Select[UUID, str, str, Role, str]:
    return (
        select(Account.id, Account.display_name, Account.unit_name, RoleGrant.role, RoleGrant.region_code)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(Account.state == AccountState.ACTIVE, RoleGrant.role.in_(roles), *grants_in_force())
        .where(scope_clause(RoleGrant, actor))
        .distinct()
    )


def _holder(row: Row[UUID, str, str, Role, str]) -> Holder:
    account_id, name, unit_name, role, region_code = row
    return Holder(account_id, name, unit_name, role, region_code)
