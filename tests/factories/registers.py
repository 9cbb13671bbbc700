"""Households with members for tests, made by the services that users call."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.clock import today
from core.db import db
from core.policy import Actor
from donors.specimens import make_resident_id
from registry.choices import FindingReason, IncomeCode, MemberEventKind, Relation
from registry.incomes import Item
from registry.models import Household, Member
from registry.queries import members_on
from registry.services import (
    accept_finding,
    add_member,
    change_member,
    check_household,
    ensure_village,
    record_member_event,
    register_household,
    save_income,
    save_living_conditions,
    save_profile,
    save_stationed_team,
    save_village_plan,
    save_village_profile,
    save_village_result,
)
from tests.factories.needs import VILLAGE, People
from tests.factories.people import acting

SINCE = date(2020, 3, 1)
# The 17th digit of an ID number tells the sex: these are odd.
FIRST = 101


def fill_registers(household_id: UUID, author: UUID) -> None:
    """Write at least one row into every table of the registers, for a household on file and its village."""
    with acting(author) as actor:
        household = db.session.get_one(Household, household_id)
        day = today()
        save_profile(household, {**PROFILE, "phone": household.phone}, actor=actor, valid_from=day)
        save_living_conditions(household, {"farmland_mu": 3, "water_safe": True}, actor=actor, valid_from=day)
        child = {"name": "韦小金", "birth_date": day, "relation_to_head": "son", "ethnicity": "壮族"}
        more = {"dropout_reason": "年幼", "work_place": "同乐", "counts_for_income": False, "counts_reason": "年幼"}
        values = child | more
        record_member_event(
            household, MemberEventKind.BORN, actor=actor, happened_on=day, values=values, reason="出生证"
        )
        wages = Item(IncomeCode.WAGE_MIGRANT, Decimal(20000))
        notes = {IncomeCode.WAGE_MIGRANT: "广东"}
        save_income(household, day.year - 1, [wages], actor=actor, as_of=day, notes=notes)
        village = ensure_village(household.region_code, actor=actor)
        sheet = {
            "households": 300,
            "village_head": "韦主任",
            "village_head_post": "主任",
            "office_phone": "07768888888",
        }
        save_village_profile(village, day.year - 1, sheet | {"households": 300}, actor=actor, as_of=day)
        team = {"unit": "县教育局", "leader": "黄队长", "first_secretary": "黄队长", "members": "陆队员"}
        save_stationed_team(village, team, actor=actor, valid_from=day)
        plan = save_village_plan(village, day.year, {"project": "屯级路"}, actor=actor, as_of=day)
        save_village_result(village, day.year, {"project": "屯级路"}, actor=actor, as_of=day, plan=plan)
        found = check_household(household)
        accept_finding(found[0], actor=actor, reason=FindingReason.PAPER_SEEN, note="看过户口本")


PROFILE: dict[str, Any] = {
    "address_detail": "那坡 12 号",
    "bank_name": "农信社",
    "bank_account": "6222021234567894",
    "main_cause": "illness",
    "cause_note": "医药费",
    "resettlement_site": "同乐安置点",
    "relocation_difficulties": "路远",
}


class Family:
    """A household of three: head, spouse, daughter of ten; written down by the officer of its village."""

    def __init__(self, people: People, *, village: str = VILLAGE, number: int = 1) -> None:
        self.people, self.number = people, number
        with acting(people.author) as actor:
            head = make_resident_id(FIRST + number * 2, born=date(1970, 5, 6))
            values = {"household_no": f"F{number:03d}", "size": 3, "head_name": "韦大山", "id_number": head}
            found = register_household(actor=actor, region_code=village, group_no="3", since=SINCE, **values)
            self.id = found.id
            wife = {"name": "黄小妹", "sex": "female", "birth_date": "1972-01-31"}
            spouse = wife | {"relation_to_head": Relation.SPOUSE}
            self.spouse = add_member(found, spouse, actor=actor, valid_from=SINCE).id
            child = {"name": "韦小花", "relation_to_head": "daughter", "birth_date": "2010-06-15"}
            self.child = add_member(found, child, actor=actor, valid_from=SINCE).id
            self.head = members_on(self.id, SINCE)[0].member.id

    @contextmanager
    def opened(self, account: UUID | None = None) -> Iterator[tuple[Household, Actor]]:
        """Open a unit of work of the officer; yield the household and the actor."""
        with acting(account or self.people.author) as actor:
            yield db.session.get_one(Household, self.id), actor

    def member(self, member_id: UUID) -> Member:
        return db.session.get_one(Member, member_id)

    def with_number(self, member_id: UUID, *, n: int, born: date, actor: Actor) -> None:
        """Give a member an ID number."""
        values: dict[str, Any] = {"id_number": make_resident_id(n, born=born), "birth_date": born}
        change_member(self.member(member_id), values, actor=actor, valid_from=SINCE)
