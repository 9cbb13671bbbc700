"""Taking the village register of a year in: one row is one village's sheet."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Boolean, Integer, Numeric, Text

from core.spreadsheets.cells import decimal, text, whole, year, yes_no
from core.spreadsheets.columns import Column, Layout
from core.spreadsheets.tables import Row
from registry.choices import RowFault, RowResult, SheetKind, Source, Terrain, VillageType
from registry.models import VillageProfile
from registry.policy import RegistryPermission
from registry.services.households import ensure_village
from registry.services.importing.household_layout import place_columns
from registry.services.importing.kinds import Kind, Ordered
from registry.services.importing.places import Places
from registry.services.importing.readers import WORDS, choice_of, words
from registry.services.importing.singly import OneByOne, changed_by, given
from registry.services.importing.worded import Worded
from registry.services.values import data_columns
from registry.services.village_register import save_village_profile

CHOICES = {"village_type": VillageType, "terrain": Terrain}
MOST = 10_000_000
MONEY = ("net_income_per_capita", "collective_income", "farm_stay_income")


@lru_cache(maxsize=1)
def village_layout() -> Layout:
    """Return the layout: places, the year, and what the model has."""
    worded = Worded(WORDS / "villages.json")
    headings = words("households")["headings"]
    places = {name: tuple(headings[name]) for name in ("village_code", "township", "village")}
    columns = (*place_columns(), *(_column(name, worded) for name in worded.headings))
    return Layout(columns, {**worded.headings, **places})


def _column(name: str, worded: Worded) -> Column:
    heading = worded.heading(name)
    if name == "year":
        return Column(name, heading, year, figure=True)
    if name in CHOICES:
        return Column(name, heading, choice_of(CHOICES[name], worded.choices(name)), options=CHOICES[name])
    if name in MONEY:
        return Column(name, heading, decimal(0, 10**11), figure=True, money=True)
    kind = data_columns(VillageProfile)[name].type
    if isinstance(kind, Integer):
        return Column(name, heading, whole(0, MOST), figure=True)
    if isinstance(kind, Numeric):
        return Column(name, heading, decimal(0, MOST), figure=True)
    if isinstance(kind, Boolean):
        return Column(name, heading, yes_no, yes_no=True)
    return Column(name, heading, text(200 if isinstance(kind, Text) else 40))


@dataclass
class VillageTaker(OneByOne):
    """Takes rows of the village register."""

    def compare(self, row: Row) -> None:
        of_year = row.values.get("year") or self.ordered.year
        self.once(row, "", RowFault.DOUBLE_IN_FILE, row.values["region_code"], of_year)

    def act(self, row: Row) -> RowResult:
        order, place = self.ordered, row.values["region_code"]
        of_year = row.values.get("year") or order.year
        if of_year is None:
            raise self.refuse(row, "year", RowFault.YEAR_MISSING)
        village = ensure_village(place, actor=order.actor)
        moved = changed_by(
            f"village/{place}",
            lambda: save_village_profile(
                village,
                of_year,
                given(row, NAMES),
                actor=order.actor,
                as_of=order.as_of,
                source=Source.IMPORT,
                permission=RegistryPermission.SHEET_IMPORT,
            ),
        )
        return RowResult.ADDED if moved else RowResult.UNCHANGED


def _taker(ordered: Ordered) -> VillageTaker:
    endings = tuple(words("households")["place_endings"])
    return VillageTaker(ordered, Places(ordered.actor, ordered.place, RegistryPermission.SHEET_IMPORT, endings))


NAMES = frozenset(Worded(WORDS / "villages.json").headings) - {"year"}
VILLAGES = Kind(SheetKind.VILLAGES, village_layout, RegistryPermission.SHEET_IMPORT, _taker)
