"""What became of the households of 2014 until the demo's two years: children, weddings, and the way out of poverty."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from uuid import uuid4

from sqlalchemy import select

from core.clock import SHANGHAI
from core.db import Base, db
from core.policy import Actor
from registry.choices import MemberEventKind, PovertyStatus, Source
from registry.models import Household, MemberProfile
from registry.policy import RegistryPermission, role_for
from registry.services import record_member_event, save_living_conditions, save_profile
from registry.services.values import data_columns
from web.demo.cast import by
from web.demo.clockwork import Clockwork, working_hour
from web.demo.past.belonging import joined_on
from web.demo.past.filing import Kept
from web.demo.past.places import YEAR
from web.demo.past.ways import ON_REGISTER, Way
from web.demo.registers.filing import Filed, Place, noted
from web.demo.registers.members import describe
from web.demo.registers.writing import write_rows

FORM, EXIT = (9, 22), (11, 25)
ON_THE_FORM = ("identification_standard", "household_category", "main_cause", "other_causes", "policy_enjoying")
AFTERWARDS = timedelta(days=6)


class Decade:
    """A village between the round and the demo's two years; `place` has the day on which these begin."""

    def __init__(self, place: Place, kept: Sequence[Kept]) -> None:
        self.place = place
        self.kept = kept

    def begin(self, clock: Clockwork) -> None:
        """Let the decade's happenings come in their order."""
        for number, one in enumerate(self.kept):
            for place in range(len(one.filed.members)):
                if place not in one.places:
                    self._await(one.filed, place, clock)
            if one.way in ON_REGISTER:
                clock.at(_moment(YEAR, FORM, number), partial(self._fill_form, one.filed))
            if one.way is Way.LATER:
                year = int(one.filed.profile["registered_year"])
                clock.at(_moment(year, FORM, number), partial(self._register, one.filed))
            if one.way in ON_REGISTER or one.way is Way.LATER:
                year = int(one.filed.profile["exit_year"])
                clock.at(_moment(year, EXIT, number), partial(self._exit, one.filed))

    def _await(self, filed: Filed, place: int, clock: Clockwork) -> None:
        family = [who for who, _ in filed.members]
        day = joined_on(family[place], family)
        told = min(_moment(day.year, (day.month, min(day.day, 28)), place) + AFTERWARDS, clock.end)
        clock.at(told, partial(self._join, filed, place, day))

    def _join(self, filed: Filed, place: int, day: date, at: datetime) -> None:
        who = filed.members[place][0]
        kind = MemberEventKind.BORN if day == who.born else MemberEventKind.MARRIED_IN
        dice = Random(who.number)  # noqa: S311 - a demo that can be repeated
        values = {
            "name": who.name,
            "sex": who.sex,
            "id_number": who.number,
            "birth_date": who.born,
            "relation_to_head": who.relation,
            **describe(who, day, dibao=filed.standing.dibao, dice=dice),
        }
        event = record_member_event(
            _household(filed), kind, actor=by(self.place.officer), happened_on=day, values=values
        )
        if event.member_id is not None:
            filed.member_ids[place] = event.member_id

    def _fill_form(self, filed: Filed, at: datetime) -> None:
        """Write the form of the register for a household that came onto it."""
        values = {name: filed.profile[name] for name in ON_THE_FORM if name in filed.profile}
        self._say(filed, values, at.date())

    def _register(self, filed: Filed, at: datetime) -> None:
        values = {name: filed.profile[name] for name in ON_THE_FORM if name in filed.profile}
        self._say(filed, values | {"poverty_status": PovertyStatus.NOT_OUT, "registered_year": at.year}, at.date())

    def _exit(self, filed: Filed, at: datetime) -> None:
        self._say(filed, {"poverty_status": PovertyStatus.EXITED, "exit_year": at.year}, at.date())

    def _say(self, filed: Filed, values: dict[str, object], day: date) -> None:
        save_profile(_household(filed), values, actor=by(self.place.officer), valid_from=day, source=Source.VISIT)

    def end(self) -> list[Filed]:
        """Describe everybody anew on the day on which the two years begin; return the households as later visits do."""
        actor, day = by(self.place.officer), self.place.day
        for one in self.kept:
            household = _household(one.filed)
            save_profile(household, one.filed.profile, actor=actor, valid_from=day, source=Source.VISIT)
            save_living_conditions(household, one.filed.living, actor=actor, valid_from=day, source=Source.VISIT)
            one.filed.household = household
        found = [one.filed for one in self.kept]
        _describe_anew(found, actor, day)
        return found


def _describe_anew(filed: Sequence[Filed], actor: Actor, day: date) -> None:
    said = {
        member_id: values for one in filed for (_, values), member_id in zip(one.members, one.member_ids, strict=True)
    }
    query = select(MemberProfile).where(MemberProfile.member_id.in_(said), MemberProfile.valid_to.is_(None))
    rows: list[Base] = []
    for row in db.session.scalars(query).all():
        rows.append(_anew(row, said[row.member_id], actor, day))
        row.valid_to = day
    db.session.flush()  # the rows that follow begin where these end
    if rows:
        write_rows(rows, role=role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, rows[0]))


def _anew(row: MemberProfile, values: dict[str, object], actor: Actor, day: date) -> MemberProfile:
    blank: dict[str, object] = dict.fromkeys(data_columns(MemberProfile)) | {"counts_for_income": True}
    return MemberProfile(
        id=uuid4(),
        member_id=row.member_id,
        household_id=row.household_id,
        region_code=row.region_code,
        county_code=row.county_code,
        valid_from=day,
        **(blank | values),
        **(noted(actor, day, Source.VISIT) | {"revision": row.revision + 1}),
    )


def _household(filed: Filed) -> Household:
    return db.session.get_one(Household, filed.household.id)


def _moment(year: int, day: tuple[int, int], minute: int) -> datetime:
    return working_hour(datetime(year, *day, tzinfo=SHANGHAI), minute=minute * 7 % 539)
