"""A case takes a step: by its pack, with what the step sets and the days that the next office has."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from core.clock import add_working_days, now, today
from core.db import db
from core.errors import NotValid
from core.i18n import _l
from core.policy import Actor, ActorKind
from identification.case_choices import CaseStage, OfficeLevel, RejectReason
from identification.guards.cases import signature_column
from identification.models import CaseStep, IdentificationCase
from identification.queries.cases.clearing import risk_facts
from identification.queries.cases.file import ANEW
from identification.queries.cases.quota import hold_number, quota_left
from identification.queries.rounds import is_uncovered
from identification.services.cases.following import follow
from identification.services.cases.kinds import refuse_wrong_kind
from identification.services.cases.measuring import measure
from identification.workflow import office_and_days, step_named, workflow_of
from identification.workflow.cases import workflow_needs_words

SIGNERS = {
    "township_approve": "township_by",
    "township_reject": "township_by",
    "county_approve": "county_by",
    "county_reject": "county_by",
    "hold_over_quota": "county_by",
    "admit_over_quota": "county_by",
}
DATED = {
    **dict.fromkeys(
        ("county_approve", "admit_over_quota", "county_reject", "township_reject", "vote_against"), "decided_on"
    ),
    "hold_over_quota": "over_quota_since",
    "clear": "cleared_on",
}
NUMBERED = frozenset({"county_approve", "hold_over_quota", "admit_over_quota"})
# Chosen from a closed set: it goes into the record and beside the step.
CODES = ("reject", "answer", "way", "told")
LONGEST = 1000


def fire_case(case: IdentificationCase, name: str, *, actor: Actor, reason: str | None = None, **facts: Any) -> None:
    """Take a step by its name in the pack; "post_notice", "close_notice", "withdraw_notice" and "objection_upheld" mean
    the step that they are in the present state. Words go encrypted into the case's own list; records keep codes.
    """
    step, words = step_named(case, name), (reason or "").strip()[:LONGEST]
    code = _reason_code(step, words, facts)
    if workflow_needs_words(case, step) and not words:
        raise NotValid({"reason": [_l("Write the reason.")]})
    if step in NUMBERED:
        hold_number(case)
    known = {**facts, **known_of(case, step)}
    measured = measure(case) if step == "propose" else None
    workflow_of(case).fire(case, step, actor=actor, reason=code, facts=known)
    with db.session.no_autoflush:  # the row is whole only after all of it is set
        _set(case, step, actor, facts)
        if measured is not None:
            case.line_year, case.line_series = measured.year, measured.series
            case.line_concept, case.line_amount, case.line_source = measured.concept, measured.amount, measured.source
        settle_stage(case, step, actor, words, facts)
    db.session.flush()  # what follows asks for the new state
    follow(case, step, actor=actor, words=words, facts=facts)


def check_step(case: IdentificationCase, name: str, *, actor: Actor) -> None:
    """Raise what stands against a step now, before anything is typed: role, state, or a rule of the pack."""
    step = step_named(case, name)
    workflow_of(case).check(case, step, actor=actor, facts={"preview": True, **known_of(case, step)})


def _reason_code(step: str, words: str, facts: dict[str, Any]) -> str:
    chosen = next((facts[name] for name in CODES if facts.get(name) is not None), None)
    if chosen is not None:
        return str(chosen)
    return f"{step}_words" if words else ""


def known_of(case: IdentificationCase, step: str) -> dict[str, Any]:
    """Return what guards must know and may not ask for themselves."""
    if step in NUMBERED:
        return {"quota_left": quota_left(case), "kind_wrong": refuse_wrong_kind(case)}
    if step == "post_first":
        return {"uncovered": is_uncovered(case.round_id)}
    if step == "propose_clearing":
        return risk_facts(case)
    return {}


def _set(case: IdentificationCase, step: str, actor: Actor, facts: dict[str, Any]) -> None:
    signature = signature_column(case, actor) if step == "sign_list" else SIGNERS.get(step)
    if signature is not None:
        setattr(case, signature, actor.account_id)
    if step in ANEW:
        _begin_anew(case, step)
    if step in DATED:
        setattr(case, DATED[step], today())
    if step == "vote_against":
        case.reject_reason = RejectReason.MEETING
    elif facts.get("reject") is not None:
        case.reject_reason = RejectReason(facts["reject"])
    _set_days(case, step, facts)


def _set_days(case: IdentificationCase, step: str, facts: dict[str, Any]) -> None:
    if step == "answer_over_quota":
        case.due_on = None  # the county has answered; the household waits on, and stays in the county's list
    elif step == "escalate":
        case.escalated_to, case.due_on = facts["office"], deadline_from(case, today())


def _begin_anew(case: IdentificationCase, step: str) -> None:
    """Verify anew: another visit, other answers, other signatures. After an appeal other visitors, from then on."""
    case.verification += 1
    case.appealed = case.appealed or step == "appeal"
    case.committee_by = case.team_by = case.township_by = case.county_by = None
    case.reject_reason, case.decided_on = None, None


def settle_stage(
    case: IdentificationCase, step: str, actor: Actor, words: str, facts: Mapping[str, Any] | None = None
) -> None:
    """Note the step for the case's page, and count the days of the office whose turn it is."""
    found = facts or {}
    with db.session.no_autoflush:
        if workflow_of(case).get(step).target is not None:
            case.stage_on = today()
            case.due_on, case.escalated_to = deadline_from(case, case.stage_on), OfficeLevel.NONE
        db.session.add(
            CaseStep(
                id=uuid4(),
                case_id=case.id,
                region_code=case.region_code,
                county_code=case.county_code,
                name=step,
                stage=case.stage,
                taken_by=actor.account_id if actor.kind is ActorKind.ACCOUNT else None,
                taken_at=now(),
                words=words,
                witness=found.get("witness") or None,
                file_id=found.get("file"),
                given={name: str(found[name]) for name in CODES if found.get(name) is not None},
            )
        )


def deadline_from(case: IdentificationCase, day: date, stage: CaseStage | None = None) -> date | None:
    """Return the last day of the office whose turn it is in a state, the present one by default."""
    days = office_and_days(case, stage)
    if days is None:
        return None
    if "working_days" in days:
        return add_working_days(day, int(days["working_days"]))
    return day + timedelta(days=int(days["days"]))


def total_deadline(rules: dict[str, Any], day: date) -> date | None:
    """Return the day by which the whole case must be decided, where the pack knows one."""
    total = rules["total_days_max"]
    return None if total is None else day + timedelta(days=int(total))
