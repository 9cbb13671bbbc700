"""What is written down about a village's households as the years go on: incomes in January, school in September."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from core.clock import local_day
from core.db import Base, db
from core.policy import Actor
from registry.choices import (
    ClearingMethod,
    IncomeCode,
    IncomeConcept,
    Labour,
    MonitoringStatus,
    SchoolStatus,
    Source,
)
from registry.models import Household, IncomeItem, IncomeRecord, MemberProfile, Membership, VillageProfile
from registry.policy import RegistryPermission, role_for
from registry.queries import holds_on
from registry.services import amounts_of, save_profile
from registry.services.values import data_columns
from web.demo.cast import by
from web.demo.clockwork import Clockwork, working_hour
from web.demo.names import person
from web.demo.registers.filing import Filed, Place, noted
from web.demo.registers.incomes import first_year, items_of, next_year
from web.demo.registers.members import school_of
from web.demo.registers.villages import village_sheet
from web.demo.registers.writing import write_rows

VISITS, SCHOOL_YEAR = (1, 9), (9, 12)
HEADS = 8_000


class Years:
    """A village's register after the day on which it was begun."""

    def __init__(self, place: Place, village_id: UUID, filed: Sequence[Filed]) -> None:
        self.place = place
        self.village_id = village_id
        self.filed = filed
        self.visits = 0

    def begin(self, clock: Clockwork) -> None:
        """Let the visits of each year happen that lie before the demo's end."""
        for year in range(self.place.day.year, clock.end.year + 1):
            for (month, day), happening in ((VISITS, self._visit), (SCHOOL_YEAR, self._new_school_year)):
                moment = working_hour(datetime(year, month, day, tzinfo=clock.end.tzinfo), minute=_minute(self.place))
                if local_day(moment) > self.place.day:
                    clock.at(moment, happening)

    def _visit(self, at: datetime) -> None:
        """Write the incomes of the year before, and the village's sheet; the second time risks are cleared too."""
        year, actor = at.year - 1, by(self.place.officer)
        rows = [self._sheet(year, actor, local_day(at)), *self._incomes(year, actor, local_day(at))]
        write_rows(rows, role=role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, rows[0]))
        self.visits += 1
        if self.visits == 2:
            self._clear(actor, local_day(at))

    def _sheet(self, year: int, actor: Actor, day: date) -> VillageProfile:
        values = village_sheet(self.place.code, year, seed=self.place.seed, head=person(HEADS + _minute(self.place)))
        return VillageProfile(
            id=uuid4(),
            village_id=self.village_id,
            region_code=self.place.code,
            county_code=self.place.code[:6],
            year=year,
            **values,
            **noted(actor, day, Source.FORM),
        )

    def _incomes(self, year: int, actor: Actor, day: date) -> list[Base]:
        sharing = self._sharing(date(year, 12, 31))
        rows: list[Base] = []
        for filed in self.filed:
            before = filed.amounts
            filed.amounts = (
                next_year(before, filed.dice) if before else first_year(filed.members, filed.living, year, filed.dice)
            )
            rows += income_rows(
                filed, year, sharing[filed.household.id], filed.amounts, noted(actor, day, Source.VISIT)
            )
        return rows

    def _sharing(self, day: date) -> dict[UUID, int]:
        """Return how many persons live in each household on a day."""
        query = (
            select(Membership.household_id, func.count().label("persons"))
            .where(Membership.region_code == self.place.code, holds_on(Membership, day))
            .group_by(Membership.household_id)
        )
        return {row.household_id: row.persons for row in db.session.execute(query)}

    def _clear(self, actor: Actor, day: date) -> None:
        for filed in self.filed:
            if filed.standing.cleared:
                values = {
                    "monitoring_status": MonitoringStatus.CLEARED,
                    "cleared_on": day,
                    "clearing_method": ClearingMethod.BY_HELP,
                }
                household = db.session.get_one(Household, filed.household.id)
                save_profile(household, values, actor=actor, valid_from=day, source=Source.VISIT)

    def _new_school_year(self, at: datetime) -> None:
        """Close the descriptions of those who learn elsewhere now, or no longer, and write new ones."""
        actor, day = by(self.place.officer), local_day(at)
        september = date(day.year, 9, 1)
        changed = {
            member_id: school
            for filed in self.filed
            for (who, values), member_id in zip(filed.members, filed.member_ids, strict=True)
            if (school := school_of(who, day)) is not values["school_status"]
        }
        query = select(MemberProfile).where(MemberProfile.member_id.in_(changed), holds_on(MemberProfile, september))
        for row in db.session.scalars(query).all():
            _go_on(row, changed[row.member_id], september, actor)
        db.session.flush()  # the next in this transaction acts in another name
        self._remember(changed)

    def _remember(self, changed: dict[UUID, SchoolStatus]) -> None:
        for filed in self.filed:
            for (_, values), member_id in zip(filed.members, filed.member_ids, strict=True):
                values["school_status"] = changed.get(member_id, values["school_status"])


def _go_on(row: MemberProfile, school: SchoolStatus, day: date, actor: Actor) -> None:
    """Describe a member anew from a day on: another school, or work."""
    values = {name: getattr(row, name) for name in data_columns(MemberProfile)} | {"school_status": school}
    if school is SchoolStatus.NOT_IN_SCHOOL:
        values["labour_ability"] = Labour.ORDINARY
    db.session.add(
        MemberProfile(
            id=uuid4(),
            member_id=row.member_id,
            household_id=row.household_id,
            region_code=row.region_code,
            county_code=row.county_code,
            valid_from=day,
            **values,
            **(noted(actor, day, Source.FORM) | {"revision": row.revision + 1}),
        )
    )
    row.valid_to = day


def income_rows(
    filed: Filed, year: int, persons: int, amounts: dict[IncomeCode, int], how: dict[str, Any]
) -> list[Base]:
    """Return the sheet of a year with its lines."""
    items = items_of(amounts)
    record = IncomeRecord(
        id=uuid4(),
        household_id=filed.household.id,
        region_code=filed.household.region_code,
        county_code=filed.household.county_code,
        year=year,
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        concept=IncomeConcept.NET,
        members_end=persons,
        amounts=amounts_of(items),
        **how,
    )
    lines = [
        IncomeItem(id=uuid4(), record_id=record.id, item=i.code, amount=i.amount, is_one_off=i.is_one_off)
        for i in items
    ]
    return [record, *lines]


def _minute(place: Place) -> int:
    """Return at which minute of the day's work a village is visited."""
    return int(place.code[6:]) % 539
