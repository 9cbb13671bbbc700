"""Officers handle objections: taken up, looked into, decided, answered, looked at a second time."""

from uuid import UUID

from core.clock import now
from core.db import act_as, db
from core.errors import NotValid
from core.i18n import _l
from core.policy import ANONYMOUS, Actor
from identification.guards.objections import level_of
from identification.models.objections import Objection
from identification.notice_choices import EntryOutcome
from identification.objection_choices import Finding, Inadmissible, ObjectionKind, ObjectionStage
from identification.services.case_steps import open_omitted, return_case
from identification.services.notice_changes import mask_entry, restart_list, take_off
from identification.workflow.objections import objection_workflow

STEPS = {Finding.UPHELD: "uphold", Finding.PARTLY_UPHELD: "uphold_partly", Finding.DISMISSED: "dismiss"}


def accept_objection(objection: Objection, *, actor: Actor, concerns: list[UUID] | None = None) -> None:
    """Take it up; `concerns` names officers whom it is about, who are kept out from now on."""
    moment = now()
    objection_workflow.fire(objection, "accept", actor=actor)
    objection.accepted_at = moment
    objection.concerns = sorted({*objection.concerns, *(str(person) for person in concerns or ())})


def refuse_objection(objection: Objection, *, actor: Actor, why: Inadmissible, words: str) -> None:
    """Do not take it up, with the reason in words for who filed it."""
    if not words.strip():
        raise NotValid({"words": [_l("Write the reason for the person who objected.")]})
    moment = now()
    objection_workflow.fire(objection, "refuse", actor=actor, reason=why.value)
    objection.inadmissible, objection.reply = why, words.strip()
    objection.replied_at = objection.decided_at = moment
    _decided(objection, actor)
    if objection.kind is ObjectionKind.PRIVACY:
        _unmask(objection)


def investigate_objection(objection: Objection, *, actor: Actor) -> None:
    """Take it into one's own hands."""
    objection_workflow.fire(objection, "investigate", actor=actor)
    objection.investigator = actor.account_id


def decide_objection(objection: Objection, *, actor: Actor, finding: Finding, words: str) -> None:
    """Say what was found; what follows for the household or the list happens with it."""
    if not words.strip():
        raise NotValid({"words": [_l("Write what you found.")]})
    moment = now()
    objection_workflow.fire(objection, STEPS[finding], actor=actor)
    objection.finding, objection.finding_text, objection.decided_at = finding, words.strip(), moment
    _decided(objection, actor)
    db.session.flush()  # what follows asks whether it is still open
    _follow(objection, finding)


def _decided(objection: Objection, actor: Actor) -> None:
    objection.decided_by = actor.account_id
    objection.decided_level = level_of(actor, objection.region_code) or objection.level


def reply_to_objection(objection: Objection, *, actor: Actor, words: str) -> None:
    """Answer; who filed it reads the answer by his receipt."""
    if not words.strip():
        raise NotValid({"words": [_l("Write the reply.")]})
    moment = now()
    objection_workflow.fire(objection, "reply", actor=actor)
    objection.reply, objection.replied_at = words.strip(), moment


def ask_second_look(objection: Objection) -> None:
    """Let who filed it ask once more; the door has checked his receipt. Who is signed in is forgotten first."""
    act_as(db.session, ANONYMOUS)
    moment = now()
    objection_workflow.fire(objection, "ask_review", actor=ANONYMOUS)
    objection.review_asked_at = moment


def reply_finally(objection: Objection, *, actor: Actor, finding: Finding, words: str) -> None:
    """Answer after a second look, by another person one level up."""
    if not words.strip():
        raise NotValid({"words": [_l("Write the reply.")]})
    moment = now()
    objection_workflow.fire(objection, "reply_finally", actor=actor)
    before, objection.finding = objection.finding, finding
    objection.reply, objection.replied_at, objection.reviewed_by = words.strip(), moment, actor.account_id
    db.session.flush()  # what follows asks whether it is still open
    if before is not finding:
        _follow(objection, finding)


def _follow(objection: Objection, finding: Finding) -> None:
    """Let the finding take effect: back to verifying and off the list, or the whole list anew (domain.md 3.8)."""
    right = finding is not Finding.DISMISSED
    if objection.kind is ObjectionKind.PRIVACY:
        return None if right else _unmask(objection)
    if not right:
        return None
    if objection.kind is ObjectionKind.OMISSION:
        open_omitted(objection)
        return None
    if objection.kind is ObjectionKind.PROCEDURE:
        return restart_list(objection.batch_id) if objection.batch_id else None
    if finding is Finding.UPHELD and objection.case_id is not None:
        return_case(objection.case_id)
        take_off(objection.case_id, outcome=EntryOutcome.RETURNED)
    return None


def _unmask(objection: Objection) -> None:
    """Show the household again, unless another look at its privacy is still open."""
    others = db.session.query(Objection.id).filter(
        Objection.case_id == objection.case_id,
        Objection.kind == ObjectionKind.PRIVACY,
        Objection.id != objection.id,
        Objection.stage.in_((ObjectionStage.FILED, ObjectionStage.ACCEPTED, ObjectionStage.INVESTIGATING)),
    )
    if objection.case_id is not None and others.first() is None:
        mask_entry(objection.case_id, at=None)
