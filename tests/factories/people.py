"""People for tests: accounts with roles, signed in or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import UUID

from accounts.models import Account, Role, RoleGrant
from accounts.queries import actor_for_account
from accounts.services import create_account, grant_role, open_sign_in
from core.db import db, unit_of_work
from core.policy import SYSTEM, Actor

PROVINCE = "45"
COUNTY = "451028"
TOWNSHIP = "451028100"
VILLAGE = "451028100200"
PASSWORD = "green hills and rice"
_numbers = count(1)

PLACES = {
    Role.VILLAGE_OFFICER: VILLAGE,
    Role.STATIONED_TEAM: VILLAGE,
    Role.TOWNSHIP_OFFICER: TOWNSHIP,
    Role.PROVINCE_OFFICER: PROVINCE,
    Role.SECURITY_ADMIN: "",
    Role.SYSTEM_ADMIN: "",
    Role.AUDITOR: "",
}


def make_account(username: str | None = None, **overrides: Any) -> UUID:
    """Open an account that can sign in with PASSWORD; return its id."""
    values = {"password": PASSWORD, "display_name": "Somebody"} | overrides
    with unit_of_work(SYSTEM):
        return create_account(username or f"person{next(_numbers)}", actor=SYSTEM, **values).id


def account_name(account_id: UUID) -> str:
    """Return the name that an account signs in with."""
    with unit_of_work(SYSTEM):
        return str(db.session.get_one(Account, account_id).username)


def make_grant(account_id: UUID, role: Role, region: str | None = None, **overrides: Any) -> UUID:
    """Give a role as the platform itself; return the grant's id."""
    place = PLACES.get(role, COUNTY) if region is None else region
    with unit_of_work(SYSTEM):
        account = db.session.get_one(Account, account_id)
        return grant_role(account, role, actor=SYSTEM, region_code=place, **overrides).id


def make_person(role: Role, region: str | None = None, *, username: str | None = None, **overrides: Any) -> UUID:
    """Open an account with one role; return its id."""
    account_id = make_account(username)
    make_grant(account_id, role, region, **overrides)
    return account_id


def actor_of(account_id: UUID) -> Actor:
    """Return the actor of an account."""
    with unit_of_work(SYSTEM):
        found = actor_for_account(account_id)
    assert found is not None
    return found


@contextmanager
def acting(account_id: UUID) -> Iterator[Actor]:
    """Open a unit of work of the account and yield its actor."""
    actor = actor_of(account_id)
    with unit_of_work(actor):
        yield actor


def sign_in(client: Any, account_id: UUID) -> Any:
    """Give the client a session of the account; return the client."""
    with unit_of_work(SYSTEM):
        token = open_sign_in(db.session.get_one(Account, account_id), agent="test")
    client.set_cookie("sign_in", token)
    return client


def grants_in(account_id: UUID) -> list[RoleGrant]:
    """Return the grants of an account."""
    with unit_of_work(SYSTEM):
        return list(db.session.query(RoleGrant).filter_by(account_id=account_id).order_by(RoleGrant.created_at))
