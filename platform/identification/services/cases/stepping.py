"""A case takes a step: by its pack, with what the step sets and the days that the next office has."""

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
from identification.queries.cases.quota import quota_left
from identification.queries.rounds import is_uncovered
from identification.services.cases.kinds import refuse_wrong_kind
from identification.services.cases.measuring import measure
from identification.services.cases.registering import enter_register
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
ANEW = frozenset({"township_return", "county_return", "uphold_objection", "appeal", "reopen"})
DECIDES = frozenset({"county_approve", "admit_over_quota", "county_reject", "township_reject", "vote_against"})
LONGEST = 1000


def fire_case(case: IdentificationCase, name: str, *, actor: Actor, reason: str | None = None, **facts: Any) -> None:
    """Take a step by its name in the pack; "post_notice", "close_notice", "withdraw_notice" and "objection_upheld" mean
    the step that they are in the present state. Words go encrypted into the case's own list; records keep codes.
    """
    step, words = step_named(case, name), (reason or "").strip()[:LONGEST]
    code = _reason_code(step, words, facts)
    if workflow_needs_words(case, step) and not words:
        raise NotValid({"reason": [_l("Write the reason.")]})
    known = {**facts, **_asked(case, step, actor)}
    measured = measure(case) if step == "propose" else None
    workflow_of(case).fire(case, step, actor=actor, reason=code, facts=known)
    with db.session.no_autoflush:  # the row is whole only after all of it is set
        _set(case, step, actor, facts)
        if measured is not None:
            case.line_year, case.line_series = measured.year, measured.series
            case.line_concept, case.line_amount, case.line_source = measured.concept, measured.amount, measured.source
        settle_stage(case, step, actor, words)
    db.session.flush()  # what follows asks for the new state
    if case.stage in (CaseStage.REGISTERED, CaseStage.MONITORED) and step in ("register", "county_approve"):
        enter_register(case, actor=actor)


def _reason_code(step: str, words: str, facts: dict[str, Any]) -> str:
    reject = facts.get("reject")
    if reject is not None:
        return str(reject)
    return f"{step}_words" if words else ""


def _asked(case: IdentificationCase, step: str, actor: Actor) -> dict[str, Any]:
    """Return what guards must know and may not ask for themselves."""
    if step in ("county_approve", "hold_over_quota", "admit_over_quota"):
        return {"quota_left": quota_left(case), "kind_wrong": refuse_wrong_kind(case)}
    if step == "post_first":
        return {"uncovered": is_uncovered(case.round_id)}
    return {}


def _set(case: IdentificationCase, step: str, actor: Actor, facts: dict[str, Any]) -> None:
    signature = signature_column(case, actor) if step == "sign_list" else SIGNERS.get(step)
    if signature is not None:
        setattr(case, signature, actor.account_id)
    if step in ANEW:
        _begin_anew(case, step)
    if step in DECIDES:
        case.decided_on = today()
    if facts.get("reject") is not None:
        case.reject_reason = RejectReason(facts["reject"])
    if step == "vote_against":
        case.reject_reason = RejectReason.MEETING
    if step == "hold_over_quota":
        case.over_quota_since = today()
    if step == "clear":
        case.cleared_on = today()


def _begin_anew(case: IdentificationCase, step: str) -> None:
    """Verify anew: another visit, other answers, other signatures. After an appeal other visitors."""
    case.verification += 1
    case.appealed = step == "appeal"
    case.committee_by = case.team_by = case.township_by = case.county_by = None
    case.reject_reason, case.decided_on = None, None


def settle_stage(case: IdentificationCase, step: str, actor: Actor, words: str) -> None:
    """Note the step for the case's page, and count the days of the office whose turn it is."""
    with db.session.no_autoflush:
        day = today()
        if case.stage_on != day or workflow_of(case).get(step).target is not None:
            case.stage_on = day
        if workflow_of(case).get(step).target is not None:
            case.due_on, case.escalated_to = deadline_from(case, day), OfficeLevel.NONE
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
            )
        )


def deadline_from(case: IdentificationCase, day: date) -> date | None:
    """Return the last day of the office whose turn it is."""
    days = office_and_days(case)
    if days is None:
        return None
    if "working_days" in days:
        return add_working_days(day, int(days["working_days"]))
    return day + timedelta(days=int(days["days"]))


def total_deadline(rules: dict[str, Any], day: date) -> date | None:
    """Return the day by which the whole case must be decided, where the pack knows one."""
    total = rules["total_days_max"]
    return None if total is None else day + timedelta(days=int(total))
