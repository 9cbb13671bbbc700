"""The gate: three persons at two levels, and the rules before each step."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from core.clock import local_day, now, start_of_day, today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import LazyString, _l
from core.policy import Actor
from needs.choices import ApprovalLevel, ConsentItem, NeedLevel, NeedStage, NeedVisibility, RejectReason
from needs.events import need_published
from needs.models import Need
from needs.queries.needs import evidence_of
from needs.queries.surveys import has_consent
from needs.rules import (
    RuleFacts,
    RuleResult,
    evaluate,
    item_of,
    level_of,
    open_judgements,
    refusals,
    ruleset_for,
    sentence_of,
)
from needs.services.evidence import Evidence, add_evidence
from needs.services.messages import tell_approvers
from needs.services.publishing import list_need, place_to_show, valid_until
from needs.workflow import need_workflow
from registry.models import Household
from registry.queries import size_band

REASON_PREFIX = "reason_"
LIVE = (NeedStage.SUBMITTED, NeedStage.VERIFIED, NeedStage.PUBLISHED, NeedStage.EXPIRED)


def check_need(need: Need) -> list[RuleResult]:
    """Return what the rules of the place say of the need today."""
    day = today()
    return evaluate(_facts(need, day), ruleset_for(need.region_code, day))


def _facts(need: Need, day: date) -> RuleFacts:
    household = None if need.household_id is None else db.session.get(Household, need.household_id)
    pictures = [piece for piece in evidence_of(need.id) if piece.file_id is not None]
    return RuleFacts(
        title=need.title,
        description=need.description,
        category=need.category,
        level=need.level,
        quantity=need.quantity,
        min_lot=need.min_lot,
        today=day,
        unit=need.unit,
        unit_price=need.unit_price,
        item=item_of(need.item_code, need.region_code, day),
        size=None if household is None else household.size,
        needed_from=need.needed_from,
        needed_by=need.needed_by,
        urgency=need.urgency,
        urgency_reason=need.urgency_reason,
        repeats=_repeats(need, day),
        consented=_consented(need, day),
        pictures=len(pictures),
        undated_pictures=sum(piece.taken_on is None for piece in pictures),
        visited=need.visited_on is not None and bool(need.second_visitor),
    )


def _repeats(need: Need, day: date) -> tuple[date, ...]:
    """Return when the same thing was asked for by the same subject lately."""
    rules = ruleset_for(need.region_code, day)
    since = start_of_day(day - timedelta(days=rules.part("repeat")["days"]))
    same_subject = Need.household_id == need.household_id if need.household_id else Need.village_id == need.village_id
    same_title = Need.title == need.title
    same = or_(same_title, Need.item_code == need.item_code) if need.item_code else same_title
    query = select(Need.submitted_at).where(
        same_subject, same, Need.id != need.id, Need.stage.in_(LIVE), Need.submitted_at >= since
    )
    return tuple(local_day(moment) for moment in db.session.scalars(query) if moment is not None)


def consent_wanted(need: Need) -> ConsentItem | None:
    """Return what the household must have agreed to before this need is shown to anybody."""
    if need.level is NeedLevel.VILLAGE:
        return None
    return ConsentItem.PUBLISH if need.visibility is NeedVisibility.PUBLIC else ConsentItem.GOODS_VIA_OFFICE


def _consented(need: Need, day: date) -> bool | None:
    item = consent_wanted(need)
    if item is None or need.household_id is None:
        return None
    return has_consent(need.household_id, item, day)


def refuse_by_rules(results: Sequence[RuleResult], *, but: tuple[str, ...] = ("consent",)) -> None:
    """Raise Refused with the first rule that stands against the need; consent may still follow a draft."""
    against = [result for result in refusals(results) if result.code not in but]
    if against:
        found = [{"code": result.code, "detail": sentence_of(result)} for result in against]
        raise Refused(sentence_of(against[0]), code=against[0].code, findings=found)


def verify_need(
    need: Need, *, actor: Actor, visited_on: date, second_visitor: str, evidence: Sequence[Evidence]
) -> None:
    """Stand up for the need after a visit with a second person."""
    facts = {"visited_on": visited_on, "second_visitor": second_visitor, "evidence": evidence}
    need_workflow.check(need, "verify", actor=actor, facts=facts)
    add_evidence(need, evidence)
    db.session.flush()  # the rules look at the evidence
    moment = now()
    with db.session.no_autoflush:  # one change of the need, one record
        need.visited_on, need.second_visitor = visited_on, second_visitor.strip()
        need.verified_by, need.verified_at = actor.account_id, moment
        results = check_need(need)
        need.rule_results = [result.as_json() for result in results]
        need.needs_level = level_of(results)
        need_workflow.fire(need, "verify", actor=actor, facts=facts)
    tell_approvers(need)


def approve_need(need: Need, *, actor: Actor, reasons: Mapping[str, str] | None = None) -> None:
    """Publish the need: no rule refuses it, each open judgement has its reason, the level is right."""
    results = check_need(need)
    level = _decides(need, results)
    need_workflow.check(need, "approve", actor=actor, facts={"needs_level": level})
    refuse_by_rules(results, but=())
    given, moment = _reasons(results, reasons or {}), now()
    with db.session.no_autoflush:  # one change of the need, one record
        need.reasons, need.rule_results = given, [result.as_json() for result in results]
        need.approved_by, need.published_at = actor.account_id, moment
        need.expires_at = valid_until(need, moment)
        need.shown_region_code = place_to_show(need, moment)
        need.size_band = _band(need)
        need_workflow.fire(need, "approve", actor=actor, facts={"needs_level": level})
        list_need(need)
    need_published.send(need)


def _decides(need: Need, results: Sequence[RuleResult]) -> ApprovalLevel:
    """Return the level: what the rules say today never lowers what they said at the verification."""
    return ApprovalLevel.COUNTY if need.needs_level is ApprovalLevel.COUNTY else level_of(results)


def _reasons(results: Sequence[RuleResult], given: Mapping[str, str]) -> dict[str, str]:
    errors: dict[str, list[str | LazyString]] = {}
    for result in open_judgements(results):
        if not given.get(result.code, "").strip():
            errors[REASON_PREFIX + result.code] = [_l("Write why this can be accepted.")]
    if errors:
        raise NotValid(errors)
    return {result.code: given[result.code].strip() for result in open_judgements(results)}


def _band(need: Need) -> str | None:
    household = None if need.household_id is None else db.session.get(Household, need.household_id)
    return None if household is None else size_band(household.size)


def return_need(need: Need, *, actor: Actor, reason: str) -> None:
    """Give the need back to its author; the verification is void."""
    need_workflow.fire(need, "return", actor=actor, reason=reason)
    need.last_reason = reason.strip()
    need.visited_on, need.second_visitor = None, ""
    need.verified_by = need.verified_at = None


def reject_need(need: Need, *, actor: Actor, reason: RejectReason, words: str = "") -> None:
    """Say no, with a reason that stands in the record; the words go to the author."""
    need_workflow.fire(need, "reject", actor=actor, reason=reason.value)
    need.last_reason = words.strip()
