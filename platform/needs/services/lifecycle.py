"""How a published need ends or runs on."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from core.clock import now, today
from core.db import db
from core.policy import SYSTEM, Actor
from core.records import note
from needs.choices import ConsentItem, NeedStage
from needs.events import need_withdrawn, publication_consent_withdrawn
from needs.models import Consent, Need, NeedBalance
from needs.policy import NeedPermission
from needs.queries.surveys import has_consent
from needs.services.evidence import Evidence, add_evidence
from needs.services.gate import consent_wanted
from needs.services.publishing import list_need, unlist_if_open, unlist_need, valid_until
from needs.workflow import need_workflow, sums_of
from registry.policy import role_for
from registry.queries import find_subject

CONSENT_WITHDRAWN = "consent_withdrawn"
_ENDING = (NeedStage.SUBMITTED, NeedStage.VERIFIED, NeedStage.PUBLISHED, NeedStage.EXPIRED)


def renew_need(
    need: Need, *, actor: Actor, visited_on: date, second_visitor: str, evidence: Sequence[Evidence] = ()
) -> None:
    """Let the need run 90 days more after a new visit; text and quantity stay as they are."""
    facts = {"visited_on": visited_on, "second_visitor": second_visitor, "consent": _may_be_shown(need)}
    need_workflow.check(need, "renew", actor=actor, facts=facts)
    add_evidence(need, evidence)
    db.session.flush()  # the evidence first
    moment = now()
    with db.session.no_autoflush:  # one change of the need, one record
        need.visited_on, need.second_visitor = visited_on, second_visitor.strip()
        need.verified_at = moment
        if actor.account_id is not None and actor.account_id != need.approved_by:
            need.verified_by = actor.account_id
        need_workflow.fire(need, "renew", actor=actor, facts=facts)
        need.expires_at = valid_until(need, moment)
        list_need(need)


def _may_be_shown(need: Need) -> bool:
    item = consent_wanted(need)
    if item is None or need.household_id is None:
        return True
    return has_consent(need.household_id, item, today())


def expire_needs(*, limit: int = 500) -> int:
    """Expire what has run out and is not fully pledged; return how many."""
    due = (
        select(Need)
        .join(NeedBalance, NeedBalance.need_id == Need.id)
        .where(Need.stage == NeedStage.PUBLISHED, Need.expires_at <= now(), NeedBalance.held < NeedBalance.quantity)
        .order_by(Need.expires_at)
        .limit(limit)
        .with_for_update(of=Need, skip_locked=True)
    )
    return sum(expire_need(need) for need in db.session.scalars(due).all())


def expire_need(need: Need) -> bool:
    """Let one need expire whose date has passed, unless it was fully pledged meanwhile; return whether it did."""
    if not unlist_if_open(need):
        return False
    need_workflow.fire(need, "expire", actor=SYSTEM)
    return True


def withdraw_need(need: Need, *, actor: Actor, reason: str) -> None:
    """Take the need back; what was agreed goes on, offers are released by those above."""
    moment = now()
    with db.session.no_autoflush:  # one change of the need, one record
        need_workflow.fire(need, "withdraw", actor=actor, reason=reason)
        need.last_reason = reason.strip()
        if reason == CONSENT_WITHDRAWN:
            need.taken_down_at = moment
    unlist_need(need)
    need_withdrawn.send(need, why=reason)


def withdraw_publication_consent(household_id: UUID, *, actor: Actor) -> int:
    """Take down at once everything the web shows of the household; return how many needs that were."""
    subject = find_subject(household_id=household_id)
    role = role_for(actor, NeedPermission.CONSENT_WITHDRAW, subject)
    db.session.info["acting_role"] = role
    _end_consents(household_id)
    needs = _shown_or_on_the_way(household_id)
    for need in needs:
        if need.stage is NeedStage.PUBLISHED and sums_of(need).confirmed == need.quantity:
            _take_down(need)
        else:
            withdraw_need(need, actor=actor, reason=CONSENT_WITHDRAWN)
    publication_consent_withdrawn.send(household_id, need_ids=[need.id for need in needs])
    return len(needs)


def _end_consents(household_id: UUID) -> None:
    query = select(Consent).where(
        Consent.household_id == household_id,
        Consent.item == ConsentItem.PUBLISH,
        Consent.withdrawn_at.is_(None),
    )
    moment = now()
    for consent in db.session.scalars(query):
        consent.withdrawn_at = moment
        note(consent, "consent.withdrawn")


def _shown_or_on_the_way(household_id: UUID) -> Sequence[Need]:
    query = select(Need).where(Need.household_id == household_id, Need.stage.in_(_ENDING))
    return db.session.scalars(query.order_by(Need.id)).all()


def _take_down(need: Need) -> None:
    """Hide a fulfilled need: it stays on the ledger, without a page."""
    moment = now()
    need.taken_down_at = moment
    note(need, "need.taken_down", reason=CONSENT_WITHDRAWN)
    unlist_need(need)
