"""Plausibility rules: each speaks for what breaks it and for nothing else."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from core.clock import today
from core.crypto import encrypt_value
from core.db import db, unit_of_work
from core.policy import SYSTEM
from donors.specimens import make_resident_id
from registry.choices import MemberEventKind, VillageType
from registry.measures_provider import _providers, register
from registry.models import Household
from registry.queries import finding_counts
from registry.rules import RULES
from registry.services import (
    add_member,
    change_member,
    check_household,
    check_village,
    ensure_village,
    record_member_event,
    save_living_conditions,
    save_profile,
    save_village_profile,
)
from tests.factories.needs import VILLAGE, People
from tests.factories.people import acting
from tests.factories.registers import SINCE, Family
from tests.plugins.server import admin_url

ON = date(2024, 5, 1)
# What the family of the factory has from the beginning: spouse and child came without numbers.
USUAL = {"id_missing"}


@pytest.fixture
def family(people: People) -> Family:
    return Family(people)


def found(family: Family, day: date | None = None) -> set[str]:
    with unit_of_work(SYSTEM) as session:
        return {row.rule for row in check_household(session.get_one(Household, family.id), day=day)}


def profile(family: Family, **values: Any) -> None:
    with family.opened() as (household, actor):
        save_profile(household, values, actor=actor, valid_from=ON)


def past_services(family: Family, statement: str, **values: Any) -> None:
    """Write what the services refuse, as an import of old sheets might."""
    engine = create_engine(admin_url().set(database=db.engine.url.database))
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement), {"id": family.id, **values})
    engine.dispose()


def test_a_family_that_is_right_has_no_finding_but_missing_numbers(family: Family) -> None:
    assert found(family) == USUAL


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"other_causes": ["illness"]}, "other_without_main"),
        ({"poverty_status": "not_out"}, "no_cause"),
        ({"registered_year": 2020, "planned_exit_year": 2019}, "exit_before_entry"),
        ({"registered_year": 2016, "exit_year": 2015}, "years_disorder"),
        ({"exit_year": 2099}, "years_disorder"),
        ({"poverty_status": "exited"}, "exit_without_year"),
        ({"poverty_status": "relapsed", "main_cause": "illness", "exit_year": 2018}, "relapse_incomplete"),
        ({"bank_account": "6222021234567890"}, "account_wrong"),
        ({"is_relocation_household": True}, "relocation_incomplete"),
        ({"monitoring_status": "monitored"}, "monitoring_incomplete"),
    ],
)
def test_a_rule_of_the_description_speaks(family: Family, values: dict[str, Any], rule: str) -> None:
    profile(family, **values)
    assert found(family) == USUAL | {rule}


def test_what_services_refuse_is_found_in_imported_rows(family: Family) -> None:
    profile(family, main_cause="illness")
    past_services(
        family, "UPDATE household_profile SET other_causes = '{illness}' WHERE household_id = :id AND valid_to IS NULL"
    )
    past_services(
        family,
        "UPDATE member_profile SET health_status = '{healthy,disability}', counts_for_income = false"
        " WHERE household_id = :id",
    )
    past_services(family, "UPDATE membership SET relation_to_head = 'spouse' WHERE household_id = :id")
    assert found(family) >= {"main_cause_twice", "healthy_and_ill", "counts_unexplained", "not_one_head", "two_spouses"}


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE household SET size = 9 WHERE id = :id", "members_missing"),
        ("UPDATE household_profile SET main_cause = 'other' WHERE household_id = :id", "cause_unexplained"),
        ("UPDATE household_profile SET phone = :phone WHERE household_id = :id", "phone_wrong"),
    ],
)
def test_a_rule_speaks_of_what_a_sheet_brought(family: Family, statement: str, rule: str) -> None:
    profile(family, main_cause="illness")
    past_services(family, statement, phone=encrypt_value("household_profile.phone", "12345"))
    assert found(family) == USUAL | {rule}


@pytest.mark.parametrize(
    ("who", "values", "rule"),
    [
        ("child", {"school_status": "not_in_school"}, "out_of_school"),
        ("child", {"relation_to_head": "mother"}, "generation_wrong"),
        ("child", {"relation_to_head": "other"}, "relation_unclear"),
        ("child", {"relation_to_head": "spouse"}, "two_spouses"),
        ("spouse", {"relation_to_head": "brother_or_sister", "sex": "male"}, None),
        ("spouse", {"relation_to_head": "father", "birth_date": "1940-01-01"}, "sex_wrong"),
        ("spouse", {"birth_date": "2008-02-01"}, "spouse_young"),
        ("spouse", {"disability_type": "visual", "health_status": ["healthy"]}, "disability_contradicts"),
        ("spouse", {"labour_ability": "lost", "work_months": 6}, "work_contradicts"),
        ("spouse", {"job_months": 6}, "job_incomplete"),
        ("child", {"education_level": "preschool_child"}, "preschool_too_old"),
        ("spouse", {"has_basic_medical_insurance": False}, "no_insurance"),
        ("spouse", {"has_basic_medical_insurance": None}, None),
        ("head", {"birth_date": "2012-03-01", "id_number": ""}, "head_is_child"),
    ],
)
def test_a_rule_of_a_member_speaks(family: Family, who: str, values: dict[str, Any], rule: str | None) -> None:
    if who == "head":
        past_services(
            family,
            "UPDATE member SET birth_year = 2012, birth_date = :born WHERE household_id = :id AND id_index IS NOT NULL",
            born=encrypt_value("member.birth_date", "2012-03-01"),
        )
    else:
        with family.opened() as (_household, actor):
            change_member(family.member(getattr(family, who)), values, actor=actor, valid_from=SINCE)
    rules = found(family, ON)
    assert rule is None or rule in rules
    beside = {"generation_wrong", "spouse_young", "two_spouses"}
    assert rules - USUAL <= {rule, *beside} if rule else rules == USUAL


def test_a_reason_for_being_out_of_school_settles_it(family: Family) -> None:
    with family.opened() as (_household, actor):
        values = {"school_status": "not_in_school", "dropout_reason": "身体原因"}
        change_member(family.member(family.child), values, actor=actor, valid_from=SINCE)
    assert found(family, ON) == USUAL


def test_the_same_number_in_two_households_is_found_in_both(family: Family, people: People) -> None:
    other = Family(people, number=2)
    number = make_resident_id(3, born=date(1995, 4, 4))
    for each in (family, other):
        with each.opened() as (household, actor):
            values = {"name": "韦阿强", "relation_to_head": "son", "id_number": number}
            add_member(household, values, actor=actor, valid_from=SINCE)
    assert "id_twice" in found(family)
    assert "id_twice" in found(other)
    with other.opened() as (household, actor):
        from registry.queries import members_on

        son = next(m.member for m in members_on(other.id, ON) if m.member.id_number == number)
        record_member_event(household, MemberEventKind.MOVED_OUT, actor=actor, happened_on=ON, member=son)
    assert "id_twice" not in found(family)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"farmland_mu": 3, "irrigated_mu": 4}, "land_parts"),
        ({"farmland_mu": 3, "dry_mu": 2, "paddy_mu": 2}, "land_parts"),
        ({"house_structure": "no_house", "house_m2": 60}, "house_contradicts"),
        ({"house_year": 2010, "dilapidated_repaired_year": 2005}, "house_contradicts"),
        ({"house_year": 2099}, "house_year_ahead"),
        ({"house_grade": "d"}, "dilapidated"),
        ({"water_safe": True, "water_source": "river_or_lake"}, "water_contradicts"),
        ({"house_m2": 3}, "house_size"),
        ({"farmland_mu": 3, "dry_mu": 2, "paddy_mu": 1, "irrigated_mu": 3}, None),
    ],
)
def test_a_rule_of_land_house_and_water_speaks(family: Family, values: dict[str, Any], rule: str | None) -> None:
    with family.opened() as (household, actor):
        save_living_conditions(household, values, actor=actor, valid_from=ON)
    assert found(family) == (USUAL | {rule} if rule else USUAL)


CLEARED: dict[str, Any] = {
    "monitoring_status": "cleared",
    "monitoring_kind": "marginal_at_risk",
    "monitored_since": date(2023, 1, 10),
    "cleared_on": date(2023, 9, 1),
    "clearing_method": "by_help",
}


@pytest.mark.parametrize(
    ("values", "measures", "rules"),
    [
        ({}, [("medical", date(2023, 3, 1))], set()),
        ({}, [], {"cleared_without_measure"}),
        ({}, [("medical", date(2022, 3, 1))], {"cleared_without_measure"}),
        ({"clearing_method": "by_itself"}, [], set()),
        ({"risk_types": ["schooling"]}, [("medical", date(2023, 3, 1))], {"risk_without_measure"}),
        ({"risk_types": ["illness"]}, [("medical", date(2023, 3, 1))], set()),
        ({"cleared_on": date(2023, 2, 28)}, [("medical", date(2023, 2, 1))], {"cleared_at_once"}),
        ({"cleared_on": date(2023, 3, 1)}, [("medical", date(2023, 2, 1))], set()),
        ({"monitoring_kind": "unstable_exited"}, [("medical", date(2023, 3, 1))], {"kind_contradicts"}),
        ({"exit_year": 2020}, [("medical", date(2023, 3, 1))], {"kind_contradicts"}),
        ({"monitoring_status": "monitored"}, [], {"nothing_done"}),
    ],
)
def test_a_rule_of_monitoring_speaks(
    family: Family, values: dict[str, Any], measures: list[tuple[str, date]], rules: set[str]
) -> None:
    before = list(_providers)
    register(lambda ids: dict.fromkeys(ids, measures))
    profile(family, **(CLEARED | values))
    assert found(family) == USUAL | rules
    _providers[:] = before


def test_who_cannot_work_is_not_called_cleared(family: Family) -> None:
    with family.opened() as (_household, actor):
        for member in (family.head, family.spouse, family.child):
            change_member(family.member(member), {"labour_ability": "lost"}, actor=actor, valid_from=SINCE)
    profile(family, **(CLEARED | {"clearing_method": "by_itself"}))
    assert found(family) == USUAL | {"cleared_without_labour"}


def sheet(actor: Any, **values: Any) -> None:
    village = ensure_village(VILLAGE, actor=actor)
    save_village_profile(village, 2023, values, actor=actor, as_of=ON)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"households": 300, "population": 200}, "village_parts"),
        ({"irrigated_mu": 10, "farmland_mu": 5}, "village_parts"),
        (
            {
                "village_type": VillageType.EXITED_POOR_VILLAGE,
                "households": 100,
                "households_unsafe_water": 60,
                "dilapidated_households": 50,
            },
            "village_exit",
        ),
        ({"paved_road_to_township": True, "unpaved_km_to_township": 3}, "village_road"),
        ({"natural_villages": 4, "roadless_villages": [1, 1, 1, 1, 1, 0]}, "village_bands"),
        ({"lon": "24.5", "lat": "30"}, "village_place"),
        ({"tekun_households": 3}, "village_small"),
        ({"households": 10, "population": 500}, "village_persons"),
        ({"households": 300, "population": 1200, "tekun_households": 0}, None),
    ],
)
def test_a_rule_of_the_village_speaks(people: People, values: dict[str, Any], rule: str | None) -> None:
    with acting(people.author) as actor:
        sheet(actor, **values)
    with unit_of_work(SYSTEM):
        assert check_village(VILLAGE) == (1 if rule else 0)
        assert set(finding_counts(SYSTEM)) == ({rule} if rule else set())


def test_a_village_has_no_fewer_households_than_are_on_file(family: Family, people: People) -> None:
    with acting(people.author) as actor:
        village = ensure_village(VILLAGE, actor=actor)
        save_village_profile(village, today().year, {"households": 0, "population": 0}, actor=actor, as_of=today())
    with unit_of_work(SYSTEM):
        check_village(VILLAGE)
        assert "village_register" in finding_counts(SYSTEM)


def test_each_rule_is_named_by_a_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*rules.py"))
    assert [code for code in RULES if f'"{code}"' not in told] == []
