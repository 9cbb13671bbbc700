"""Members: written down, joining and leaving by events; a head that changes by one alone; splitting, ending."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.db import unit_of_work
from core.errors import NotValid, Refused
from core.policy import SYSTEM
from core.records import published_records, verify_stream
from donors.specimens import make_resident_id
from registry.choices import Education, MemberEventKind, MemberState, Relation, Sex
from registry.models import Household
from registry.queries import former_members, members_on
from registry.services import (
    add_member,
    change_head,
    change_member,
    record_member_event,
    register_household,
)
from tests.factories.needs import People
from tests.factories.people import acting
from tests.factories.registers import SINCE, Family

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


def event(family: Family, kind: MemberEventKind, member: UUID | None = None, day: date = ON, **more: Any) -> None:
    with family.opened() as (household, actor):
        found = None if member is None else family.member(member)
        record_member_event(household, kind, actor=actor, happened_on=day, member=found, **more)


def test_the_number_says_birth_and_sex(family: Family) -> None:
    with unit_of_work(SYSTEM):
        head = family.member(family.head)
        assert (head.sex, head.birth_date, head.birth_year) == (Sex.MALE, "1970-05-06", 1970)
        assert members_on(family.id, date(2026, 5, 5))[0].age == 55
        assert members_on(family.id, date(2026, 5, 6))[0].age == 56


def test_members_stand_in_the_order_of_the_form(family: Family) -> None:
    assert names(family.id, SINCE) == [("韦大山", "head"), ("黄小妹", "spouse"), ("韦小花", "daughter")]
    assert names(family.id, SINCE - DAY) == []
    assert size(family.id) == 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"relation_to_head": "cousin"}, "relation_to_head"),
        ({"relation_to_head": "head"}, "relation_to_head"),
        ({"sex": "both"}, "sex"),
        ({"birth_date": "2999-01-01"}, "birth_date"),
        ({"birth_date": "spring"}, "birth_date"),
        ({"id_number": "123"}, "id_number"),
        ({"id_number": make_resident_id(7, born=date(2001, 2, 3)), "birth_date": "2001-02-04"}, "birth_date"),
        ({"id_number": make_resident_id(7, born=date(2001, 2, 3)), "sex": "female"}, "sex"),
        ({"id_type": "disability_certificate", "id_number": "1" * 19}, "id_number"),
        ({"health_status": ["healthy", "disability"]}, "health_status"),
        ({"work_months": 13}, "work_months"),
        ({"disability_level": 5}, "disability_level"),
        ({"counts_for_income": False}, "counts_reason"),
    ],
)
def test_a_wrong_particular_is_named(family: Family, values: dict[str, Any], field: str) -> None:
    with family.opened() as (household, actor), pytest.raises(NotValid) as refusal:
        whole = {"name": "韦小石", "relation_to_head": "son"} | values
        add_member(household, whole, actor=actor, valid_from=ON)
    assert set(refusal.value.errors) == {field}


def test_a_certificate_carries_the_number_of_its_holder(family: Family) -> None:
    number = make_resident_id(9, born=date(1999, 9, 9))
    with family.opened() as (household, actor):
        values = {"name": "韦小石", "relation_to_head": "son", "id_type": "disability_certificate"}
        found = add_member(household, values | {"id_number": f"{number}44"}, actor=actor, valid_from=ON)
        assert (found.birth_date, found.id_number) == ("1999-09-09", f"{number}44")
        with pytest.raises(NotValid):
            add_member(household, {**values, "id_type": None, "id_number": number}, actor=actor, valid_from=ON)


def test_members_written_down_fill_the_size_that_was_said(people: People) -> None:
    with acting(people.author) as actor:
        values = {"household_no": "S1", "size": 3, "head_name": "韦大山", "id_number": make_resident_id(500)}
        found = register_household(actor=actor, region_code="451028100200", since=SINCE, **values)
        for place, wanted in ((1, 3), (2, 3), (3, 4)):
            values = {"name": f"韦小{place}", "relation_to_head": "son"}
            add_member(found, values, actor=actor, valid_from=SINCE)
            assert found.size == wanted


def test_a_birth_counts_from_its_day_on(family: Family) -> None:
    event(family, K.BORN, values={"name": "韦小雨", "relation_to_head": "son", "birth_date": ON.isoformat()})
    assert len(names(family.id, ON - DAY)) == 3
    assert len(names(family.id, ON)) == 4
    assert size(family.id) == 4


def test_who_left_is_no_member_on_that_day_and_is_remembered(family: Family) -> None:
    event(family, K.MARRIED_OUT, family.child, reason="嫁到外县")
    assert len(names(family.id, ON - DAY)) == 3
    assert len(names(family.id, ON)) == 2
    assert size(family.id) == 2
    with unit_of_work(SYSTEM):
        assert [(m.id, state) for m, _row, state in former_members(family.id, ON)] == [
            (family.child, MemberState.MARRIED_OUT)
        ]
        assert "嫁" not in "".join(record.public for record in published_records(f"household/{family.id}", limit=50))


def test_who_went_to_prison_comes_back_as_the_same_person(family: Family) -> None:
    event(family, K.IN_PRISON, family.spouse)
    event(family, K.RELEASED, family.spouse, date(2025, 5, 1), values={"relation_to_head": "spouse"})
    assert len(names(family.id, date(2025, 4, 30))) == 2
    assert len(names(family.id, date(2025, 5, 1))) == 3
    assert size(family.id) == 3
    with pytest.raises(Refused) as refusal:
        event(family, K.RETURNED, family.spouse, date(2025, 6, 1), values={"relation_to_head": "spouse"})
    assert refusal.value.code == "member_already"


def test_nobody_leaves_before_he_came_or_after_he_left(family: Family) -> None:
    for day in (SINCE, SINCE - DAY):
        with pytest.raises(NotValid) as refusal:
            event(family, K.DIED, family.child, day)
        assert "happened_on" in refusal.value.errors
    event(family, K.DIED, family.child)
    with pytest.raises(NotValid):
        event(family, K.MOVED_OUT, family.child, ON + DAY)
    with pytest.raises(Refused) as later:
        event(family, K.MOVED_OUT, family.child, ON - DAY)
    assert later.value.code == "later_rows"


def test_the_head_does_not_leave_a_household_without_one(family: Family) -> None:
    with pytest.raises(Refused) as refusal:
        event(family, K.DIED, family.head)
    assert refusal.value.code == "head_leaves"


def test_the_head_changes_by_an_event_with_its_reason_alone(family: Family) -> None:
    with family.opened() as (_household, actor), pytest.raises(NotValid):
        change_member(family.member(family.spouse), {"relation_to_head": "head"}, actor=actor, valid_from=ON)
    with family.opened() as (household, actor), pytest.raises(NotValid) as refusal:
        change_head(household, family.member(family.spouse), actor=actor, happened_on=ON, reason=" ")
    assert "reason" in refusal.value.errors


def give_number(family: Family, member: UUID, born: date = date(1972, 1, 31), n: int = 8) -> None:
    with family.opened() as (_household, actor):
        family.with_number(member, n=n, born=born, actor=actor)


def test_a_new_head_is_head_everywhere_from_that_day_on(family: Family) -> None:
    with family.opened() as (household, actor), pytest.raises(NotValid) as refusal:
        change_head(household, family.member(family.spouse), actor=actor, happened_on=ON, reason="原户主外出")
    assert "id_number" in refusal.value.errors
    give_number(family, family.spouse)
    with family.opened() as (household, actor):
        change_head(household, family.member(family.spouse), actor=actor, happened_on=ON, reason="原户主外出")
        assert household.head_name == "黄小妹"
    assert names(family.id, ON - DAY) == [("韦大山", "head"), ("黄小妹", "spouse"), ("韦小花", "daughter")]
    assert names(family.id, ON) == [("黄小妹", "head"), ("韦大山", "spouse"), ("韦小花", "daughter")]
    event(family, K.DIED, family.head, ON + DAY)
    assert names(family.id, ON + DAY) == [("黄小妹", "head"), ("韦小花", "daughter")]
    with unit_of_work(SYSTEM):
        kinds = [record.kind for record in published_records(f"household/{family.id}", limit=60)]
        assert "household.head_changed" in kinds
        assert verify_stream(f"household/{family.id}").ok


def test_a_daughter_as_head_does_not_make_up_relations(family: Family) -> None:
    give_number(family, family.child, date(2010, 6, 15))
    with family.opened() as (household, actor):
        said = {family.head: R.FATHER}
        child = family.member(family.child)
        change_head(household, child, actor=actor, happened_on=ON, reason="改由女儿当家", relations=said)
    assert names(family.id, ON) == [("韦小花", "head"), ("韦大山", "father"), ("黄小妹", "other")]


def test_what_is_said_of_a_member_has_days_too(family: Family) -> None:
    with family.opened() as (_household, actor):
        child = family.member(family.child)
        change_member(child, {"education_level": "primary"}, actor=actor, valid_from=date(2021, 9, 1))
        change_member(child, {"education_level": "junior"}, actor=actor, valid_from=ON)
    with unit_of_work(SYSTEM):
        for day, wanted in ((SINCE, None), (date(2024, 4, 30), Education.PRIMARY), (ON, Education.JUNIOR)):
            found = next(m for m in members_on(family.id, day) if m.member.id == family.child)
            assert found.profile is not None
            assert found.profile.education_level is wanted


def test_two_officers_do_not_overwrite_what_is_said_of_a_member(family: Family) -> None:
    with family.opened() as (_household, actor):
        child = family.member(family.child)
        change_member(child, {"work_months": 2}, actor=actor, valid_from=ON, expected_revision=1)
        with pytest.raises(Refused) as refusal:
            change_member(child, {"work_months": 3}, actor=actor, valid_from=ON, expected_revision=1)
    assert refusal.value.code == "stale_revision"


def test_a_name_is_corrected_on_the_household_too(family: Family) -> None:
    with family.opened() as (household, actor):
        change_member(family.member(family.head), {"name": "韦大善"}, actor=actor, valid_from=ON)
        assert household.head_name == "韦大善"
