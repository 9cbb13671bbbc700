"""Households on file: checked, encrypted, found by number, seen in scope."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, Refused
from core.policy import SYSTEM
from core.records import published_records
from donors.specimens import make_resident_id
from registry.queries import get_household, households_in_scope, size_band
from registry.services import RevealPurpose, ensure_village, reveal_household
from tests.factories.needs import OTHER_VILLAGE, VILLAGE, People, make_household
from tests.factories.people import acting, make_person


def test_names_and_numbers_lie_encrypted(people: People) -> None:
    household_id = make_household(people.author, head_name="韦小山")
    with unit_of_work(SYSTEM):
        row = db.session.execute(text("SELECT h::text FROM household h")).scalar_one()
        records = [record.public for record in published_records(f"household/{household_id}", limit=10)]
    for seen in (row, *records):
        assert "韦小山" not in seen
        assert make_resident_id(1)[:17] not in seen
    assert all("H0" not in record for record in records)


def test_the_same_person_is_not_put_on_file_twice(people: People) -> None:
    number = make_resident_id(77)
    make_household(people.author, id_number=number)
    with pytest.raises(Refused) as refusal:
        make_household(people.author, id_number=f" {number.lower()} ")
    assert refusal.value.code == "household_on_file"


@pytest.mark.parametrize(
    ("field", "value"),
    [("id_number", "451028199001011234"), ("size", 0), ("phone", "12345"), ("household_no", " "), ("head_name", "")],
)
def test_a_bad_field_is_named(people: People, field: str, value: object) -> None:
    with pytest.raises(NotValid) as refusal:
        make_household(people.author, **{field: value})
    assert field in refusal.value.errors


def test_an_officer_of_another_village_can_neither_write_nor_see(people: People) -> None:
    household_id = make_household(people.author)
    stranger = make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)
    with pytest.raises(NotPermitted):
        make_household(stranger)
    with pytest.raises(NotFound), acting(stranger) as actor:
        get_household(actor, household_id)
    with acting(stranger) as actor:
        assert households_in_scope(actor).items == []


def test_the_list_is_searched_by_number_and_masks_names(people: People) -> None:
    make_household(people.author, household_no="A-1", head_name="韦小山")
    make_household(people.author, household_no="A-2")
    make_household(people.author, household_no="B_1")
    with acting(people.author) as actor:
        page = households_in_scope(actor, number="A", limit=1)
        assert [(row.household_no, row.masked_name) for row in page.items] == [("A-1", "韦**")]
        rest = households_in_scope(actor, number="A", limit=1, cursor=page.next)
        assert [row.household_no for row in rest.items] == ["A-2"]
        assert [row.household_no for row in households_in_scope(actor, number="B_").items] == ["B_1"]
        assert households_in_scope(actor, number="%").items == []


def test_looking_at_a_name_leaves_a_record_with_its_purpose(people: People) -> None:
    household_id = make_household(people.author, head_name="韦小山")
    with acting(people.author) as actor:
        household = get_household(actor, household_id)
        shown = reveal_household(household, actor=actor, purpose=RevealPurpose.DELIVERY)
        assert shown.head_name == "韦小山"
    with unit_of_work(SYSTEM):
        last = published_records(f"household/{household_id}", limit=1)[0]
    assert (last.kind, last.reason, last.role) == ("household.revealed", "delivery", "village_officer")


def test_a_village_is_put_on_file_once_and_only_if_it_is_one(people: People) -> None:
    with acting(people.author) as actor:
        first = ensure_village(VILLAGE, actor=actor)
        assert ensure_village(VILLAGE, actor=actor) is first
        with pytest.raises(NotValid):
            ensure_village("451028100000", actor=actor)


BANDS = ((1, "1"), (2, "2-3"), (3, "2-3"), (4, "4-5"), (5, "4-5"), (6, "6+"), (14, "6+"))


@pytest.mark.parametrize(("size", "band"), BANDS)
def test_a_size_becomes_a_band(size: int, band: str) -> None:
    assert size_band(size) == band


def test_an_unknown_household_is_not_found(people: People) -> None:
    with pytest.raises(NotFound), acting(people.author) as actor:
        get_household(actor, uuid4())
