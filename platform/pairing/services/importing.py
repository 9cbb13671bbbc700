"""Taking pairings in: which cadre or unit is the first helper of which household.

A household that has another first helper already is refused: handing over is a decision with a day and a reason.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from accounts.models import Account
from accounts.queries import find_holder, holders_in_scope
from core.clock import today
from core.db import db
from core.spreadsheets.cells import day, text
from core.spreadsheets.columns import Column, Layout
from core.spreadsheets.tables import Row
from pairing.choices import LinkKind, UnitLevel
from pairing.policy import PairingPermission
from pairing.queries import find_pairing, first_link
from pairing.services.choosing import ROLE_OF
from pairing.services.first import assign_primary
from registry.choices import RowFault, RowResult, SheetKind
from registry.models import Household
from registry.queries import subject_of
from registry.services.importing import Kind, Ordered
from registry.services.importing.household_layout import place_columns
from registry.services.importing.places import Places
from registry.services.importing.readers import choice_of, words
from registry.services.importing.singly import OneByOne
from registry.services.importing.worded import Worded

WORDS = Path(__file__).with_suffix(".json")
MOST_NAMESAKES = 20


@lru_cache(maxsize=1)
def pairing_layout() -> Layout:
    """Return the layout of a sheet of pairings."""
    worded = Worded(WORDS)
    known = words("households")["headings"]
    places = {name: tuple(known[name]) for name in ("village_code", "township", "village")}
    columns = (*place_columns(), *(_column(name, worded) for name in worded.headings))
    return Layout(columns, {**worded.headings, **places})


def _column(name: str, worded: Worded) -> Column:
    heading = worded.heading(name)
    if name == "household_no":
        return Column(name, heading, text(30), required=True)
    if name == "kind":
        return Column(name, heading, choice_of(LinkKind, worded.choices(name)), options=LinkKind)
    if name == "unit_level":
        return Column(name, heading, choice_of(UnitLevel, worded.choices(name)), options=UnitLevel)
    if name == "starts_on":
        return Column(name, heading, day)
    return Column(name, heading, text(80, without_spaces=name != "unit_name"))


@dataclass
class PairingTaker(OneByOne):
    """Takes rows of pairings."""

    def compare(self, row: Row) -> None:
        values = row.values
        self.once(row, "household_no", RowFault.DOUBLE_IN_FILE, values["region_code"], values["household_no"])

    def act(self, row: Row) -> RowResult:
        household = self._household(row)
        kind = LinkKind(row.values.get("kind") or LinkKind.CADRE)
        account_id = self._helper(row, kind)
        subject, values = subject_of(household), row.values
        standing = find_pairing(subject)
        if standing is not None:
            first = first_link(standing.id, today())
            if first is not None and first.account_id == account_id:
                return RowResult.UNCHANGED
            raise self.refuse(row, "household_no", RowFault.ALREADY_PAIRED)
        assign_primary(
            subject,
            actor=self.ordered.actor,
            account_id=account_id,
            kind=kind,
            unit_name=values.get("unit_name") or "",
            unit_level=UnitLevel(values["unit_level"]) if values.get("unit_level") else None,
            starts_on=values.get("starts_on"),
        )
        return RowResult.ADDED

    def _household(self, row: Row) -> Household:
        place, number = row.values["region_code"], row.values["household_no"]
        found = db.session.scalar(
            select(Household).where(Household.region_code == place, Household.household_no == number)
        )
        if found is None:
            raise self.refuse(row, "household_no", RowFault.UNKNOWN_HOUSEHOLD)
        return found

    def _helper(self, row: Row, kind: LinkKind) -> UUID:
        """Return the account: by its name for signing in, else by person and unit if that is one only."""
        found = self._by_account(row, kind) if row.values.get("username") else self._by_name(row, kind)
        if found is None:
            raise self.refuse(row, "username" if row.values.get("username") else "helper", RowFault.UNKNOWN_ACCOUNT)
        return found

    def _by_account(self, row: Row, kind: LinkKind) -> UUID | None:
        account_id = db.session.scalar(select(Account.id).where(Account.username == row.values["username"]))
        if account_id is None or kind not in ROLE_OF:
            return None
        holder = find_holder(self.ordered.actor, account_id, ROLE_OF[kind])
        return None if holder is None else holder.account_id

    def _by_name(self, row: Row, kind: LinkKind) -> UUID | None:
        name, unit = row.values.get("helper"), row.values.get("unit_name")
        if kind not in ROLE_OF or not (name or (unit and kind is LinkKind.UNIT)):
            return None
        near = holders_in_scope(self.ordered.actor, ROLE_OF[kind], text=name or unit or "", limit=MOST_NAMESAKES)
        same = [one for one in near if (not name or one.name == name) and (not unit or one.unit_name in ("", unit))]
        return same[0].account_id if len({one.account_id for one in same}) == 1 else None


def _taker(ordered: Ordered) -> PairingTaker:
    endings = tuple(words("households")["place_endings"])
    return PairingTaker(ordered, Places(ordered.actor, ordered.place, PairingPermission.PAIRING_ASSIGN, endings))


PAIRINGS = Kind(SheetKind.PAIRINGS, pairing_layout, PairingPermission.PAIRING_ASSIGN, _taker)
