"""Members: written down, joining and leaving by events; a head that changes by one alone; splitting, ending."""

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
from registry.choices import Education, MemberEventKind, MemberState, PovertyStatus, Relation, Sex
from registry.events import household_ending, household_merged, household_split
from registry.models import Household, Member
from registry.queries import find_card, former_members, households_in_scope, income_of, members_on, profile_on
from registry.services import (
    add_member,
    change_head,
    change_member,
    end_household,
    give_card,
    merge_households,
    record_member_event,
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
