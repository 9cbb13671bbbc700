"""Each guard of the packs refuses what it is for, and lets the rest through (domain.md 3.2 to 3.9, 5.4, 5.5)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import SYSTEM, Actor
from core.policy_packs import shipped_value
from identification.case_choices import CaseStage, Department, OfficeLevel, VetoCode, VetoStage
from identification.case_packs import PACKS
from identification.guards import cases as guards
from identification.models import IdentificationCase
from registry.choices import MonitoringKind
from tests.factories.case_steps import put_case, put_flag, put_matches, put_visit, take
from tests.factories.needs import make_household
from tests.factories.people import actor_of, make_person
from tests.factories.places import lay_places


@dataclass
class Scene:
    """A case, its officers, and what comes with the step."""

    case_id: UUID
    people: dict[Role, UUID]
    role: Role = Role.VILLAGE_OFFICER
    facts: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        return actor_of(self.people[self.role])

    def ask(self, name: str) -> str:
        """Return the code of the refusal, or "" where the guard lets the step through."""
        actor = self.actor
        with unit_of_work(SYSTEM):
            case = db.session.get_one(IdentificationCase, self.case_id)
            db.session.expunge(case)
            for column, value in self.columns.items():
                setattr(case, column, value)
            try:
                guards.GUARDS[name](case, actor, self.facts)
            except Refused as refusal:
                return refusal.code
        return ""


Change = Callable[[Scene], None]


@dataclass(frozen=True)
class Rule:
    """What a guard refuses with which code, and what it lets through; the first is done before the second."""

    code: str
    refused: Change
    let: Change


def given(**facts: Any) -> Change:
    return lambda scene: scene.facts.update(facts)


def so(**columns: Any) -> Change:
    return lambda scene: scene.columns.update(columns)


def as_role(role: Role, *more: Change) -> Change:
    def change(scene: Scene) -> None:
        scene.role = role
        for one in more:
            one(scene)

    return change


def nothing(scene: Scene) -> None:
    """Leave the scene as it is."""


def seen_by_the_first(scene: Scene) -> None:
    """One of the two who saw the house before the appeal would come again."""
    scene.facts |= {"first": scene.people[Role.VILLAGE_OFFICER], "second": uuid4()}
    appeal(scene)


def appeal(scene: Scene) -> None:
    """Take another case, in which two saw the house and the household appealed."""
    other = put_case(home_of(scene), CaseStage.NOT_ADMITTED, reject_reason="above_line")
    put_visit(other, scene.people[Role.VILLAGE_OFFICER], scene.people[Role.STATIONED_TEAM])
    take(other, "appeal", scene.people[Role.TOWNSHIP_OFFICER], reason="They did not look.")
    scene.case_id = other


def home_of(scene: Scene) -> UUID:
    with unit_of_work(SYSTEM):
        found = db.session.get_one(IdentificationCase, scene.case_id).household_id
    assert found is not None
    return found


def visited(scene: Scene) -> None:
    put_visit(scene.case_id, scene.people[Role.VILLAGE_OFFICER], scene.people[Role.STATIONED_TEAM])


def answered(*departments: Department) -> Change:
    return lambda scene: put_matches(scene.case_id, *departments)


def flagged(code: VetoCode, stage: VetoStage = VetoStage.OPEN) -> Change:
    def change(scene: Scene) -> None:
        put_flag(scene.case_id, code, stage)

    return change


def put_right(scene: Scene) -> None:
    """Another case, in which what was told was put right."""
    scene.case_id = put_case(home_of(scene), CaseStage.TOWNSHIP_REVIEW)
    flagged(VetoCode.FALSE_INFORMATION, VetoStage.CLEARED)(scene)


def days(count: int) -> Change:
    def change(scene: Scene) -> None:
        with unit_of_work(SYSTEM):
            scene.columns["due_on"] = today() + timedelta(days=count)

    return change


def notice(*, over: bool) -> Change:
    def refuse(case: IdentificationCase) -> None:
        raise Refused(code="notice_runs")

    def change(scene: Scene) -> None:
        guards.closing_checks[:] = [] if over else [refuse]

    return change


def mine(column: str, role: Role) -> Change:
    return lambda scene: scene.columns.update({column: scene.people[role]})


ALL_FOUR = dict.fromkeys(("income_steady", "guarantees_stable", "risks_gone", "no_new_risk"), True)
COUNTY, TOWNSHIP, TEAM = Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER, Role.STATIONED_TEAM
RULES: dict[str, Rule] = {
    "own_turn": Rule("villages_turn", as_role(TOWNSHIP), so(escalated_to=OfficeLevel.TOWNSHIP)),
    "letter_signed": Rule("letter_missing", nothing, given(witness="Huang")),
    "two_visitors": Rule("two_visitors", given(first="a", second="a"), given(first="a", second="b")),
    "other_visitors": Rule("same_visitors", seen_by_the_first, given(first=uuid4(), second=uuid4())),
    "household_known": Rule("household_unknown", so(household_id=None), so(household_id=uuid4())),
    "visited": Rule("not_visited", nothing, visited),
    "authorised": Rule("not_authorised", nothing, so(authorised_on="2026-11-20")),
    "matched": Rule("not_matched", answered(Department.VEHICLES, Department.PAYROLL), answered()),
    "vetoes_stated": Rule("flags_open", flagged(VetoCode.VEHICLE), given(stated=True)),
    "no_hard_stop": Rule("false_information", flagged(VetoCode.FALSE_INFORMATION), put_right),
    "vote_counts": Rule("not_permitted", nothing, given(vote=uuid4())),
    "one_signature": Rule("signed", so(committee_by=uuid4()), as_role(TEAM)),
    "both_signed": Rule("one_signature", so(committee_by=uuid4()), so(team_by=uuid4())),
    "notice_over": Rule("notice_runs", notice(over=False), notice(over=True)),
    "not_involved": Rule("own_case", as_role(COUNTY, mine("township_by", COUNTY)), mine("township_by", TOWNSHIP)),
    "reject_code": Rule("no_reject_reason", nothing, given(reject="above_line")),
    "evidence_given": Rule("no_evidence", nothing, given(file=uuid4())),
    "covered": Rule("not_covered", given(uncovered=True), given(uncovered=False)),
    "within_quota": Rule("quota_used", given(quota_left=0), given(quota_left=1)),
    "beyond_quota": Rule("quota_left", given(quota_left=1), given(quota_left=0)),
    "answer_given": Rule("no_answer", nothing, given(answer="ask_above")),
    "kind_fits": Rule("no_kind", nothing, so(monitored_kind=MonitoringKind.MARGINAL_AT_RISK)),
    "risks_gone": Rule("risk_stays", given(**{**ALL_FOUR, "no_new_risk": False}), given(**ALL_FOUR)),
    "way_given": Rule("no_way", nothing, given(way="by_help")),
    "overdue": Rule("not_overdue", days(0), days(-1)),
}
# The step's own words are asked for by the step: `workflow_needs_words`.
UNGUARDED = {"words_given"}


@pytest.fixture
def scene(database: object, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(guards, "closing_checks", [])
    lay_places()
    roles = (Role.VILLAGE_OFFICER, TEAM, TOWNSHIP, COUNTY)
    people = {role: make_person(role) for role in roles}
    home = make_household(people[Role.VILLAGE_OFFICER])
    return Scene(put_case(home, CaseStage.VERIFYING), people)


def test_every_guard_has_its_rule_and_every_pack_names_known_ones() -> None:
    named = {name for pack in PACKS for row in shipped_value(pack)["transitions"] for name in row.get("guards", ())}
    assert set(RULES) | UNGUARDED == set(guards.GUARDS) == named, "write what the guard refuses and lets through"


@pytest.mark.parametrize("name", RULES)
def test_each_guard_refuses_and_lets_through(scene: Scene, name: str) -> None:
    rule = RULES[name]
    rule.refused(scene)
    assert scene.ask(name) == rule.code
    rule.let(scene)
    assert scene.ask(name) == ""


@pytest.mark.parametrize(
    ("name", "code", "change"),
    [
        ("letter_signed", "letter_signed", so(authorised_on="2026-11-20")),
        ("one_signature", "same_signer", as_role(TEAM, mine("committee_by", TEAM))),
        ("one_signature", "signed", as_role(TOWNSHIP)),
        ("both_signed", "one_signature", so(team_by=uuid4())),
        ("two_visitors", "two_visitors", given(first="a")),
        ("not_involved", "own_case", mine("entered_by", Role.VILLAGE_OFFICER)),
        ("not_involved", "own_case", mine("committee_by", Role.VILLAGE_OFFICER)),
        ("not_involved", "own_case", mine("team_by", Role.VILLAGE_OFFICER)),
        ("not_involved", "own_case", visited),
        ("no_hard_stop", "false_information", flagged(VetoCode.FALSE_INFORMATION, VetoStage.CONFIRMED)),
        ("no_hard_stop", "", flagged(VetoCode.VEHICLE, VetoStage.CONFIRMED)),
        ("vetoes_stated", "", flagged(VetoCode.VEHICLE, VetoStage.CONFIRMED)),
        ("evidence_given", "", given(witness="Huang")),
        ("letter_signed", "", given(file=uuid4())),
        ("beyond_quota", "quota_left", given(quota_left=None)),
        ("within_quota", "", given(quota_left=None)),
        ("kind_fits", "kind_wrong", as_role(COUNTY, so(monitored_kind="x"), given(kind_wrong="It does not fit."))),
        ("risks_gone", "without_labour", given(**ALL_FOUR, without_labour=True)),
        ("risks_gone", "income_below", given(**ALL_FOUR, income_below=True)),
        ("overdue", "not_overdue", so(due_on=None)),
    ],
)
def test_a_guard_has_further_edges(scene: Scene, name: str, code: str, change: Change) -> None:
    change(scene)
    assert scene.ask(name) == code


@pytest.mark.parametrize("missing", ALL_FOUR)
def test_no_one_of_the_four_conditions_may_be_missing(scene: Scene, missing: str) -> None:
    scene.facts |= {**ALL_FOUR, missing: False}
    assert scene.ask("risks_gone") == "risk_stays"


def test_the_visitors_before_an_appeal_stay_away_even_if_the_case_is_sent_back_later(scene: Scene) -> None:
    """A second verification after the appeal is not a way around it."""
    appeal(scene)
    team, village = scene.people[TEAM], scene.people[Role.VILLAGE_OFFICER]
    newcomers = make_person(Role.VILLAGE_OFFICER), make_person(TEAM)
    put_visit(scene.case_id, *newcomers)
    with unit_of_work(SYSTEM):
        case = db.session.get_one(IdentificationCase, scene.case_id)
        scene.columns |= {"verification": case.verification + 1, "appealed": True}
    scene.facts |= {"first": village, "second": team}
    assert scene.ask("other_visitors") == "same_visitors"
    scene.facts |= {"first": newcomers[0], "second": newcomers[1]}
    assert scene.ask("other_visitors") == ""
