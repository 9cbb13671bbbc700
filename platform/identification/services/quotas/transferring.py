"""Persons moved by hand between sisters: a separate record with its reason that keeps the sum (domain.md 4.4, 9)."""

from uuid import uuid4

from sqlalchemy import select

from core.clock import now
from core.db import db
from core.errors import NotValid, Refused, map_constraint
from core.i18n import LazyString, _l
from core.policy import Actor, require
from identification.models import QuotaLine, QuotaRun, QuotaTransfer, RunStage
from identification.policy import QuotaPermission
from identification.queries.cases.quota import recognised_by_cases
from identification.queries.quotas.reading import moved_in
from identification.queries.quotas.using import used_in
from identification.quotas.levels import QuotaLevel
from identification.workflow import transfer_workflow

LONGEST = 500
map_constraint(
    "quota_transfer_within_bounds",
    "out_of_bounds",
    _l("A place gives what it has and takes what it can hold. Please look at the numbers again."),
)


def ask_transfer(
    run: QuotaRun, *, actor: Actor, from_code: str, to_code: str, persons: int, reason: str
) -> QuotaTransfer:
    """Ask to move persons between two places of a published run; it counts once another officer agrees."""
    require(actor, QuotaPermission.TRANSFER_ASK, run)
    _check(run, from_code, to_code, persons, reason)
    _refuse_impossible(run, from_code, to_code, persons)
    transfer = QuotaTransfer(
        id=uuid4(),
        run_id=run.id,
        region_code=run.region_code,
        county_code=run.county_code,
        from_code=from_code,
        to_code=to_code,
        persons=persons,
        reason=reason.strip(),
        asked_by=actor.account_id,
    )
    transfer_workflow.fire(transfer, "ask", actor=actor)
    db.session.add(transfer)
    return transfer


def agree_transfer(transfer: QuotaTransfer, *, actor: Actor) -> None:
    """Let the persons move; the run is locked, so that two transfers at one time see each other."""
    run = _locked(transfer)
    transfer_workflow.check(transfer, "agree", actor=actor, facts={})
    _refuse_impossible(run, transfer.from_code, transfer.to_code, transfer.persons)
    moment = now()
    with db.session.no_autoflush:
        transfer_workflow.fire(transfer, "agree", actor=actor)
        transfer.decided_by, transfer.decided_at = actor.account_id, moment


def decline_transfer(transfer: QuotaTransfer, *, actor: Actor, reason: str) -> None:
    """Let the numbers be as they are."""
    moment = now()
    with db.session.no_autoflush:
        transfer_workflow.fire(transfer, "decline", actor=actor, reason=reason)
        transfer.decided_by, transfer.decided_at = actor.account_id, moment


def _locked(transfer: QuotaTransfer) -> QuotaRun:
    query = select(QuotaRun).where(QuotaRun.id == transfer.run_id).with_for_update(key_share=True)
    run: QuotaRun = db.session.scalars(query.execution_options(populate_existing=True)).one()
    db.session.refresh(transfer)
    return run


def _check(run: QuotaRun, from_code: str, to_code: str, persons: int, reason: str) -> None:
    errors: dict[str, list[str | LazyString]] = {}
    if from_code == to_code:
        errors["to_code"] = [_l("Choose two different places.")]
    if persons < 1:
        errors["persons"] = [_l("Enter how many persons are moved.")]
    if not 5 <= len(reason.strip()) <= LONGEST:
        errors["reason"] = [_l("Write the reason, in 5 to 500 characters.")]
    known = _lines(run, from_code, to_code)
    errors |= {
        name: [_l("This place takes no part in these numbers.")]
        for name, code in (("from_code", from_code), ("to_code", to_code))
        if code not in known
    }
    if errors:
        raise NotValid(errors)


def _refuse_impossible(run: QuotaRun, from_code: str, to_code: str, persons: int) -> None:
    """Refuse below nothing and above the cap; persons that a village has used already are not there any more."""
    if run.stage is not RunStage.PUBLISHED:
        raise Refused(_l("Persons are moved only in published numbers."), code="not_published")
    moved, lines = moved_in(run.id), _lines(run, from_code, to_code)
    used = max(used_in(run.id).get(from_code, 0), sum(recognised_by_cases(from_code, run.year).values()))
    there = lines[from_code].quota + moved.get(from_code, 0) - used
    if persons > there:
        raise Refused(
            _l("Only %(there)s persons are there to be moved.", there=max(there, 0)), code="too_many", there=there
        )
    room = lines[to_code].population - lines[to_code].quota - moved.get(to_code, 0)
    if run.level is not QuotaLevel.PROVINCES and persons > room:
        raise Refused(
            _l("The other place can take %(room)s more persons: not more than live there.", room=room),
            code="no_room",
            room=room,
        )


def _lines(run: QuotaRun, *codes: str) -> dict[str, QuotaLine]:
    query = select(QuotaLine).where(QuotaLine.run_id == run.id, QuotaLine.region_code.in_(codes))
    return {line.region_code: line for line in db.session.scalars(query)}
