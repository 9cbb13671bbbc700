"""Needs surveys, and what the household agrees to on that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import LazyString, _l
from core.policy import Actor
from core.records import note
from needs.choices import ConsentItem, ConsentMethod
from needs.models import Consent, NeedsSurvey
from needs.policy import NeedPermission
from registry.choices import Cause
from registry.guards import ENDED, ERASED
from registry.policy import role_for
from registry.queries import Subject, is_ended, is_erased

WITNESSED = (ConsentMethod.THUMBPRINT, ConsentMethod.WITNESS)


@dataclass(frozen=True)
class ConsentGiven:
    """One thing an adult of the household agrees to, until a day."""

    item: ConsentItem
    given_by: str
    method: ConsentMethod
    valid_until: date
    witness: str = ""


def record_survey(
    subject: Subject,
    *,
    actor: Actor,
    surveyed_on: date,
    second_visitor: str,
    causes: Sequence[Cause] = (),
    consents: Sequence[ConsentGiven] = (),
    note_text: str = "",
) -> NeedsSurvey:
    """Record a visit; consents given before stay as they are, one given again runs to its new end."""
    role = role_for(actor, NeedPermission.SURVEY_RECORD, subject)
    refuse_erased(subject)
    _check(subject, surveyed_on, second_visitor, consents)
    db.session.info["acting_role"] = role
    survey = NeedsSurvey(
        household_id=subject.household_id,
        village_id=subject.village_id,
        region_code=subject.region_code,
        county_code=subject.county_code,
        surveyed_on=surveyed_on,
        surveyed_by=actor.account_id,
        second_visitor=second_visitor.strip(),
        causes=[cause.value for cause in dict.fromkeys(causes)],
        note=note_text.strip(),
    )
    db.session.add(survey)
    db.session.flush()  # the consents need survey.id
    for given in consents:
        _add_consent(survey, given)
    return survey


def refuse_erased(subject: Subject) -> None:
    """Nothing new is written about a household whose particulars were erased, or that has ended."""
    if subject.household_id is not None and is_erased(subject.household_id):
        raise Refused(ERASED, code="erased")
    if subject.household_id is not None and is_ended(subject.household_id):
        raise Refused(ENDED, code="ended")


def _check(subject: Subject, surveyed_on: date, second_visitor: str, consents: Sequence[ConsentGiven]) -> None:
    errors: dict[str, list[str | LazyString]] = {}
    if surveyed_on > today():
        errors["surveyed_on"] = [_l("The day of the visit must be today or earlier.")]
    if not second_visitor.strip():
        errors["second_visitor"] = [_l("Name the second person who was there.")]
    if consents and subject.household_id is None:
        errors["consents"] = [_l("Only a household gives consent.")]
    for given in consents:
        _check_consent(given, errors)
    if errors:
        raise NotValid(errors)


def _check_consent(given: ConsentGiven, errors: dict[str, list[str | LazyString]]) -> None:
    if not given.given_by.strip():
        errors["given_by"] = [_l("Write who of the household agreed.")]
    if given.valid_until < today():
        errors["valid_until"] = [_l("The consent must run into the future.")]
    if given.method in WITNESSED and not given.witness.strip():
        errors["witness"] = [_l("Name the witness.")]


def _add_consent(survey: NeedsSurvey, given: ConsentGiven) -> None:
    consent = Consent(
        survey_id=survey.id,
        household_id=survey.household_id,
        region_code=survey.region_code,
        county_code=survey.county_code,
        item=given.item,
        given_by=given.given_by.strip(),
        given_on=survey.surveyed_on,
        method=given.method,
        witness=given.witness.strip(),
        valid_until=given.valid_until,
    )
    db.session.add(consent)
    note(consent, "consent.given")
