"""`jiedui keys` and `jiedui erasure`: rotating the encryption key, and erasing a household by two persons."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click

from accounts.queries import actor_for_account, find_account_by_username
from core.cli import as_json, connect
from core.crypto.rotating import rewrap_subjects, subjects_left, values_under_older_keys
from core.db import unit_of_work
from core.errors import NotFound
from core.i18n import _l
from core.policy import SYSTEM, Actor
from registry.choices import ErasureReason
from registry.queries import erasures_to_decide, get_household, get_order
from registry.services import agree_erasure, ask_erasure
from web.composition import wire


@click.group("keys")
def keys() -> None:
    """The keys that encrypt personal values."""


@keys.command("rewrap")
@as_json
def rewrap(*, as_json: bool) -> None:
    """Wrap every subject's key under the first of ENCRYPTION_KEYS. May be cut off and run again."""
    connect()
    wire()
    with unit_of_work(SYSTEM):
        total = subjects_left()
    with click.progressbar(length=total, label="Wrapping", file=sys.stderr, hidden=as_json) as bar:
        done = 0
        for count in _batches():
            bar.update(count)
            done += count
    with unit_of_work(SYSTEM):
        left, values = subjects_left(), values_under_older_keys()
    facts = {"rewrapped": done, "left": left, "values_under_older_keys": values}
    click.echo(json.dumps(facts) if as_json else _said(done, left, sum(values.values())))


def _batches() -> Iterator[int]:
    """Yield how many keys each transaction wrapped, until there is none left."""
    while True:
        with unit_of_work(SYSTEM):
            count = rewrap_subjects()
        if not count:
            return
        yield count


def _said(done: int, left: int, values: int) -> str:
    older = f"{values} encrypted values still need an older key: keep it." if values else "No value needs an older key."
    return f"{done} keys wrapped anew, {left} left. {older}"


@click.group("erasure")
def erasure() -> None:
    """Erase the particulars of a household: one official asks, another agrees."""


@contextmanager
def _acting(username: str) -> Iterator[Actor]:
    """Connect, and open one transaction in the name of an account."""
    connect()
    wire()
    with unit_of_work(SYSTEM):
        account = find_account_by_username(username)
        actor = None if account is None else actor_for_account(account.id, channel="cli")
    if actor is None:
        raise NotFound(_l("There is no account “%(username)s” in use.", username=username))
    with unit_of_work(actor):
        yield actor


@erasure.command("ask")
@click.argument("household_id", type=click.UUID)
@click.option("--reason", type=click.Choice([reason.value for reason in ErasureReason]), required=True)
@click.option("--by", required=True, help="User name of the official who asks.")
@as_json
def ask(household_id: UUID, reason: str, by: str, *, as_json: bool) -> None:
    """Ask that a household's particulars be erased."""
    with _acting(by) as actor:
        order = ask_erasure(get_household(actor, household_id), actor=actor, reason=ErasureReason(reason))
        facts = {"id": str(order.id), "state": order.stage.value}
    click.echo(json.dumps(facts) if as_json else f"Asked. To erase, another official agrees: erasure agree {order.id}")


@erasure.command("agree")
@click.argument("order_id", type=click.UUID)
@click.option("--by", required=True, help="User name of the second official.")
@as_json
def agree(order_id: UUID, by: str, *, as_json: bool) -> None:
    """Agree as the second official, and erase."""
    with _acting(by) as actor:
        household = agree_erasure(get_order(actor, order_id), actor=actor)
        facts = {"id": str(order_id), "household_id": str(household.id), "state": "done"}
    click.echo(json.dumps(facts) if as_json else "Erased. The records still verify.")


@erasure.command("list")
@click.option("--by", required=True, help="User name of an official of the place.")
@as_json
def orders(by: str, *, as_json: bool) -> None:
    """List the orders that wait for a second official."""
    with _acting(by) as actor:
        rows = [
            {"id": str(order.id), "household_id": str(household.id), "reason": order.reason.value}
            for order, household in erasures_to_decide(actor)
        ]
    click.echo(json.dumps({"items": rows}) if as_json else "\n".join(f"{row['id']} {row['reason']}" for row in rows))


commands: list[click.Command] = [keys, erasure]
