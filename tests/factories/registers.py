"""Households with members for tests, made by the services that users call."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from core.db import db
from core.policy import Actor
from donors.specimens import make_resident_id
from registry.choices import Relation
from registry.models import Household, Member
from registry.queries import members_on
from registry.services import add_member, register_household
from tests.factories.needs import VILLAGE, People
from tests.factories.people import acting

SINCE = date(2020, 3, 1)
# The 17th digit of an ID number tells the sex: these are odd.
FIRST = 101


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
        from registry.services import change_member

        values: dict[str, Any] = {"id_number": make_resident_id(n, born=born), "birth_date": born}
        change_member(self.member(member_id), values, actor=actor, valid_from=SINCE)
