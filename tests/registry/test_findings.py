"""Findings: they open and close by the values, are listed for a place, and can stand with a reason."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, WrongState
from core.policy import SYSTEM
from core.records import published_records
from registry.choices import FindingReason, FindingStage, Severity
from registry.models import Finding, Household
from registry.queries import finding_counts, findings_of, get_finding
from registry.rules import HOUSEHOLD_RULES, RULES, VILLAGE_RULES
from registry.rules.households import passes_luhn
from registry.services import (
    accept_finding,
    add_member,
    check_household,
    check_village,
    save_profile,
)
from tests.factories.needs import OTHER_VILLAGE, VILLAGE, People
from tests.factories.people import acting, make_person
from tests.factories.registers import Family

ON = date(2024, 5, 1)


@pytest.fixture
def family(people: People) -> Family:
    return Family(people)


def found(family: Family, day: date | None = None) -> set[str]:
    with unit_of_work(SYSTEM) as session:
        return {row.rule for row in check_household(session.get_one(Household, family.id), day=day)}


def profile(family: Family, **values: Any) -> None:
    with family.opened() as (household, actor):
        save_profile(household, values, actor=actor, valid_from=ON)


def test_a_finding_closes_when_the_values_change_and_opens_anew(family: Family) -> None:
    profile(family, registered_year=2020, planned_exit_year=2019)
    assert "exit_before_entry" in found(family)
    profile(family, planned_exit_year=2021)
    assert "exit_before_entry" not in found(family)
    profile(family, planned_exit_year=2018)
    assert "exit_before_entry" in found(family)
    with unit_of_work(SYSTEM):
        gone = findings_of(SYSTEM, state=FindingStage.GONE).items
        opened = findings_of(SYSTEM, rule="exit_before_entry").items
    assert [row.finding.rule for row in gone] == ["exit_before_entry"]
    assert [row.details for row in opened] == [{"planned": 2018, "registered": 2020}]


def one(family: Family) -> UUID:
    found(family)
    with unit_of_work(SYSTEM):
        (row,) = findings_of(SYSTEM, household_id=family.id).items
        assert row.household_no == "F001"
        return row.finding.id


def test_a_person_lets_a_finding_stand_with_a_reason(family: Family) -> None:
    finding_id = one(family)
    with family.opened() as (_household, actor):
        finding = get_finding(actor, finding_id)
        with pytest.raises(NotValid):
            accept_finding(finding, actor=actor, reason="because")
        accept_finding(finding, actor=actor, reason=FindingReason.PAPER_SEEN, note="看过户口本")
        with pytest.raises(WrongState):
            accept_finding(finding, actor=actor, reason=FindingReason.PAPER_SEEN)
        assert findings_of(actor).items == []
    found(family)
    with unit_of_work(SYSTEM):
        assert len(findings_of(SYSTEM, state=FindingStage.ACCEPTED).items) == 1
        last = published_records(f"household/{family.id}", limit=1)[0]
        assert (last.kind, last.reason) == ("finding.accepted", "paper_seen")
        assert "户口本" not in last.public


def test_what_was_let_stand_is_asked_again_when_it_becomes_another_thing(family: Family) -> None:
    finding_id = one(family)
    with family.opened() as (household, actor):
        accept_finding(get_finding(actor, finding_id), actor=actor, reason=FindingReason.PAPER_SEEN)
        values = {"name": "韦小石", "relation_to_head": "son"}
        add_member(household, values, actor=actor, valid_from=ON)
    found(family)
    with unit_of_work(SYSTEM) as session:
        assert session.get_one(Finding, finding_id).state is FindingStage.OPEN


def test_findings_are_listed_for_the_place_a_page_at_a_time(family: Family, people: People) -> None:
    Family(people, number=2)
    with unit_of_work(SYSTEM):
        assert check_village(VILLAGE) == 2
    with acting(people.author) as actor:
        first = findings_of(actor, region=VILLAGE, severity=Severity.NOTE, limit=1)
        rest = findings_of(actor, region=VILLAGE, severity=Severity.NOTE, limit=1, cursor=first.next)
        assert (len(first.items), len(rest.items), rest.next) == (1, 1, None)
        assert first.items[0].finding.id != rest.items[0].finding.id
        assert findings_of(actor, severity=Severity.ERROR).items == []
        assert findings_of(actor, region=OTHER_VILLAGE).items == []
        assert finding_counts(actor) == {"id_missing": 2}
    with acting(make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE)) as stranger:
        assert findings_of(stranger).items == []
        with pytest.raises(NotFound):
            get_finding(stranger, first.items[0].finding.id)
        with pytest.raises(NotPermitted):
            accept_finding(first.items[0].finding, actor=stranger, reason=FindingReason.PAPER_SEEN)


def test_every_rule_has_its_own_name() -> None:
    assert len(RULES) == len(HOUSEHOLD_RULES) + len(VILLAGE_RULES) > 50
    assert all(str(rule.label) for rule in RULES.values())


@pytest.mark.parametrize(("number", "right"), [("6222021234567894", True), ("6222021234567890", False), ("0", True)])
def test_a_card_number_is_checked_by_its_last_digit(number: str, right: bool) -> None:
    assert passes_luhn(number) is right


def test_the_nightly_job_goes_through_every_village(family: Family) -> None:
    from core.jobs import jobs

    jobs.tasks["registry.check_village"](region_code=VILLAGE)
    with unit_of_work(SYSTEM):
        assert finding_counts(SYSTEM) == {"id_missing": 1}
    jobs.tasks["registry.check_villages"]()
    with unit_of_work(SYSTEM):
        waiting = text("SELECT args->>'region_code' FROM procrastinate_jobs WHERE task_name = 'registry.check_village'")
        assert db.session.scalars(waiting).all() == [VILLAGE]
