"""Cases of a village that run today, in every state; and of those that ended lately."""

from collections.abc import Callable, Generator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.clock import today
from core.db import db
from core.policy import ANONYMOUS, SYSTEM
from identification.case_choices import CaseStage, Department
from identification.models import IdentificationCase
from identification.models.notices import Notice
from identification.objection_choices import ObjectionKind
from identification.queries.cases import find_case
from identification.queries.cases.clearing import can_work, risk_facts
from identification.services.clues import find_clues
from identification.services.objecting import Filing, file_objection
from registry.choices import ClearingMethod
from registry.models import Household
from registry.services import save_living_conditions
from web.demo.casework import boards, steps
from web.demo.casework import monitoring as way
from web.demo.casework.steps import step, turn
from web.demo.names import person, story
from web.demo.scenes import Days, Stage
from web.demo.village import Home

OF_THE_CADRE, ASKED = 6, 95
WITNESS = 81
Scene = Callable[[Stage, list[Home]], Days]
GONE: dict[str, Any] = {"income_steady": True, "guarantees_stable": True, "risks_gone": True, "no_new_risk": True}


def set_cases(stage: Stage, *, listed: bool) -> None:
    """Let the cases of a village begin: of the listed officers' one in every state, of a neighbour's a few."""
    homes = [*stage.village.homes[OF_THE_CADRE:], *stage.village.homes[:OF_THE_CADRE]]
    homes.sort(key=lambda home: not can_work(home.id))  # whose risk goes away has somebody who can work
    if listed:
        stage.play(_told(stage, "overdue", 1, 7.6))
        stage.play(_told(stage, "fresh", 2, 0.6))
    for scene, count in IN_THE_LISTED if listed else NEXT_DOOR:
        taken, homes = homes[:count], homes[count:]
        if len(taken) == count:
            stage.play(scene(stage, taken))


def _told(stage: Stage, words: str, number: int, on: float) -> Days:
    yield from way.told(stage, words, number, on=on)


def _clearing(stage: Stage, homes: list[Home]) -> Days:
    """A risk is gone as the village says; the county has to look."""
    (home,) = homes
    case_id = yield from way.followed(stage, home, on=270)
    yield 3.6
    _propose_clearing(stage, case_id)


def _propose_clearing(stage: Stage, case_id: UUID) -> None:
    facts = risk_facts(find_case(case_id))
    if not facts["income_below"] and not facts.get("without_labour"):
        step(case_id, "propose_clearing", stage.officers.village, **GONE)


def _cleared(stage: Stage, homes: list[Home]) -> Days:
    """A risk went away by help."""
    (home,) = homes
    case_id = yield from way.followed(stage, home, on=430)
    yield 160
    _propose_clearing(stage, case_id)
    yield 152
    if find_case(case_id).stage is CaseStage.CLEARING_REVIEW:
        step(case_id, "clear", stage.officers.county, way=ClearingMethod.BY_HELP)


def _under_review(stage: Stage, homes: list[Home]) -> Days:
    """Two households past the notice: one waits for the township, the other for the county."""
    yield 30
    days = way.days_to_hang(stage)
    cases = yield from _voted_together(stage, homes, days + 0.8)
    sheet = yield from way.hung(stage, on=days)
    yield from way.passed(stage, cases, sheet, on=days - 1)
    yield 0.8
    if find_case(cases[1]).stage is CaseStage.TOWNSHIP_REVIEW:
        step(cases[1], "township_approve", stage.officers.townships[1])


def _voted_together(stage: Stage, homes: list[Home], on: float) -> Generator[float, None, list[UUID]]:
    """Bring several households before one meeting; return their cases."""
    cases = []
    for number, home in enumerate(homes):
        cases.append((yield from way.proposed(stage, home, on=on + 1 - number / 9)))
    yield from way.voted(stage, cases, on=on)
    return cases


def _on_the_board(stage: Stage, homes: list[Home]) -> Days:
    """Two households on the notice that hangs today; somebody objects to one of them."""
    cases = yield from _voted_together(stage, homes, 3.8)
    sheet = yield from way.hung(stage, on=3.1)
    yield 2.2
    boards.look(sheet, stage.officers.team)
    yield 1.3
    notice, entry = db.session.get_one(Notice, sheet), boards.line_of([sheet], cases[0])
    turn(ANONYMOUS)
    filing = Filing(ObjectionKind.WRONG_INCLUSION, story("cases")["objected"]["told"])
    file_objection(filing, region_code=stage.village.plan.code, notice=notice, entry=entry)


def _comparing(stage: Stage, homes: list[Home]) -> Days:
    """Two departments have answered, and one of them found something."""
    (home,) = homes
    case_id = yield from way.seen(stage, home, on=1.9)
    yield 1.1
    found = {Department.VEHICLES: story("cases")["vehicle"]}
    asked = (Department.VEHICLES, Department.REAL_ESTATE)
    steps.answers(case_id, stage.officers.counties[0], found, asked)


def _to_visit(stage: Stage, homes: list[Home]) -> Days:
    """The letter is signed; nobody was in the house yet."""
    (home,) = homes
    yield from way.taken_up(stage, home, on=1.6)


def _found_by_lists(stage: Stage, homes: list[Home]) -> Days:
    """Who stood on a list was asked a season ago; since then hail hit one household, and the platform found it."""
    (home,) = homes
    yield ASKED
    turn(SYSTEM)
    find_clues(stage.village.plan.code)
    for case in _clues(stage):
        witness, words = person(WITNESS), story("cases")["no_wish"]
        if case.household_id == home.id:
            step(case.id, "withdraw", stage.officers.team, words)
        else:
            step(case.id, "decline", stage.officers.team, words, witness=witness)
    yield 2.4
    household = db.session.get_one(Household, home.id)
    save_living_conditions(household, {"disaster_hit": True}, actor=turn(stage.officers.village), valid_from=today())
    yield 1.2
    turn(SYSTEM)
    find_clues(stage.village.plan.code, limit=1)


def _clues(stage: Stage) -> Sequence[IdentificationCase]:
    query = (
        select(IdentificationCase)
        .join(Household, Household.id == IdentificationCase.household_id)
        .where(IdentificationCase.region_code == stage.village.plan.code, IdentificationCase.stage == CaseStage.CLUE)
        .order_by(Household.household_no)
    )
    return db.session.scalars(query).all()


def _before_the_meeting(stage: Stage, homes: list[Home]) -> Days:
    """One household was voted onto the list yesterday and waits for the board; another waits for the next meeting."""
    first, second = homes
    case_id = yield from way.proposed(stage, first, on=1.6)
    yield from way.voted(stage, [case_id], on=0.6)
    yield from way.proposed(stage, second, on=0.4)


def _new_ones(stage: Stage, homes: list[Home]) -> Days:
    """A household is monitored since this week; its plan is still to be written."""
    (home,) = homes
    yield from way.admitted(stage, home, on=3.5)


def _with_plan(stage: Stage, homes: list[Home]) -> Days:
    (home,) = homes
    case_id = yield from way.admitted(stage, home, on=19)
    yield from way.planned(stage, home, case_id, on=12)


def _followed(stage: Stage, homes: list[Home]) -> Days:
    """Measures run since months."""
    (home,) = homes
    yield from way.followed(stage, home, on=118)


def _refused(stage: Stage, homes: list[Home]) -> Days:
    """The meeting found that it is not needed."""
    (home,) = homes
    case_id = yield from way.proposed(stage, home, on=66)
    yield from way.voted(stage, [case_id], on=65, against=[case_id])


def _withdrawn(stage: Stage, homes: list[Home]) -> Days:
    """The household does not want it any more."""
    (home,) = homes
    case_id = yield from way.taken_up(stage, home, on=41)
    yield 38
    step(case_id, "withdraw", stage.officers.village, story("cases")["withdrawn"])


IN_THE_LISTED: tuple[tuple[Scene, int], ...] = (
    (_clearing, 1),
    (_cleared, 1),
    (_under_review, 2),
    (_on_the_board, 2),
    (_comparing, 1),
    (_to_visit, 1),
    (_found_by_lists, 1),
    (_before_the_meeting, 2),
    (_new_ones, 1),
    (_followed, 1),
    (_with_plan, 1),
    (_refused, 1),
    (_withdrawn, 1),
)
NEXT_DOOR: tuple[tuple[Scene, int], ...] = ((_followed, 1), (_found_by_lists, 1), (_on_the_board, 2))
