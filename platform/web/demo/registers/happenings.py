"""What happens in the families of the listed officers' village, and what its register says besides households."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from core.clock import local_day
from core.db import db
from registry.choices import MemberEventKind, Relation, Sex, TeamLevel
from registry.models import Household, Member, Village
from registry.queries.village_register import plans_and_results
from registry.services import record_member_event, save_stationed_team, save_village_plan, save_village_result
from web.demo.cast import by
from web.demo.clockwork import Clockwork, days
from web.demo.names import person, relative, story
from web.demo.registers.filing import Filed
from web.demo.registers.yearly import Years

OF_THE_SCENES = 6
BIRTH, WEDDING, DEATH = 190, 118, 64
TEAM, PLANNED, BUILT = 540, 260, 12


def begin_happenings(years: Years, clock: Clockwork) -> None:
    """Let a child be born, somebody marry in and somebody die, in households that no scene of the desks tells of."""
    homes = years.filed[OF_THE_SCENES:]
    for before, find, happen in (
        (BIRTH, _young_couple, _born),
        (WEDDING, _single_son, _married_in),
        (DEATH, _oldest, _died),
    ):
        found = next(find(homes, clock.end), None)
        if found is not None:
            clock.at(clock.end - days(before), partial(happen, years, *found))
    for before, write in ((TEAM, _team), (PLANNED, _plan), (BUILT, _result)):
        clock.at(clock.end - days(before), partial(write, years))


Found = Iterator[tuple[Filed, int]]
Happen = Callable[[Years, Filed, int, datetime], None]


def _young_couple(homes: Any, end: datetime) -> Found:
    yield from _having(homes, end, {Relation.DAUGHTER_IN_LAW, Relation.SPOUSE}, range(20, 43))


def _single_son(homes: Any, end: datetime) -> Found:
    for filed, place in _having(homes, end, {Relation.SON}, range(20, 42)):
        relations = {who.relation for who, _ in filed.members}
        if Relation.DAUGHTER_IN_LAW not in relations:
            yield filed, place


def _oldest(homes: Any, end: datetime) -> Found:
    yield from _having(homes, end, {Relation.MOTHER, Relation.FATHER, Relation.SPOUSE}, range(60, 99))


def _having(homes: Any, end: datetime, relations: set[Relation], ages: range) -> Found:
    day = local_day(end)
    for filed in homes:
        for place, (who, _) in enumerate(filed.members):
            if who.relation in relations and who.age(day) in ages:
                yield filed, place


def _born(years: Years, filed: Filed, place: int, at: datetime) -> None:
    couple = filed.members[place][0].relation
    relation = Relation.GRANDSON if couple is Relation.DAUGHTER_IN_LAW else Relation.SON
    _join(years, filed, MemberEventKind.BORN, relation, Sex.MALE, at, age=timedelta(days=3))


def _married_in(years: Years, filed: Filed, place: int, at: datetime) -> None:
    age = timedelta(days=365 * 24 + 117)
    _join(years, filed, MemberEventKind.MARRIED_IN, Relation.DAUGHTER_IN_LAW, Sex.FEMALE, at, age=age)


def _join(
    years: Years, filed: Filed, kind: MemberEventKind, relation: Relation, sex: Sex, at: datetime, *, age: timedelta
) -> None:
    day = local_day(at)
    born = day - age
    values = {
        "name": relative(filed.members[0][0].name, day.toordinal(), same=kind is MemberEventKind.BORN),
        "sex": sex,
        "id_number": years.place.numbers.next(born, sex),
        "birth_date": born,
        "relation_to_head": relation,
    }
    actor, household = by(years.place.officer), db.session.get_one(Household, filed.household.id)
    happened_on = born if kind is MemberEventKind.BORN else day
    record_member_event(household, kind, actor=actor, happened_on=happened_on, values=values)


def _died(years: Years, filed: Filed, place: int, at: datetime) -> None:
    member = db.session.get_one(Member, filed.member_ids[place])
    actor, household = by(years.place.officer), db.session.get_one(Household, filed.household.id)
    reason, day = story("registers")["events"]["died"], local_day(at)
    record_member_event(household, MemberEventKind.DIED, actor=actor, happened_on=day, member=member, reason=reason)
    filed.leave(place)


def _team(years: Years, at: datetime) -> None:
    values = {
        "unit": story("registers")["team_unit"],
        "unit_level": TeamLevel.COUNTY,
        "leader": person(31),
        "first_secretary": person(32),
        "members": person(33),
    }
    village = db.session.get_one(Village, years.village_id)
    save_stationed_team(village, values, actor=by(years.place.officer), valid_from=local_day(at))


def _plan(years: Years, at: datetime) -> None:
    words, day = story("registers")["plan"], local_day(at)
    values = {
        "project": words["project"],
        "category": words["category"],
        "scale": words["scale"],
        "responsible_unit": words["unit"],
        "beneficiary_households": 86,
        "beneficiary_people": 351,
        "budget": {"special_fiscal": "980000", "social": "40000"},
        "starts_on": day,
        "ends_on": day + timedelta(days=300),
    }
    village = db.session.get_one(Village, years.village_id)
    save_village_plan(village, day.year, values, actor=by(years.place.officer), as_of=day)


def _result(years: Years, at: datetime) -> None:
    words, day = story("registers"), local_day(at)
    values = {"project": words["plan"]["project"], "spent": Decimal(712_000), "progress": words["result"]}
    village = db.session.get_one(Village, years.village_id)
    plan = next(plan for plan, _result in plans_and_results(village.id) if plan is not None)
    save_village_result(village, day.year, values, actor=by(years.place.officer), as_of=day, plan=plan)
