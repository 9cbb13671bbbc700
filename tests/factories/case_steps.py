"""Cases in any state, and what their steps need, for tests: rows as the services leave them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM, Actor
from core.records import note
from identification.case_choices import (
    CaseOrigin,
    CaseStage,
    Department,
    MatchResult,
    OfficeLevel,
    Seen,
    VetoCode,
    VetoStage,
)
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.models import CaseStep, DepartmentMatch, IdentificationCase, VetoFlag, Visit
from identification.services.cases import fire_case
from identification.services.cases.stepping import deadline_from
from registry.models import Household
from tests.factories.needs import make_household
from tests.factories.notices import clock
from tests.factories.people import acting

A, B = REGISTER_2014, MONITORING_2021


def put_case(
    household_id: UUID, stage: CaseStage, pack: str = B, *, at: datetime | None = None, **columns: Any
) -> UUID:
    """Put a case on file as if it had come so far; the office whose turn it is has its days."""
    with unit_of_work(SYSTEM), clock(at):
        household = db.session.get_one(Household, household_id)
        values: dict[str, Any] = {
            "origin": CaseOrigin.CADRE_SURVEY,
            "persons": household.size,
            "applicant_name": household.head_name,
            "entered_on": today(),
            "stage_on": today(),
            "escalated_to": OfficeLevel.NONE,
            "verification": 1,
            "household_id": household.id,
        }
        case = IdentificationCase(
            id=uuid4(),
            region_code=household.region_code,
            county_code=household.county_code,
            pack=pack,
            stage=stage,
            **(values | columns),
        )
        if "due_on" not in columns:
            case.due_on = deadline_from(case, case.stage_on)
        db.session.add(case)
        note(case, "case.clue_opened")
        return case.id


def day() -> date:
    with unit_of_work(SYSTEM):
        return today()


def case_of(case_id: UUID) -> IdentificationCase:
    """Return the case as it stands."""
    with unit_of_work(SYSTEM):
        return db.session.get_one(IdentificationCase, case_id)


def take(case_id: UUID, step: str, officer: UUID, *, at: datetime | None = None, **given: Any) -> CaseStage:
    """Take a step as an officer; return the new state."""
    with acting(officer) as actor, clock(at):
        case = db.session.get_one(IdentificationCase, case_id)
        fire_case(case, step, actor=actor, **given)
        return case.stage


@contextmanager
def with_case(case_id: UUID, officer: UUID | None = None) -> Iterator[tuple[IdentificationCase, Actor]]:
    """Open a unit of work of the officer, or of the platform, with the case."""
    if officer is None:
        with unit_of_work(SYSTEM):
            yield db.session.get_one(IdentificationCase, case_id), SYSTEM
        return
    with acting(officer) as actor:
        yield db.session.get_one(IdentificationCase, case_id), actor


def about(case: IdentificationCase) -> dict[str, Any]:
    """Return the columns by which a row belongs to a case."""
    return {"id": uuid4(), "case_id": case.id, "region_code": case.region_code, "county_code": case.county_code}


def put_visit(case_id: UUID, first: UUID, second: UUID, *, at: datetime | None = None) -> None:
    """Let two visitors have seen the house in the present verification."""
    with unit_of_work(SYSTEM), clock(at):
        case = db.session.get_one(IdentificationCase, case_id)
        sights = dict.fromkeys(("food", "housing", "labour", "schooling", "water"), Seen.SOUND)
        visit = Visit(
            **about(case),
            verification=case.verification,
            visited_on=today(),
            first_visitor=first,
            second_visitor=second,
            no_income_reason="Nobody was there who knows.",
            **sights,
        )
        db.session.add(visit)
        note(visit, "case_visit.created")


def put_matches(case_id: UUID, *departments: Department) -> None:
    """Let departments have answered in the present verification; all of them where none is named."""
    with unit_of_work(SYSTEM):
        case = db.session.get_one(IdentificationCase, case_id)
        for department in departments or tuple(Department):
            match = DepartmentMatch(
                **about(case),
                verification=case.verification,
                department=department,
                result=MatchResult.NOTHING_FOUND,
                as_of=today(),
            )
            db.session.add(match)
            note(match, "department_match.created")


def put_flag(case_id: UUID, code: VetoCode = VetoCode.VEHICLE, stage: VetoStage = VetoStage.OPEN) -> UUID:
    """Raise a flag; one that is decided was decided by the platform's own hand."""
    with unit_of_work(SYSTEM):
        case = db.session.get_one(IdentificationCase, case_id)
        decided = {} if stage is VetoStage.OPEN else {"decided_on": today(), "decided_by": uuid4()}
        flag = VetoFlag(**about(case), code=code, stage=stage, raised_on=today(), raised_words="Seen.", **decided)
        db.session.add(flag)
        note(flag, "veto.raised")
        return flag.id


def steps_taken(case_id: UUID) -> list[CaseStep]:
    """Return the steps of a case in their order."""
    with unit_of_work(SYSTEM):
        return list(db.session.query(CaseStep).filter_by(case_id=case_id).order_by(CaseStep.taken_at))


def add_case_steps(world: Any, village: str, **personal: Any) -> None:
    """Put a case of each office's turn into the small world: to sign, to review, to decide, to appeal, over quota."""
    officer, county = world.account(Role.VILLAGE_OFFICER), world.account(Role.COUNTY_OFFICER)
    home = make_household(officer, region=village, **personal)
    refused = {"reject_reason": "above_line"}
    world.ids |= {
        "case_listed": put_case(home, CaseStage.PRELIMINARY, A),
        "case_township": put_case(home, CaseStage.TOWNSHIP_REVIEW, A),
        "case_county": put_case(home, CaseStage.COUNTY_REVIEW, A),
        "case_refused": put_case(home, CaseStage.NOT_ADMITTED, A, **refused),
        "case_over": put_case(home, CaseStage.ELIGIBLE_OVER_QUOTA, A, over_quota_since=day()),
        "case_active": put_case(home, CaseStage.MEASURES_ACTIVE, B, county_by=county),
    }
    put_flag(world.ids["case_township"])
