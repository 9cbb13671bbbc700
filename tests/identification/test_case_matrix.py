"""Both packs, step by step: who may take it, from which state, and everybody else is refused (domain.md 3.2, 3.9).

Every cell is a transition × a state of it × a role, made from the packs themselves: a new step, state or role is in the
table by itself. What the packs ought to say stands in `case_steps_expected.csv`, written from domain.md by hand.
"""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import Role
from core.db import unit_of_work
from core.errors import NotPermitted, Refused, WrongState
from core.policy import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from core.policy_packs import shipped_value
from identification.case_choices import CaseStage, OfficeLevel
from identification.case_packs import PACKS
from identification.guards import cases as guards
from identification.models import IdentificationCase
from identification.workflow import case_workflow
from registry.choices import MonitoringKind
from scripts.case_steps import TARGET as DOCUMENT
from scripts.case_steps import printed
from tests.factories.case_steps import put_case, put_matches, put_visit
from tests.factories.needs import make_household
from tests.factories.people import COUNTY, PLACES, make_person
from tests.factories.places import OTHER_COUNTY, OTHER_PROVINCE, OTHER_TOWNSHIP, OTHER_VILLAGE, VILLAGE, lay_places

LONG_AGO = date(2020, 1, 6)
SIZES = {12: 1, 9: 1_000, 6: 1_000_000, 2: 10_000_000_000}
BESIDE = {VILLAGE: OTHER_VILLAGE, VILLAGE[:9]: OTHER_TOWNSHIP, COUNTY: OTHER_COUNTY, COUNTY[:2]: OTHER_PROVINCE}
STATES: tuple[CaseStage | None, ...] = (None, *CaseStage)


def rows(pack: str) -> list[dict[str, Any]]:
    return list(shipped_value(pack)["transitions"])


def actor_with(role: str, *, beside: bool = False) -> Actor:
    """Return somebody who holds one role, in the case's place or in the next one."""
    if role in ("anonymous", "system"):
        return ANONYMOUS if role == "anonymous" else SYSTEM
    place = PLACES.get(Role(role), COUNTY) or COUNTY
    code = (BESIDE[place] if beside else place).ljust(12, "0")
    high = str(int(code) + SIZES[len(place)]).zfill(12)
    return Actor(str(uuid4()), ActorKind.ACCOUNT, (Grant(role, code, high),), account_id=uuid4())


@pytest.fixture(params=PACKS)
def pack(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def case_id(database: object, pack: str, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A case whose house was seen and whose departments answered; its notice, if it had one, is over."""
    monkeypatch.setattr(guards, "closing_checks", [])
    lay_places()
    officer = make_person(Role.VILLAGE_OFFICER)
    found = put_case(make_household(officer), CaseStage.VERIFYING, pack)
    put_visit(found, officer, make_person(Role.STATIONED_TEAM))
    put_matches(found)
    return found


def ready(case_id: UUID, pack: str, step: str, stage: CaseStage | None) -> IdentificationCase:
    """Return a case in the state, not kept, with nothing that stands against the step but who takes it."""
    return IdentificationCase(
        id=case_id,
        region_code=VILLAGE,
        pack=pack,
        stage=stage,
        household_id=uuid4(),
        entered_on=LONG_AGO,
        due_on=LONG_AGO,
        escalated_to=OfficeLevel.TOWNSHIP,
        verification=1,
        appealed=False,
        monitored_kind=MonitoringKind.SUDDEN_SEVERE_DIFFICULTY,
        authorised_on=None if step == "authorise" else LONG_AGO,
        committee_by=uuid4() if step == "verify_list" else None,
        team_by=uuid4() if step == "verify_list" else None,
    )


def facts(step: str) -> dict[str, Any]:
    """Return what the doors hand over with the step, whole."""
    conditions = dict.fromkeys(("income_steady", "guarantees_stable", "risks_gone", "no_new_risk"), True)
    return {
        "file": uuid4(),
        "first": uuid4(),
        "second": uuid4(),
        "stated": True,
        "vote": uuid4(),
        "reject": "above_line",
        "answer": "ask_above",
        "way": "by_help",
        "quota_left": 0 if step == "hold_over_quota" else 5,
        **conditions,
    }


def answer(case: IdentificationCase, step: str, actor: Actor) -> str:
    """Return what the workflow says to somebody: "ok", or the name of the refusal."""
    try:
        case_workflow(shipped_value(case.pack)).check(case, step, actor=actor, facts=facts(step))
    except Refused as refusal:
        return f"{type(refusal).__name__} {refusal.code}"
    return "ok"


def cells(pack: str) -> Iterator[tuple[dict[str, Any], CaseStage | None, str]]:
    """Yield every step × state × role; the platform itself is one of the roles."""
    for row in rows(pack):
        sources = [None if name is None else CaseStage(name) for name in row["from"]]
        yield from ((row, stage, role) for stage, role in product(sources, map(str, Role)))


def test_exactly_those_take_a_step_whom_the_pack_names(case_id: UUID, pack: str) -> None:
    faults, seen = [], 0
    with unit_of_work(SYSTEM):
        for row, stage, role in cells(pack):
            wanted = "ok" if role in row["who"] else "NotPermitted not_permitted"
            found = answer(ready(case_id, pack, row["name"], stage), row["name"], actor_with(role))
            seen += 1
            if found != wanted:
                faults.append(f"{row['name']} from {stage} by {role}: {found}, not {wanted}")
    assert faults == []
    assert seen > 600


def test_nobody_takes_a_step_from_the_next_place(case_id: UUID, pack: str) -> None:
    faults = []
    with unit_of_work(SYSTEM):
        for row, stage, role in cells(pack):
            if role in row["who"] and role not in ("anonymous", "system"):
                found = answer(ready(case_id, pack, row["name"], stage), row["name"], actor_with(role, beside=True))
                if found != "NotPermitted not_permitted":
                    faults.append(f"{row['name']} from {stage} by {role} of the next place: {found}")
    assert faults == []


def test_each_step_from_any_other_state_is_a_wrong_state(case_id: UUID, pack: str) -> None:
    faults, seen = [], 0
    with unit_of_work(SYSTEM):
        for row in rows(pack):
            for stage in set(STATES) - {None if name is None else CaseStage(name) for name in row["from"]}:
                seen += 1
                for role in row["who"]:
                    found = answer(ready(case_id, pack, row["name"], stage), row["name"], actor_with(role))
                    if found != f"{WrongState.__name__} wrong_state":
                        faults.append(f"{row['name']} from {stage} by {role}: {found}")
    assert faults == []
    assert seen > 500


def test_a_step_that_the_pack_does_not_have_is_a_wrong_state(case_id: UUID, pack: str) -> None:
    unknown = {row["name"] for other in PACKS for row in rows(other)} - {row["name"] for row in rows(pack)}
    with unit_of_work(SYSTEM):
        found = {answer(ready(case_id, pack, step, CaseStage.VERIFYING), step, SYSTEM) for step in unknown}
    assert found == {"WrongState unknown_transition"}


def test_a_role_that_the_role_table_has_and_the_pack_does_not_is_refused(case_id: UUID, pack: str) -> None:
    """The county has the township's door, yet the township decides its own cases."""
    case = ready(case_id, pack, "township_approve", CaseStage.TOWNSHIP_REVIEW)
    with unit_of_work(SYSTEM), pytest.raises(NotPermitted):
        case_workflow(shipped_value(pack)).check(
            case, "township_approve", actor=actor_with("county_officer"), facts=facts("township_approve")
        )


TABLE = Path(__file__).with_name("case_steps_expected.csv")


def expected() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        return {(row["pack"], row["step"]): row for row in csv.DictReader(lines)}


def said(row: dict[str, Any]) -> dict[str, str]:
    """Return a transition of a pack as the table writes it."""
    return {
        "from": " ".join(sorted(str(name or "-") for name in row["from"])),
        "to": str(row["to"] or "="),
        "who": " ".join(sorted(row["who"])),
        "guards": " ".join(row.get("guards", ())),
        "words": "yes" if row.get("reason") else "",
    }


@pytest.mark.parametrize("code", PACKS)
def test_the_packs_say_what_the_table_says(code: str) -> None:
    wanted = {step: row for (pack, step), row in expected().items() if pack == code}
    found = {row["name"]: said(row) for row in rows(code)}
    assert set(found) == set(wanted), "write the step into case_steps_expected.csv, from domain.md"
    assert found == {step: {name: row[name] for name in said(rows(code)[0])} for step, row in wanted.items()}


def test_the_document_shows_the_packs_as_they_are() -> None:
    assert DOCUMENT.read_text("utf-8") == printed(), "run: PYTHONPATH=platform python scripts/case_steps.py"
