"""Taking members of households in: written down for the first time, or brought up to date by their ID number."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, select

from core.clock import today
from core.crypto import blind_index
from core.db import db
from core.spreadsheets.cells import Reader, day, narrow, text, whole, yes_no
from core.spreadsheets.columns import Column, Layout
from core.spreadsheets.reading import Cell
from core.spreadsheets.tables import Row
from registry.choices import (
    DisabilityType,
    Education,
    Health,
    IdType,
    Labour,
    PoliticalStatus,
    Relation,
    RowFault,
    RowResult,
    SchoolStatus,
    Sex,
    SheetKind,
    Source,
    WorkRegion,
)
from registry.models import Household, Member, Membership
from registry.policy import RegistryPermission
from registry.services.importing.household_layout import place_columns
from registry.services.importing.kinds import Kind, Ordered
from registry.services.importing.places import Places
from registry.services.importing.readers import WORDS, choice_of, choices_of, id_number, words
from registry.services.importing.singly import OneByOne, changed_by, given
from registry.services.importing.worded import Worded
from registry.services.members import add_member, change_member

CHOICES = {
    "relation_to_head": Relation,
    "id_type": IdType,
    "sex": Sex,
    "political_status": PoliticalStatus,
    "education_level": Education,
    "school_status": SchoolStatus,
    "disability_type": DisabilityType,
    "labour_ability": Labour,
    "work_region": WorkRegion,
}
TEXTS = {"ethnicity": 20, "dropout_reason": 200, "work_place": 100}
MONTHS = ("work_months", "job_months")
REQUIRED = ("household_no", "name", "relation_to_head")


def member_layout() -> Layout:
    """Return the layout; ID numbers are held against today's date."""
    return _layout(today())


@lru_cache(maxsize=2)
def _layout(_day: date) -> Layout:
    worded = Worded(WORDS / "members.json")
    headings = words("households")["headings"]
    places = {name: tuple(headings[name]) for name in ("village_code", "township", "village")}
    columns = (*place_columns(), *(_column(name, worded) for name in worded.headings))
    return Layout(columns, {**worded.headings, **places})


def _column(name: str, worded: Worded) -> Column:
    heading, required = worded.heading(name), name in REQUIRED
    if name in CHOICES:
        options = CHOICES[name]
        reader = choice_of(options, worded.choices(name))
        return Column(name, heading, reader, required=required, options=options)
    if name == "household_no":
        return Column(name, heading, text(30), required=True)
    if name == "name":
        return Column(name, heading, text(50, without_spaces=True), required=True)
    if name == "id_number":
        return Column(name, heading, id_number(certificates=True))
    if name == "birth_date":
        return Column(name, heading, day)
    if name == "health_status":
        return Column(name, heading, choices_of(Health, worded.choices(name), 3), options=Health)
    return _plain_column(name, worded)


def _plain_column(name: str, worded: Worded) -> Column:
    heading = worded.heading(name)
    if name in TEXTS:
        return Column(name, heading, text(TEXTS[name]))
    if name in MONTHS:
        return Column(name, heading, whole(0, 12), figure=True)
    if name == "disability_level":
        return Column(name, heading, _level(worded.table("levels")), figure=True)
    return Column(name, heading, yes_no, yes_no=True)


def _level(levels: dict[str, list[str]]) -> Reader:
    """Read the level of a disability: 1 to 4, as a figure or in words."""
    known = {word: number for number, found in levels.items() for word in found}
    number = whole(1, 4)

    def read(cell: Cell) -> int | None:
        return number(known.get(narrow(cell), cell))  # type: ignore[no-any-return]  # a reader of whole numbers

    return read


@dataclass
class MemberTaker(OneByOne):
    """Takes rows of members."""

    def compare(self, row: Row) -> None:
        """Hold the row against those before it: by the number, without one by household and name."""
        values = row.values
        number, person = values.get("id_number"), (values["region_code"], values["household_no"], values["name"])
        if number:
            self.once(row, "id_number", RowFault.PERSON_TWICE, number[:18])
        if ("unnumbered", *person) in self.seen or (not number and person in self.seen):
            row.refuse("name", RowFault.DOUBLE_IN_FILE)
        self.seen |= {person} if number else {person, ("unnumbered", *person)}

    def act(self, row: Row) -> RowResult:
        household = self._household(row)
        found = self._member(row, household)
        order, values = self.ordered, given(row, NAMES)
        if found is None:
            values.setdefault("id_type", IdType.RESIDENT_ID)
            add_member(
                household,
                values,
                actor=order.actor,
                valid_from=order.as_of,
                source=Source.IMPORT,
                permission=RegistryPermission.SHEET_IMPORT,
            )
            return RowResult.ADDED
        member = found
        moved = changed_by(
            f"household/{household.id}",
            lambda: change_member(
                member,
                values,
                actor=order.actor,
                valid_from=order.as_of,
                source=Source.IMPORT,
                permission=RegistryPermission.SHEET_IMPORT,
            ),
        )
        return RowResult.CHANGED if moved else RowResult.UNCHANGED

    def _household(self, row: Row) -> Household:
        place, number = row.values["region_code"], row.values["household_no"]
        found = db.session.scalar(
            select(Household).where(Household.region_code == place, Household.household_no == number)
        )
        if found is None:
            raise self.refuse(row, "household_no", RowFault.UNKNOWN_HOUSEHOLD)
        return found

    def _member(self, row: Row, household: Household) -> Member | None:
        """Return the member of the household that the row is about: by the number, without one by the name."""
        number = row.values.get("id_number")
        here = _members(household.id, self.ordered.as_of)
        if number:
            index = blind_index("household.id_number", number[:18])
            same = next((member for member in here if member.id_index == index), None)
            if same is None and _lives_elsewhere(index, household.id, self.ordered.as_of):
                raise self.refuse(row, "id_number", RowFault.MEMBER_ELSEWHERE)
            return same
        named = [member for member in here if member.name == row.values["name"]]
        return named[0] if len(named) == 1 else None


def _members(household_id: UUID, on: date) -> list[Member]:
    standing = _standing(on).where(Membership.household_id == household_id)
    return list(db.session.scalars(standing))


def _lives_elsewhere(index: bytes, household_id: UUID, on: date) -> bool:
    others = _standing(on).where(Member.id_index == index, Membership.household_id != household_id)
    return db.session.scalar(others.limit(1)) is not None


def _standing(on: date) -> Select[Member]:
    return (
        select(Member)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.superseded_by.is_(None), Membership.valid_from <= on)
        .where(Membership.valid_to.is_(None) | (Membership.valid_to > on))
    )


def _taker(ordered: Ordered) -> MemberTaker:
    endings = tuple(words("households")["place_endings"])
    return MemberTaker(ordered, Places(ordered.actor, ordered.place, RegistryPermission.SHEET_IMPORT, endings))


NAMES = frozenset(Worded(WORDS / "members.json").headings) - {"household_no"}
MEMBERS = Kind(SheetKind.MEMBERS, member_layout, RegistryPermission.SHEET_IMPORT, _taker)
