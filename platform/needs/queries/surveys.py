"""Reading surveys and consents."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select

from core.db import db
from needs.choices import ConsentItem
from needs.models import Consent, Need, NeedsSurvey
from registry.queries import Subject


def _of(subject: Subject) -> ColumnElement[bool]:
    if subject.household_id is not None:
        return NeedsSurvey.household_id == subject.household_id
    return NeedsSurvey.village_id == subject.village_id


def surveys_of(subject: Subject, *, limit: int = 10) -> Sequence[NeedsSurvey]:
    """Return the subject's surveys, newest first."""
    query = select(NeedsSurvey).where(_of(subject)).order_by(NeedsSurvey.surveyed_on.desc(), NeedsSurvey.id)
    return db.session.scalars(query.limit(limit)).all()


def latest_survey(subject: Subject, *, on: date, days: int) -> NeedsSurvey | None:
    """Return the newest survey of the last `days` days, or None."""
    found = surveys_of(subject, limit=1)
    return found[0] if found and found[0].surveyed_on >= on - timedelta(days=days) else None


def consents_of(household_id: UUID) -> Sequence[Consent]:
    """Return what the household agreed to, item by item: the newest word on each."""
    query = select(Consent).where(Consent.household_id == household_id)
    found = db.session.scalars(query.order_by(Consent.given_on.desc(), Consent.item, Consent.id))
    newest: dict[ConsentItem, Consent] = {}
    for consent in found:
        newest.setdefault(consent.item, consent)
    return list(newest.values())


def find_consent(household_id: UUID, item: ConsentItem, on: date) -> Consent | None:
    """Return the consent that runs longest on that day, or None."""
    query = select(Consent).where(
        Consent.household_id == household_id,
        Consent.item == item,
        Consent.withdrawn_at.is_(None),
        Consent.given_on <= on,
        Consent.valid_until >= on,
    )
    return db.session.scalar(query.order_by(Consent.valid_until.desc(), Consent.id).limit(1))


def has_consent(household_id: UUID, item: ConsentItem, on: date) -> bool:
    """Return whether the household agrees to the item on that day."""
    return find_consent(household_id, item, on) is not None


def publication_ends(household_id: UUID, on: date) -> date | None:
    """Return until when needs of the household may be public, or None if they may not."""
    found = find_consent(household_id, ConsentItem.PUBLISH, on)
    return None if found is None else found.valid_until


def survey_of(need: Need) -> NeedsSurvey:
    """Return the survey that the need belongs to."""
    return db.session.get_one(NeedsSurvey, need.survey_id)
