"""Households that split, join and end; and what an erased one leaves behind."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.crypto import SubjectErased
from core.db import db, unit_of_work
from core.errors import NotValid, Refused
from core.policy import SYSTEM
from core.records import open_payload, published_records, verify_stream
from donors.specimens import make_resident_id
from registry.choices import MemberEventKind, PovertyStatus, Relation
from registry.events import household_ending, household_merged, household_split
from registry.models import Household, Member
from registry.queries import find_card, households_in_scope, income_of, members_on, profile_on
from registry.services import (
    change_member,
    end_household,
    give_card,
    merge_households,
    register_household,
    save_income,
    save_profile,
    split_household,
)
from tests.factories.needs import People
from tests.factories.people import acting
from tests.factories.registers import SINCE, Family
from tests.registry.test_incomes import wages

ON = date(2024, 5, 1)
DAY = timedelta(days=1)
K, R = MemberEventKind, Relation


@pytest.fixture
def family(people: People) -> Family:
    return Family(people)


def names(household_id: UUID, day: date) -> list[tuple[str, str]]:
    with unit_of_work(SYSTEM):
        return [(m.member.name, m.membership.relation_to_head.value) for m in members_on(household_id, day)]


def size(household_id: UUID) -> int:
    with unit_of_work(SYSTEM) as session:
        return session.get_one(Household, household_id).size


def give_number(family: Family, member: UUID, born: date = date(1972, 1, 31), n: int = 8) -> None:
    with family.opened() as (_household, actor):
        family.with_number(member, n=n, born=born, actor=actor)


def split(family: Family, day: date = ON) -> UUID:
    give_number(family, family.child, date(2010, 6, 15))
    with family.opened() as (household, actor):
        child = family.member(family.child)
        values = {"household_no": "F900", "new_head": child, "reason": "成年分户"}
        return split_household(household, [child], actor=actor, happened_on=day, **values).id


def test_members_who_split_off_take_what_is_said_of_them_along(family: Family) -> None:
    heard: list[UUID] = []

    def hear(household: Household, *, new: Household, **facts: Any) -> None:
        heard.append(new.id)

    household_split.connect(hear)
    with family.opened() as (household, actor):
        values = {"poverty_status": PovertyStatus.EXITED, "exit_year": 2020, "phone": "13911112222"}
        save_profile(household, values, actor=actor, valid_from=date(2021, 1, 1))
        change_member(family.member(family.child), {"speaks_putonghua": True}, actor=actor, valid_from=SINCE)
    new = split(family)
    assert heard == [new]
    assert (size(family.id), size(new)) == (2, 1)
    assert names(new, ON - DAY) == []
    assert names(new, ON) == [("韦小花", "head")]
    assert len(names(family.id, ON - DAY)) == 3
    with unit_of_work(SYSTEM):
        (found,) = members_on(new, ON)
        assert found.profile is not None
        assert (found.profile.speaks_putonghua, found.profile.household_id) == (True, new)
        before = next(m for m in members_on(family.id, ON - DAY) if m.member.id == family.child)
        assert before.profile is not None
        assert before.profile.household_id == family.id
        profile = profile_on(new, ON)
        assert profile is not None
        assert (profile.poverty_status, profile.exit_year, profile.phone) == (PovertyStatus.EXITED, 2020, None)
        assert verify_stream(f"household/{new}").ok


def test_a_split_needs_its_people(family: Family) -> None:
    with family.opened() as (household, actor):
        head, child = family.member(family.head), family.member(family.child)
        more: dict[str, Any] = {"actor": actor, "happened_on": ON, "household_no": "F900", "reason": "分户"}
        with pytest.raises(NotValid):
            split_household(household, [], new_head=child, **more)
        with pytest.raises(NotValid):
            split_household(household, [child], new_head=head, **more)
        with pytest.raises(NotValid):
            split_household(household, [child], new_head=child, **(more | {"reason": ""}))
        with pytest.raises(NotValid):
            split_household(household, [child], new_head=child, **(more | {"household_no": "F001"}))
        with pytest.raises(Refused) as refusal:
            split_household(household, [head], new_head=head, **more)
        assert refusal.value.code == "head_leaves"


def test_two_households_become_one_and_the_other_ends(family: Family, people: People) -> None:
    heard: list[str] = []

    def ending(household: Household, *, into: Household | None, **facts: Any) -> None:
        heard.append("ending")

    def merged(household: Household, *, ended: Household, **facts: Any) -> None:
        heard.append("merged")

    household_ending.connect(ending)
    household_merged.connect(merged)
    new, back = split(family), date(2025, 2, 1)
    with family.opened() as (household, actor):
        other = db.session.get_one(Household, new)
        give_card(other, actor=actor, given_on=ON)
        said = {family.child: R.DAUGHTER}
        merge_households(household, other, actor=actor, happened_on=back, reason="并户", relations=said)
    assert heard == ["ending", "merged"]
    assert names(family.id, back)[-1] == ("韦小花", "daughter")
    assert (len(names(family.id, back - DAY)), len(names(new, back - DAY)), names(new, back)) == (2, 1, [])
    assert size(family.id) == 3
    with family.opened() as (_household, actor):
        ended = db.session.get_one(Household, new)
        assert (ended.ended_on, ended.merged_into, find_card(new)) == (back, family.id, None)
        assert [row.id for row in households_in_scope(actor).items] == [family.id]
        with pytest.raises(Refused) as refusal:
            save_profile(ended, {}, actor=actor, valid_from=back)
        assert refusal.value.code == "ended"


def test_the_last_one_leaves_and_the_household_ends(people: People) -> None:
    with acting(people.author) as actor:
        values = {"household_no": "L1", "size": 1, "head_name": "韦老", "id_number": make_resident_id(501)}
        found = register_household(actor=actor, region_code="451028100200", since=SINCE, **values)
        end_household(found, actor=actor, kind=K.DIED, happened_on=ON, reason="病故")
        profile = profile_on(found.id, ON)
        assert profile is not None
        assert profile.poverty_status is PovertyStatus.ENDED
    assert names(found.id, ON) == []


def test_a_household_with_people_does_not_end(family: Family) -> None:
    with family.opened() as (household, actor), pytest.raises(Refused) as refusal:
        end_household(household, actor=actor, kind=K.DIED, happened_on=ON, reason="病故")
    assert refusal.value.code == "members_left"


def test_erasing_a_household_leaves_nothing_said_and_keeps_who_split_off(family: Family, people: People) -> None:
    from accounts.models import Role
    from registry.choices import ErasureReason
    from registry.services import agree_erasure, ask_erasure
    from tests.factories.people import make_person

    new = split(family)
    with family.opened() as (household, actor):
        save_income(household, 2023, [wages("12000")], actor=actor, as_of=ON)
        save_profile(household, {"cause_note": "医药费"}, actor=actor, valid_from=ON)
    with acting(people.county) as actor:
        household = db.session.get_one(Household, family.id)
        order = ask_erasure(household, actor=actor, reason=ErasureReason.MOVED_AWAY)
    with acting(make_person(Role.COUNTY_OFFICER, "451028")) as actor:
        agree_erasure(db.session.merge(order), actor=actor)
    with unit_of_work(SYSTEM) as session:
        gone = members_on(family.id, ON)
        assert {(m.member.name, m.member.id_number, m.member.birth_date, m.member.birth_year) for m in gone} == {
            ("", None, None, None)
        }
        profile = profile_on(family.id, ON)
        assert profile is not None
        assert (profile.cause_note, profile.group_no) == (None, "")
        sheet = income_of(family.id, 2023)
        assert sheet is not None
        assert (list(sheet.items), sheet.record.amounts) == ([], {})
        assert session.get_one(Member, family.child).name == "韦小花"
        assert members_on(new, ON)[0].member.name == "韦小花"
        last = published_records(f"household/{family.id}", limit=60)[-1]
        with pytest.raises(SubjectErased):
            open_payload(f"household/{family.id}", last.seq)
        assert verify_stream(f"household/{family.id}").ok
