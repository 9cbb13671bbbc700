"""Taking households in: who is new, who is on file already and the same, who has changed."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text

from core.arrays import ByteStrings, Texts
from core.clock import today
from core.crypto import blind_index
from core.db import db
from core.spreadsheets.tables import Row
from registry.choices import Cause, RowFault, RowResult, SheetKind
from registry.policy import RegistryPermission
from registry.services.importing.bulk import write_households
from registry.services.importing.household_layout import household_layout
from registry.services.importing.kinds import Kind, Ordered, good
from registry.services.importing.places import Places
from registry.services.importing.readers import words
from registry.services.importing.updating import members_on_file, standing_profiles, update_household

ID_INDEX = "household.id_number"

# Each key is looked up by its index, by a plan of the moment: inside the import's own transaction the planner knows no
# statistics yet, and a plan that was made for empty tables would stay. The checks of foreign keys keep their plans.
# OFFSET 0 keeps the condition of a partial index out of its reach: without statistics it would walk through all of it.
BY_INDEX = text(
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),"
    " set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true),"
    " set_config('plan_cache_mode', 'force_custom_plan', true)"
)
AS_BEFORE = text("SELECT set_config('plan_cache_mode', 'auto', true)")
_BY_NUMBER = text("""
SELECT h.id, h.region_code, h.household_no, h.id_index, h.size,
    h.ended_on IS NOT NULL OR h.erased_at IS NOT NULL AS closed
FROM household h
JOIN unnest(CAST(:places AS text[]), CAST(:numbers AS text[])) AS w (place, number)
ON h.region_code = w.place AND h.household_no = w.number
""")
_PERSONS = text("""
SELECT w.id_index, s.household_id FROM unnest(CAST(:indexes AS bytea[])) AS w (id_index)
JOIN member m ON m.id_index = w.id_index CROSS JOIN LATERAL (
    SELECT household_id, superseded_by, valid_to FROM membership WHERE member_id = m.id OFFSET 0
) AS s
WHERE s.superseded_by IS NULL AND (s.valid_to IS NULL OR s.valid_to > :day)
UNION ALL
SELECT w.id_index, h.id FROM unnest(CAST(:indexes AS bytea[])) AS w (id_index)
JOIN household h ON h.id_index = w.id_index
""")


@dataclass
class Standing:
    """A household as it is on file."""

    id: UUID
    id_index: bytes
    size: int
    closed: bool


@dataclass
class HouseholdTaker:
    """Takes rows of households; remembers what the file has brought so far."""

    ordered: Ordered
    places: Places
    seen_numbers: set[tuple[str, str]] = field(default_factory=set)
    seen_persons: set[bytes] = field(default_factory=set)

    def take(self, rows: list[Row], *, write: bool) -> list[RowResult]:
        self.remember(rows)
        fine = good(rows)
        standing, persons = self._on_file(fine)
        for row in fine:
            self._compare(row, standing.get(_key(row)), persons.get(row.values["id_index"], set()))
        self._refuse_small(good(fine), standing)
        fine = good(fine)
        new = [row.values for row in fine if _key(row) not in standing]
        changed = self._changed([row for row in fine if _key(row) in standing], standing, write=write)
        if write and new:
            write_households(new, self.ordered)
        return [changed.get(id(row), RowResult.ADDED) for row in fine]

    def remember(self, rows: list[Row]) -> None:
        for row in rows:
            self._check(row)

    def _changed(
        self, rows: list[Row], standing: dict[tuple[str, str], Standing], *, write: bool
    ) -> dict[int, RowResult]:
        """Bring households up to date that are on file; return by the row's identity what became of each."""
        if not rows:
            return {}
        found = {id(row): standing[_key(row)] for row in rows}
        profiles = standing_profiles({one.id for one in found.values()}, rows[0].values, self.ordered)
        on_file = {key: profiles.get(one.id, {}) | {"size": one.size} for key, one in found.items()}
        return {
            id(row): update_household(found[id(row)].id, row.values, on_file[id(row)], self.ordered, write=write)
            for row in rows
        }

    def _refuse_small(self, rows: list[Row], standing: dict[tuple[str, str], Standing]) -> None:
        """Refuse a size that would leave no room for members on file."""
        smaller = {
            standing[_key(row)].id: row
            for row in rows
            if _key(row) in standing and (row.values.get("size") or 30) < standing[_key(row)].size
        }
        for household_id, members in members_on_file(smaller).items():
            if smaller[household_id].values["size"] < members:
                smaller[household_id].refuse("size", RowFault.FEWER_THAN_MEMBERS)

    def _check(self, row: Row) -> None:
        """See whether the row fits to itself and to the rows before it."""
        values = row.values
        values["region_code"] = self.places.find(row)
        if values.get("main_cause") and values["main_cause"] in (values.get("other_causes") or ()):
            row.refuse("other_causes", RowFault.CAUSES_REPEAT)
        if _names_another(values) and not values.get("cause_note"):
            row.refuse("main_cause", RowFault.CAUSE_UNEXPLAINED)
        if row.faults:
            return
        values["id_index"] = blind_index(ID_INDEX, values["id_number"])
        if _key(row) in self.seen_numbers:
            row.refuse("household_no", RowFault.DOUBLE_IN_FILE)
        elif values["id_index"] in self.seen_persons:
            row.refuse("id_number", RowFault.PERSON_TWICE)
        self.seen_numbers.add(_key(row))
        self.seen_persons.add(values["id_index"])

    def _on_file(self, rows: list[Row]) -> tuple[dict[tuple[str, str], Standing], dict[bytes, set[UUID]]]:
        db.session.execute(BY_INDEX)
        keys = [_key(row) for row in rows]
        asked = {"places": Texts(place for place, _ in keys), "numbers": Texts(number for _, number in keys)}
        standing = {
            (found.region_code, found.household_no): Standing(found.id, bytes(found.id_index), found.size, found.closed)
            for found in db.session.execute(_BY_NUMBER, asked)
        }
        persons: dict[bytes, set[UUID]] = {}
        indexes = ByteStrings(row.values["id_index"] for row in rows)
        for found in db.session.execute(_PERSONS, {"indexes": indexes, "day": today()}):
            persons.setdefault(bytes(found.id_index), set()).add(found.household_id)
        db.session.execute(AS_BEFORE)
        return standing, persons

    def _compare(self, row: Row, standing: Standing | None, homes: set[UUID]) -> None:
        if standing is not None and standing.closed:
            row.refuse("household_no", RowFault.HOUSEHOLD_CLOSED)
        elif standing is not None and standing.id_index != row.values["id_index"]:
            row.refuse("id_number", RowFault.HEAD_DIFFERS)
        elif homes - ({standing.id} if standing else set()):
            row.refuse("id_number", RowFault.PERSON_ON_FILE)


def _key(row: Row) -> tuple[str, str]:
    return row.values["region_code"], row.values["household_no"]


def _names_another(values: dict[str, Any]) -> bool:
    return Cause.OTHER in (values.get("main_cause"), *(values.get("other_causes") or ()))


def _taker(ordered: Ordered) -> HouseholdTaker:
    endings = tuple(words("households")["place_endings"])
    permission = RegistryPermission.SHEET_IMPORT
    return HouseholdTaker(ordered, Places(ordered.actor, ordered.place, permission, endings))


HOUSEHOLDS = Kind(SheetKind.HOUSEHOLDS, household_layout, RegistryPermission.SHEET_IMPORT, _taker)
