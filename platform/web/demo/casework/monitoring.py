"""The way of households that are monitored (domain.md 3.9), part by part; see `scenes` for what a part is."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from core.clock import calendar, local_day, today
from core.db import db
from core.policy import ANONYMOUS
from identification.case_choices import CaseOrigin, CaseStage, Department, Seen
from identification.case_packs import MONITORING_2021
from identification.notice_choices import NoticeStep
from identification.queries.cases import find_case
from identification.queries.households import has_exited
from identification.services.cases import Applicant, Entry, enter_clue
from identification.services.cases.kinds import choose_kind
from identification.services.own_reports import Telling, file_own_report
from registry.choices import MonitoringKind, RiskType
from registry.models import Household
from web.demo.casework import boards, steps
from web.demo.casework.meetings import meet
from web.demo.casework.steps import step, turn
from web.demo.names import person, phone, story
from web.demo.scenes import Days, Made, Stage
from web.demo.village import Home, survey_again

TELLERS, WITNESSES = 7_200, 71
NOTICE_DAYS, LONGEST_NOTICE = 5, 24
Cases = Sequence[UUID]


def told(stage: Stage, words: str, number: int, *, on: float) -> Made:
    """Let a villager tell of his household on the public page, without an account."""
    yield on
    turn(ANONYMOUS)
    telling = Telling(person(TELLERS + number), story("cases")["told"][words], phone(TELLERS + number))
    return file_own_report(telling, region_code=stage.village.plan.code).case_id


def entered(stage: Stage, home: Home, *, on: float) -> Made:
    """Let the team enter a clue that it found on its round."""
    yield on
    household = db.session.get_one(Household, home.id)
    entry = Entry(
        stage.village.plan.code,
        MONITORING_2021,
        CaseOrigin.CADRE_SURVEY,
        Applicant(household.head_name, household.phone or phone(TELLERS + home.size)),
        household,
        story("cases")["told"]["survey"],
    )
    return enter_clue(entry, actor=turn(stage.officers.team)).id


def taken_up(stage: Stage, home: Home, *, on: float) -> Made:
    """Let the village take a clue up, and the household sign its letter."""
    case_id = yield from entered(stage, home, on=on + 0.7)
    yield on
    step(case_id, "take_up", stage.officers.village)
    steps.letter(case_id, stage.officers.village, person(WITNESSES + home.size))
    return case_id


def seen(stage: Stage, home: Home, *, on: float) -> Made:
    """Let two visitors see the house."""
    case_id = yield from taken_up(stage, home, on=on + 0.6)
    yield on
    steps.visit(case_id, stage.officers, {"labour": Seen.AT_RISK, "schooling": Seen.DOES_NOT_APPLY}, None)
    return case_id


def compared(stage: Stage, home: Home, *, on: float, found: Mapping[Department, str] | None = None) -> Made:
    """Let the departments answer."""
    case_id = yield from seen(stage, home, on=on + 0.6)
    yield on
    steps.answers(case_id, stage.officers.counties[0], found or {})
    return case_id


def proposed(stage: Stage, home: Home, *, on: float) -> Made:
    """Say which kind of monitoring it is about, and bring the case before the meeting."""
    case_id = yield from compared(stage, home, on=on + 0.5)
    yield on
    exited = has_exited(home.id, local_day(stage.helping.clock.end))
    kind = MonitoringKind.UNSTABLE_EXITED if exited else MonitoringKind.MARGINAL_AT_RISK
    choose_kind(find_case(case_id), kind, [RiskType.ILLNESS, RiskType.UNSTABLE_WORK], actor=turn(stage.officers.team))
    steps.propose(case_id, stage.officers)
    return case_id


def voted(stage: Stage, cases: Cases, *, on: float, against: Cases = ()) -> Days:
    """Let the representatives vote on all who wait for a meeting."""
    yield on
    if any(find_case(case).stage is CaseStage.REVIEWED for case in cases):
        meet(stage.officers, stage.village.plan.code, MONITORING_2021, against)


def hung(stage: Stage, *, on: float) -> Made:
    """Hang the notice of all who were voted onto the list; return the sheet."""
    yield on
    ((sheet, _),) = boards.make(stage.officers.village, stage.village.plan.code, MONITORING_2021, NoticeStep.VILLAGE)
    boards.hang(sheet, stage.officers.village)
    return sheet


def passed(stage: Stage, cases: Cases, sheet: UUID, *, on: float) -> Days:
    """Let the team look at the board every day, until the notice of the cases is over."""
    left = on
    while left >= 1 and any(find_case(case).stage is CaseStage.NOTICE_VILLAGE for case in cases):
        yield left
        boards.let_time_pass()
        if any(find_case(case).stage is CaseStage.NOTICE_VILLAGE for case in cases):
            boards.look(sheet, stage.officers.team)
        left -= 1


def days_to_hang(stage: Stage) -> int:
    """Return so many days before the end that a notice hung then is over on the day before the last."""
    end = local_day(stage.helping.clock.end)
    for days in range(NOTICE_DAYS + 2, LONGEST_NOTICE):
        if calendar().last_day(end - timedelta(days=days), NOTICE_DAYS) <= end - timedelta(days=2):
            return days
    return LONGEST_NOTICE


def admitted(stage: Stage, home: Home, *, on: float) -> Made:
    """Take a household from the clue to the county's decision, in about two weeks."""
    case_id = yield from proposed(stage, home, on=on + 12.2)
    yield from voted(stage, [case_id], on=on + 11.6)
    sheet = yield from hung(stage, on=on + 11)
    yield from passed(stage, [case_id], sheet, on=on + 10)
    yield on + 1
    step(case_id, "township_approve", stage.officers.townships[0])
    yield on
    step(case_id, "county_approve", stage.officers.county)
    return case_id


def planned(stage: Stage, home: Home, case_id: UUID, *, on: float) -> Days:
    """Write the help plan, after the household's needs were surveyed."""
    yield on
    survey_again(home, stage.officers, today())
    step(case_id, "make_plan", stage.officers.village, story("cases")["plan"])


def measured(stage: Stage, case_id: UUID, *, on: float) -> Days:
    """Start the measures of the plan."""
    yield on
    step(case_id, "start_measures", stage.officers.village, story("cases")["measures"])


def followed(stage: Stage, home: Home, *, on: float) -> Made:
    """Take a household from the clue to measures that run; the county decided so many days ago."""
    case_id = yield from admitted(stage, home, on=on)
    yield from planned(stage, home, case_id, on=on - 7)
    yield from measured(stage, case_id, on=on - 18)
    return case_id
