"""Who is told of a pledge or a delivery. A demo's past tells nobody."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from accounts.models import Role
from accounts.queries import accounts_of_donor, accounts_with_role
from accounts.services import MessageKind, notify
from core.db import db
from needs.models import Need
from pairing.queries import cadre_accounts
from pledges.models import Delivery, Pledge


def deciders_of(pledge: Pledge) -> list[UUID]:
    """Return the accounts that decide first: the cadre, for a village its officers as well."""
    found = cadre_accounts(pledge.pairing_id)
    if pledge.subject.startswith("village/"):
        found += accounts_with_role(Role.VILLAGE_OFFICER, pledge.region_code)
    return found


def givers_of(row: Pledge | Delivery) -> list[UUID]:
    """Return the accounts of who gives."""
    if row.donor_id is not None:
        return accounts_of_donor(row.donor_id)
    return [row.unit_account_id] if row.unit_account_id else []


def tell(accounts: Iterable[UUID], kind: MessageKind, row: Pledge | Delivery, *, due_on: date | None = None) -> None:
    """Send one of the five messages about a pledge or a delivery."""
    if "moved_clock" in db.session.info:
        return
    need = db.session.get_one(Need, row.need_id)
    folder = "pledges" if isinstance(row, Pledge) else "deliveries"
    notify(accounts, kind, link=f"/desk/{folder}/{row.id}", title=need.title, due_on=due_on)
