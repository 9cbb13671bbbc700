"""Values with dates: changes close, corrections keep, days are asked for exactly at their edges."""

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, Refused
from core.policy import SYSTEM
from core.records import published_records, verify_stream
from registry.choices import Cause, PovertyStatus, Source
from registry.models import Household, HouseholdProfile
from registry.queries import dossier_on, living_on, profile_on
from registry.services import save_living_conditions, save_profile
from tests.factories.needs import OTHER_VILLAGE, People
from tests.factories.people import acting, make_person
from tests.factories.registers import SINCE, Family

CHANGE = date(2023, 7, 1)
DAY = timedelta(days=1)


@pytest.fixture
def family(people: People) -> Family:
    return Family(people)


def save(family: Family, values: dict[str, Any], day: date = CHANGE, **more: Any) -> int:
    with family.opened() as (household, actor):
        return save_profile(household, values, actor=actor, valid_from=day, **more).revision


def rows(family: Family) -> list[HouseholdProfile]:
    with unit_of_work(SYSTEM) as session:
        query = select(HouseholdProfile).where(HouseholdProfile.household_id == family.id)
        return list(session.scalars(query.order_by(HouseholdProfile.revision)))


def on(family: Family, day: date) -> HouseholdProfile | None:
    with unit_of_work(SYSTEM):
        return profile_on(family.id, day)


def test_a_household_begins_with_its_first_description(family: Family) -> None:
    (first,) = rows(family)
    assert (first.valid_from, first.valid_to, first.group_no, first.poverty_status) == (SINCE, None, "3", "none")
    assert on(family, SINCE - DAY) is None


def test_a_change_closes_the_standing_row_on_its_day(family: Family) -> None:
    save(family, {"poverty_status": PovertyStatus.NOT_OUT})
    first, second = rows(family)
    assert (first.valid_to, second.valid_from, second.valid_to) == (CHANGE, CHANGE, None)
    assert second.group_no == "3"  # what was not named stays
    before, after = on(family, CHANGE - DAY), on(family, CHANGE)
    assert before is not None
    assert after is not None
    assert (before.poverty_status, after.poverty_status) == (PovertyStatus.NONE, PovertyStatus.NOT_OUT)


def test_a_correction_keeps_the_row_that_was_wrong(family: Family) -> None:
    save(family, {"main_cause": "illness"})
    save(family, {"main_cause": "schooling"})
    _first, wrong, right = rows(family)
    assert (wrong.main_cause, wrong.superseded_by, right.main_cause) == (Cause.ILLNESS, right.id, Cause.SCHOOLING)
    assert (right.valid_from, right.valid_to, right.revision) == (CHANGE, None, 3)
    assert on(family, CHANGE).main_cause is Cause.SCHOOLING  # type: ignore[union-attr]


def test_a_change_in_between_ends_where_the_next_row_begins(family: Family) -> None:
    save(family, {"natural_village": "C"}, date(2024, 1, 1))
    save(family, {"natural_village": "B"}, date(2022, 1, 1))
    spans = [(row.natural_village, row.valid_from, row.valid_to) for row in rows(family)]
    assert spans == [
        ("", SINCE, date(2022, 1, 1)),
        ("C", date(2024, 1, 1), None),
        ("B", date(2022, 1, 1), date(2024, 1, 1)),
    ]


def test_a_value_from_before_the_first_row_ends_there(family: Family) -> None:
    with family.opened() as (household, actor):
        save_living_conditions(household, {"farmland_mu": "3.5"}, actor=actor, valid_from=CHANGE)
        save_living_conditions(household, {"farmland_mu": 2}, actor=actor, valid_from=SINCE)
    with unit_of_work(SYSTEM):
        early, late = living_on(family.id, CHANGE - DAY), living_on(family.id, CHANGE)
        assert early is not None
        assert late is not None
        assert (early.farmland_mu, early.valid_to, late.farmland_mu) == (2, CHANGE, 3.5)


def test_nothing_is_written_where_nothing_changes(family: Family) -> None:
    save(family, {"main_cause": "illness"})
    before = len(rows(family))
    with unit_of_work(SYSTEM):
        count = len(published_records(f"household/{family.id}", limit=50))
    assert save(family, {"main_cause": Cause.ILLNESS}, date(2024, 1, 1)) == 2
    assert len(rows(family)) == before
    with unit_of_work(SYSTEM):
        assert len(published_records(f"household/{family.id}", limit=50)) == count


def test_what_was_changed_meanwhile_is_not_overwritten(family: Family) -> None:
    seen = rows(family)[0].revision
    save(family, {"main_cause": "illness"}, expected_revision=seen)
    for day in (date(2022, 1, 1), CHANGE, date(2024, 1, 1)):
        with pytest.raises(Refused) as refusal:
            save(family, {"main_cause": "schooling"}, day, expected_revision=seen)
        assert refusal.value.code == "stale_revision"
    with pytest.raises(Refused):
        save(family, {"main_cause": "schooling"}, expected_revision=0)
    assert save(family, {"main_cause": "schooling"}, expected_revision=2) == 3


def test_a_correction_of_the_past_does_not_stand_in_the_way_of_today(family: Family) -> None:
    seen = save(family, {"main_cause": "illness"})
    save(family, {"natural_village": "A"}, SINCE)
    assert save(family, {"main_cause": "schooling"}, date(2024, 1, 1), expected_revision=seen) == 4


def test_of_two_officers_at_once_one_is_told(family: Family) -> None:
    outcomes: list[str] = []
    start = Barrier(2)

    def write(cause: str) -> None:
        start.wait()
        try:
            save(family, {"main_cause": cause}, expected_revision=1)
            outcomes.append("written")
        except Refused as refusal:
            outcomes.append(refusal.code)

    threads = [Thread(target=write, args=(cause,)) for cause in ("illness", "schooling")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["stale_revision", "written"]


def test_the_database_itself_lets_no_two_rows_hold_on_one_day(family: Family) -> None:
    with pytest.raises(IntegrityError, match="one_at_a_time"), unit_of_work(SYSTEM) as session:
        (first,) = session.scalars(select(HouseholdProfile).where(HouseholdProfile.household_id == family.id))
        session.add(
            HouseholdProfile(
                household_id=family.id,
                region_code=first.region_code,
                county_code=first.county_code,
                valid_from=CHANGE,
                as_of=CHANGE,
                source=Source.FORM,
                revision=2,
            )
        )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phone": "12345"}, "phone"),
        ({"bank_account": "12 34"}, "bank_account"),
        ({"main_cause": "laziness"}, "main_cause"),
        ({"main_cause": "illness", "other_causes": ["illness"]}, "other_causes"),
        ({"other_causes": ["illness", "schooling", "disaster"]}, "other_causes"),
        ({"main_cause": "other"}, "cause_note"),
        ({"household_category": ["rich"]}, "household_category"),
        ({"planned_exit_year": "soon"}, "planned_exit_year"),
        ({"exit_year": 20200}, "exit_year"),
        ({"policy_enjoying": "yes"}, "policy_enjoying"),
        ({"poverty_status": None}, "poverty_status"),
        ({"monitored_since": "yesterday"}, "monitored_since"),
        ({"natural_village": "x" * 201}, "natural_village"),
        ({"risk_types": ["illness", "schooling", "disability", "accident", "housing", "water"]}, "risk_types"),
    ],
)
def test_a_wrong_value_is_named(family: Family, values: dict[str, Any], field: str) -> None:
    with pytest.raises(NotValid) as refusal:
        save(family, values)
    assert set(refusal.value.errors) == {field}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"farmland_mu": "1.234"}, "farmland_mu"),
        ({"farmland_mu": "-1"}, "farmland_mu"),
        ({"farmland_mu": "NaN"}, "farmland_mu"),
        ({"house_m2": "100000"}, "house_m2"),
        ({"cattle": -1}, "cattle"),
        ({"fuel_types": ["firewood", "dung", "coal", "other"]}, "fuel_types"),
    ],
)
def test_a_wrong_condition_is_named(family: Family, values: dict[str, Any], field: str) -> None:
    with family.opened() as (household, actor), pytest.raises(NotValid) as refusal:
        save_living_conditions(household, values, actor=actor, valid_from=CHANGE)
    assert set(refusal.value.errors) == {field}


def test_not_collected_is_not_no(family: Family) -> None:
    save(family, {"is_relocation_household": False, "policy_enjoying": ""})
    found = on(family, CHANGE)
    assert found is not None
    assert (found.is_relocation_household, found.policy_enjoying, found.previously_registered) == (False, None, None)


def test_no_value_holds_from_tomorrow_on(family: Family) -> None:
    with unit_of_work(SYSTEM):
        tomorrow = today() + DAY
    with pytest.raises(NotValid):
        save(family, {"main_cause": "illness"}, tomorrow)
    with pytest.raises(NotValid):
        save(family, {"main_cause": "illness"}, as_of=tomorrow)


def test_phone_and_group_are_repeated_on_the_household(family: Family) -> None:
    save(family, {"phone": "13911112222", "group_no": "7"})
    with unit_of_work(SYSTEM) as session:
        household = session.get_one(Household, family.id)
        assert (household.phone, household.group_no) == ("13911112222", "7")


def test_bank_and_phone_lie_encrypted_and_leave_no_trace_in_records(family: Family) -> None:
    save(family, {"bank_account": "6222021234567890123", "cause_note": "医药费太高", "address_detail": "那坡 12"})
    with unit_of_work(SYSTEM) as session:
        stored = session.execute(text("SELECT string_agg(p::text, '') FROM household_profile p")).scalar_one()
        public = "".join(record.public for record in published_records(f"household/{family.id}", limit=50))
    for seen in (stored, public):
        assert "6222021" not in seen
        assert "医药费" not in seen
        assert "那坡" not in seen


def test_every_change_leaves_its_record(family: Family) -> None:
    save(family, {"main_cause": "illness"})
    with unit_of_work(SYSTEM):
        kinds = {record.kind for record in published_records(f"household/{family.id}", limit=50)}
        assert {"household.created", "member.created", "membership.created", "household_profile.created"} <= kinds
        assert "household_profile.changed" in kinds
        assert verify_stream(f"household/{family.id}").ok


def test_only_offices_of_the_place_write(family: Family) -> None:
    stranger = make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)
    with acting(stranger) as actor:
        household = db.session.get_one(Household, family.id)
        with pytest.raises(NotPermitted):
            save_profile(household, {}, actor=actor, valid_from=CHANGE)
        with pytest.raises(NotFound):
            dossier_on(actor, family.id, CHANGE)
