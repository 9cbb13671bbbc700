"""What stands against a step of a case. Packs name these guards; each is one rule of domain.md 3.2 to 3.9."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from core.clock import today
from core.db import db
from core.errors import NotPermitted, Refused
from core.i18n import _l
from core.policy import Actor, ActorKind
from core.workflow import Facts
from identification.case_choices import OfficeLevel, VetoCode, VetoStage
from identification.case_packs import pack_of
from identification.models import CaseStep, DepartmentMatch, IdentificationCase, VetoFlag, Visit

Case = IdentificationCase
VILLAGE_ROLES = ("village_officer", "stationed_team")
closing_checks: list[Callable[[Case], None]] = []


def has_role_here(actor: Actor, region_code: str, *roles: str) -> bool:
    """Return whether the actor holds one of the roles in the place."""
    return any(grant.role in roles and grant.covers(region_code) for grant in actor.grants)


def own_turn(case: Case, actor: Actor, facts: Facts) -> None:
    """The township acts for the village only after the village's days are over."""
    if actor.kind is ActorKind.SYSTEM or has_role_here(actor, case.region_code, *VILLAGE_ROLES):
        return
    if case.escalated_to is OfficeLevel.NONE:
        raise Refused(_l("The village still has time to act on this."), code="villages_turn")


def letter_signed(case: Case, actor: Actor, facts: Facts) -> None:
    """The commitment letter lies there, signed, or with a witness of the thumbprint."""
    if case.authorised_on is not None:
        raise Refused(_l("The letter was signed before."), code="letter_signed")
    if facts.get("preview"):
        return
    if facts.get("file") is None and not facts.get("witness"):
        raise Refused(_l("Add the signed letter, or name who saw the thumbprint."), code="letter_missing")


def two_visitors(case: Case, actor: Actor, facts: Facts) -> None:
    """Two different officers were in the house."""
    if facts.get("preview"):
        return
    first, second = facts.get("first"), facts.get("second")
    if first is None or second is None or first == second:
        raise Refused(_l("Two different visitors are needed."), code="two_visitors")


def other_visitors(case: Case, actor: Actor, facts: Facts) -> None:
    """After an appeal nobody comes who was in the house before it, however often the case is sent back since."""
    if facts.get("preview") or not case.appealed:
        return
    if {facts.get("first"), facts.get("second")} & visitors_of(case, before=_appealed_at(case)):
        raise Refused(_l("After an appeal other visitors must go than before."), code="same_visitors")


def visitors_of(case: Case, *, before: datetime | None = None) -> set[Any]:
    """Return the accounts that visited for a case, or only those of visits entered before a moment."""
    query = select(Visit.first_visitor, Visit.second_visitor).where(Visit.case_id == case.id)
    if before is not None:
        query = query.where(Visit.created_at < before)
    return {person for row in db.session.execute(query) for person in row}


def _appealed_at(case: Case) -> datetime | None:
    return db.session.scalar(
        select(func.max(CaseStep.taken_at)).where(CaseStep.case_id == case.id, CaseStep.name == "appeal")
    )


def household_known(case: Case, actor: Actor, facts: Facts) -> None:
    """The meeting votes on a household of the register, not on a name."""
    if case.household_id is None:
        raise Refused(_l("Say first which household of the register it is."), code="household_unknown")


def visited(case: Case, actor: Actor, facts: Facts) -> None:
    """This verification has its visit."""
    query = select(Visit.id).where(Visit.case_id == case.id, Visit.verification == case.verification)
    if db.session.scalar(query.limit(1)) is None:
        raise Refused(_l("Two visitors must see the house first."), code="not_visited")


def authorised(case: Case, actor: Actor, facts: Facts) -> None:
    """Departments were asked with the household's letter."""
    if case.authorised_on is None:
        raise Refused(_l("The commitment letter is not signed yet."), code="not_authorised")


def matched(case: Case, actor: Actor, facts: Facts) -> None:
    """Every department of the pack has answered for this verification."""
    pack = pack_of(case.pack, case.region_code, case.entered_on)
    query = select(DepartmentMatch.department).where(
        DepartmentMatch.case_id == case.id, DepartmentMatch.verification == case.verification
    )
    if set(pack["departments"]) - {department.value for department in db.session.scalars(query)}:
        raise Refused(_l("Not every department has answered yet."), code="not_matched")


def vetoes_stated(case: Case, actor: Actor, facts: Facts) -> None:
    """Flags are confirmed or cleared, or the meeting is told that they are open."""
    if not facts.get("preview") and not facts.get("stated") and _flags(case, VetoStage.OPEN):
        raise Refused(_l("Look at the open flags first, or say that the meeting is told of them."), code="flags_open")


def no_hard_stop(case: Case, actor: Actor, facts: Facts) -> None:
    """False information stops a case until it is put right."""
    if any(flag.code is VetoCode.FALSE_INFORMATION for flag in _flags(case, VetoStage.OPEN, VetoStage.CONFIRMED)):
        raise Refused(_l("Something that was told is not true. It must be put right first."), code="false_information")


def _flags(case: Case, *stages: VetoStage) -> list[VetoFlag]:
    query = select(VetoFlag).where(VetoFlag.case_id == case.id, VetoFlag.stage.in_(stages))
    return list(db.session.scalars(query))


def vote_counts(case: Case, actor: Actor, facts: Facts) -> None:
    """Only a closed meeting votes; nobody presses this button."""
    if facts.get("vote") is None:
        raise NotPermitted(permission="meeting:hold", roles=VILLAGE_ROLES)


def one_signature(case: Case, actor: Actor, facts: Facts) -> None:
    """The committee's head and the team's leader sign once each, and they are two persons."""
    own = signature_column(case, actor)
    if own is None:
        raise Refused(_l("Your office has signed this already."), code="signed")
    if actor.account_id in (case.committee_by, case.team_by):
        raise Refused(_l("Committee and team sign by two different persons."), code="same_signer")


def signature_column(case: Case, actor: Actor) -> str | None:
    """Return which signature the actor still owes: the committee's or the team's."""
    if has_role_here(actor, case.region_code, "village_officer") and case.committee_by is None:
        return "committee_by"
    if has_role_here(actor, case.region_code, "stationed_team") and case.team_by is None:
        return "team_by"
    return None


def both_signed(case: Case, actor: Actor, facts: Facts) -> None:
    if case.committee_by is None or case.team_by is None:
        raise Refused(_l("Committee and team must both sign."), code="one_signature")


def notice_over(case: Case, actor: Actor, facts: Facts) -> None:
    """The notice's own rules let it close: its days, objections, whether it hung."""
    for check in closing_checks:
        check(case)


def not_involved(case: Case, actor: Actor, facts: Facts) -> None:
    """Nobody decides on what he brought in, visited, signed, or decided one level below."""
    mine = {case.entered_by, case.committee_by, case.team_by, case.township_by} | visitors_of(case)
    if actor.kind is not ActorKind.SYSTEM and actor.account_id in mine:
        raise Refused(_l("You took part in this case before, so somebody else must decide."), code="own_case")


def reject_code(case: Case, actor: Actor, facts: Facts) -> None:
    if not facts.get("preview") and facts.get("reject") is None:
        raise Refused(_l("Choose why the household is not admitted."), code="no_reject_reason")


def evidence_given(case: Case, actor: Actor, facts: Facts) -> None:
    """A household says no in writing, or before a witness."""
    if not facts.get("preview") and facts.get("file") is None and not facts.get("witness"):
        raise Refused(_l("Add the signed paper, or name the witness."), code="no_evidence")


def covered(case: Case, actor: Actor, facts: Facts) -> None:
    """The full list was worked through, or somebody wrote why not (domain.md 3.7.2)."""
    if facts.get("uncovered"):
        raise Refused(
            _l("Too few households of the village were reached. Reach them, or write the reason in the round."),
            code="not_covered",
        )


def within_quota(case: Case, actor: Actor, facts: Facts) -> None:
    """Persons fit the village's published number; a whole household may be the last."""
    if facts.get("quota_left") is not None and facts["quota_left"] <= 0:
        raise Refused(
            _l("The village's number is used up. Keep the household as beyond the number."), code="quota_used"
        )


def beyond_quota(case: Case, actor: Actor, facts: Facts) -> None:
    """Nobody is beyond a number that has persons left."""
    if not facts.get("preview") and (facts.get("quota_left") is None or facts["quota_left"] > 0):
        raise Refused(_l("The village's number is not used up."), code="quota_left")


def answer_given(case: Case, actor: Actor, facts: Facts) -> None:
    if not facts.get("preview") and facts.get("answer") is None:
        raise Refused(_l("Choose one of the three answers."), code="no_answer")


def kind_fits(case: Case, actor: Actor, facts: Facts) -> None:
    """The kind of monitoring fits what the household was before (domain.md 5.4)."""
    if case.monitored_kind is None:
        raise Refused(_l("Choose the kind of monitoring first."), code="no_kind")
    if facts.get("kind_wrong"):
        raise Refused(facts["kind_wrong"], code="kind_wrong")


def words_given(case: Case, actor: Actor, facts: Facts) -> None:
    """The step's own words are asked for by the step."""


def risks_gone(case: Case, actor: Actor, facts: Facts) -> None:
    """All four of domain.md 5.5; the registers do not say otherwise, and somebody in the household can work."""
    if facts.get("without_labour"):
        raise Refused(
            _l("Nobody in this household can work. Social security comes first; it stays under monitoring."),
            code="without_labour",
        )
    if facts.get("income_below"):
        raise Refused(
            _l("The income on file is below this year's line. Put the register right first, if it is wrong."),
            code="income_below",
        )
    wanted = ("income_steady", "guarantees_stable", "risks_gone", "no_new_risk")
    if not facts.get("preview") and not all(facts.get(name) for name in wanted):
        raise Refused(_l("All four conditions must hold before a risk is gone."), code="risk_stays")


def way_given(case: Case, actor: Actor, facts: Facts) -> None:
    """The risk went away by itself or by help; the two have different evidence (domain.md 1.1)."""
    if not facts.get("preview") and facts.get("way") is None:
        raise Refused(_l("Say whether the risk went away by itself or by help."), code="no_way")


def overdue(case: Case, actor: Actor, facts: Facts) -> None:
    if case.due_on is None or case.due_on >= today():
        raise Refused(_l("There is still time."), code="not_overdue")


GUARDS: dict[str, Callable[[Case, Actor, Facts], None]] = {
    guard.__name__: guard
    for guard in (
        own_turn, letter_signed, two_visitors, other_visitors, household_known, visited, authorised, matched,
        vetoes_stated, no_hard_stop, vote_counts, one_signature, both_signed, notice_over, not_involved, reject_code,
        evidence_given, covered, within_quota, beyond_quota, answer_given, kind_fits, words_given, risks_gone,
        way_given, overdue,
    )
}  # fmt: skip
