"""What an erased household leaves behind here: nothing in public, no word of a person, no picture or paper."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.clock import now
from core.db import db
from core.files import forget_file
from core.policy import SYSTEM, Actor
from core.records import note
from needs.choices import NeedStage
from needs.models import Consent, Need, NeedEvidence, NeedsSurvey
from needs.services.lifecycle import withdraw_need, withdraw_publication_consent
from registry.services.erasing import KIND

NOBODY = "-"


def end_household(household_id: UUID, *, actor: Actor, reason: str = "household_erased") -> None:
    """Take everything down, let drafts go, and end what the household had agreed to."""
    withdraw_publication_consent(household_id, actor=actor)
    for need in _needs(household_id):
        if need.stage is NeedStage.DRAFT:
            withdraw_need(need, actor=SYSTEM, reason=reason)
        elif need.published_at is not None and need.taken_down_at is None:
            moment = now()
            need.taken_down_at = moment
            note(need, "need.taken_down", reason=reason)
    for consent in _consents(household_id):
        if consent.withdrawn_at is None:
            moment = now()
            consent.withdrawn_at = moment
            note(consent, "consent.withdrawn")


def wipe_household(household_id: UUID) -> None:
    """Empty what was written about the household; what was needed and how many stays for the sums."""
    for consent in _consents(household_id):
        consent.given_by, consent.witness = NOBODY, NOBODY if consent.witness else ""
        note(consent, KIND)
    for survey in db.session.scalars(select(NeedsSurvey).where(NeedsSurvey.household_id == household_id)):
        survey.note, survey.causes = "", []
        note(survey, KIND)
    for need in _needs(household_id):
        need.description = need.urgency_reason = need.last_reason = ""
        need.reasons, need.rule_results, need.search = {}, [], None
        note(need, KIND)
    _forget_files(household_id)


def _needs(household_id: UUID) -> Sequence[Need]:
    return db.session.scalars(select(Need).where(Need.household_id == household_id).order_by(Need.id)).all()


def _consents(household_id: UUID) -> Sequence[Consent]:
    return db.session.scalars(select(Consent).where(Consent.household_id == household_id).order_by(Consent.id)).all()


def _forget_files(household_id: UUID) -> None:
    query = select(NeedEvidence).join(Need, Need.id == NeedEvidence.need_id).where(Need.household_id == household_id)
    for evidence in db.session.scalars(query):
        if evidence.file_id is not None:
            forget_file(evidence.file_id)
