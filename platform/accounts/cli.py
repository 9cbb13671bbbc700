"""`jiedui accounts`: open accounts, give and take roles, make tokens, from the server itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import click

from accounts.models import Account, Role
from accounts.queries import actor_for_account, find_account_by_username, get_grant, grants_of
from accounts.services import (
    appoint_first_admin,
    approve_grant,
    create_account,
    grant_role,
    let_in_without_second_factor,
    make_token,
    new_initial_password,
    reset_password,
    revoke_grant,
)
from accounts.services.relations import install_roles
from core.cli import connect
from core.db import db, unit_of_work
from core.errors import NotFound, NotValid, Refused
from core.i18n import _l
from core.policy import SYSTEM, Actor

_ROLE = click.Choice([str(role) for role in Role if role not in {Role.HOUSEHOLD, Role.ANONYMOUS, Role.SYSTEM}])
_JSON = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


@click.group()
def accounts() -> None:
    """Accounts, roles and tokens."""


commands: list[click.Command] = [accounts]


@contextmanager
def _work() -> Iterator[None]:
    """Connect, install the role table, and run one transaction as the platform itself."""
    connect()
    install_roles()
    with unit_of_work(SYSTEM):
        yield


def _say(as_json: bool, words: str, **facts: Any) -> None:
    click.echo(json.dumps(facts, default=str, ensure_ascii=False) if as_json else words)


def _readable(refusal: NotValid) -> Refused:
    """Return the refusal with its fields in one line, for standard error."""
    found = "; ".join(f"{name}: {', '.join(str(words) for words in said)}" for name, said in refusal.errors.items())
    return Refused(found or refusal.detail, code=refusal.code)


def _account(username: str) -> Account:
    found = find_account_by_username(username)
    if found is None:
        raise NotFound(_l("There is no account “%(username)s”.", username=username))
    return found


def _acting(username: str) -> Actor:
    found = actor_for_account(_account(username).id, channel="cli")
    if found is None:
        raise Refused(_l("The account “%(username)s” is switched off.", username=username), code="account_disabled")
    return found


@accounts.command("create")
@click.argument("username")
@click.option("--name", default="", help="Name of the person.")
@click.option("--unit", default="", help="Name of the unit.")
@click.option("--email", default=None)
@click.option("--phone", default=None)
@click.option(
    "--password", default=None, help="Else an initial password is made and printed; its owner must change it."
)
@_JSON
def create(
    username: str, name: str, unit: str, email: str | None, phone: str | None, password: str | None, *, as_json: bool
) -> None:
    """Open an account without any role."""
    initial = None if password else new_initial_password()
    with _work():
        try:
            account = create_account(
                username,
                actor=SYSTEM,
                display_name=name,
                unit_name=unit,
                email=email,
                phone=phone,
                password=password,
                initial_password=initial,
            )
        except NotValid as refusal:
            raise _readable(refusal) from refusal
    words = f"{account.username} opened." + (f" Initial password: {initial}" if initial else "")
    _say(as_json, words, username=account.username, id=account.id, initial_password=initial)


@accounts.command("grant")
@click.argument("username")
@click.argument("role", type=_ROLE)
@click.option("--region", default="", help="Code or prefix of the place; empty is the whole country.")
@click.option("--donor", type=click.UUID, default=None, help="The donor, for roles of donors.")
@click.option("--by", default="", help="User name of who gives the role; not needed for the first security_admin.")
@click.option("--approved-by", default="", help="User name of the second person, at county level and above.")
@_JSON
def grant(
    username: str, role: str, region: str, donor: UUID | None, by: str, approved_by: str, *, as_json: bool
) -> None:
    """Give a role in the name of an account; the first security administrator is appointed without one."""
    with _work():
        try:
            given = _grant(_account(username), Role(role), region=region, donor=donor, by=by)
        except NotValid as refusal:
            raise _readable(refusal) from refusal
        if approved_by:
            db.session.flush()  # the proposal comes before the agreement
            approve_grant(given, actor=_acting(approved_by))
        answer = {"id": given.id, "username": username, "role": role, "region": given.region_code, "state": given.stage}
    _say(as_json, f"{role} for {username}: {given.stage}", **answer)


def _grant(account: Account, role: Role, *, region: str, donor: UUID | None, by: str) -> Any:
    if by:
        return grant_role(account, role, actor=_acting(by), region_code=region, donor_id=donor)
    if role is Role.SECURITY_ADMIN:
        return appoint_first_admin(account, region_code=region)
    raise Refused(_l("Name who gives the role: --by USERNAME"), code="giver_missing")


@accounts.command("approve")
@click.argument("grant_id", type=click.UUID)
@click.option("--by", required=True, help="User name of the second person.")
@_JSON
def approve(grant_id: UUID, by: str, *, as_json: bool) -> None:
    """Agree to a proposed role in the name of an account."""
    with _work():
        found = get_grant(SYSTEM, grant_id)
        approve_grant(found, actor=_acting(by))
    _say(as_json, f"{found.role}: {found.stage}", id=grant_id, state=found.stage)


@accounts.command("revoke")
@click.argument("username")
@click.argument("role", type=_ROLE)
@click.option("--region", default="", help="Only the role for this place.")
@click.option("--reason", required=True)
@click.option("--by", default="", help="User name of who takes the role back; without it the operator does.")
@_JSON
def revoke(username: str, role: str, region: str, reason: str, by: str, *, as_json: bool) -> None:
    """Take a role back; it ends at the holder's next request."""
    with _work():
        account = _account(username)
        actor = _acting(by) if by else SYSTEM
        found = [
            row
            for row in grants_of([account.id])[account.id]
            if row.role == role and row.stage != "revoked" and row.region_code.startswith(region)
        ]
        if not found:
            raise NotFound(_l("This account does not hold that role."))
        for row in found:
            revoke_grant(row, actor=actor, reason=reason)
    _say(as_json, f"{role} taken back from {username}", username=username, role=role, revoked=len(found))


@accounts.command("token")
@click.argument("username")
@click.option("--name", default="command line", help="What the token is for.")
@click.option("--scope", "scopes", multiple=True, default=("all",), help="all, read, or a permission; may be repeated.")
@_JSON
def token(username: str, name: str, scopes: tuple[str, ...], *, as_json: bool) -> None:
    """Make an API token and print it; it cannot be read again."""
    with _work():
        try:
            row, secret = make_token(_account(username), name=name, scopes=scopes)
        except NotValid as refusal:
            raise _readable(refusal) from refusal
    _say(as_json, secret, token=secret, scopes=row.scopes, expires_at=row.expires_at)


@accounts.command("password")
@click.argument("username")
@_JSON
def password(username: str, *, as_json: bool) -> None:
    """Give an account a new initial password and print it; its owner must change it."""
    with _work():
        initial = reset_password(_account(username), actor=SYSTEM)
    _say(as_json, initial, username=username, initial_password=initial)


@accounts.command("remove-second-factor")
@click.argument("username")
@_JSON
def drop_second_factor(username: str, *, as_json: bool) -> None:
    """Take a lost second factor off where no two persons are left to do it in the pages."""
    with _work():
        let_in_without_second_factor(_account(username), actor=SYSTEM)
    _say(as_json, f"{username} signs in without a second factor.", username=username)
