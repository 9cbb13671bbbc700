"""Putting a survey on file: everything that was filled in, by one confirmation, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from registry.choices import IncomeConcept, MemberEventKind, Source
from registry.incomes import Item
from registry.models import Household, HouseholdProfile, LivingConditions, Member, MemberProfile, Membership
from registry.queries.drafts import Draft, drafts_of
from registry.queries.standing import standing_of
from registry.services.dating import About, about_household, live_rows
from registry.services.describing import save_living_conditions, save_profile
from registry.services.drafting import end_survey
from registry.services.findings import check_household
from registry.services.income_sheets import save_income
from registry.services.member_events import record_member_event
from registry.services.members import about_member, add_member, change_member

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Earned:
    """The income of a year as it was filled in."""

    year: int
    items: tuple[Item, ...]
    concept: IncomeConcept
    members_start: int | None
    members_end: int
    period_start: date | None
    period_end: date | None


@dataclass(frozen=True)
class Person:
    """One person as he was filled in; `member_id` is None for somebody new."""

    step: str
    values: Values
    member_id: UUID | None = None
    joined_by: MemberEventKind | None = None
    joined_on: date | None = None


@dataclass(frozen=True)
class Answers:
    """All that a survey says. What is None was not touched, and stays on file as it is."""

    profile: Values | None = None
    living: Values | None = None
    earned: Earned | None = None
    persons: tuple[Person, ...] = field(default=())


def put_on_file(household: Household, answers: Answers, *, actor: Actor, as_of: date) -> None:
    """Write what a survey says from its day on, and let the drafts go.

    The officer had before him what stands, and answered it: what he says holds at the earliest from the day on which
    that began. `as_of` says in each row when it was seen. Raises Refused `stale_revision` if somebody put something
    else on file since a step was begun, and NotValid with the fields of one part; then nothing is written.
    """
    refuse_moved(household, drafts_of(actor, household.id))
    when: dict[str, Any] = {"actor": actor, "as_of": as_of, "source": Source.VISIT}
    about = about_household(household)
    for person in answers.persons:
        _write_person(household, person, when)
    if answers.profile is not None:
        save_profile(household, answers.profile, valid_from=answering(as_of, about, HouseholdProfile), **when)
    if answers.living is not None:
        since = answering(as_of, about, LivingConditions)
        save_living_conditions(household, answers.living, valid_from=since, **when)
    if answers.earned is not None:
        _write_income(household, answers.earned, actor, as_of)
    end_survey(household, actor=actor)
    check_household(household)


def answering(day: date, about: About, *models: Any) -> date:
    """Return the day, or the later one on which what stands began: an answer to it is not hidden behind it."""
    rows = [row for model in models for row in live_rows(model, about) if row.valid_to is None]
    begun: list[date] = [row.valid_from for row in rows]
    return max([day, *begun])


def moved_steps(household: Household, drafts: Mapping[str, Draft]) -> list[str]:
    """Return the steps for which something else was put on file since they were begun."""
    found = {step: standing_of(household.id, step) for step, draft in drafts.items() if draft.revision}
    return [step for step, standing in found.items() if standing is None or standing.base != drafts[step].base]


def refuse_moved(household: Household, drafts: Mapping[str, Draft]) -> None:
    """Raise Refused if the file is not what the officer had before him."""
    if steps := moved_steps(household, drafts):
        words = _l("Somebody put something else on file meanwhile. Look at both versions of the steps marked below.")
        raise Refused(words, code="stale_revision", steps=steps)


def _write_person(household: Household, person: Person, when: dict[str, Any]) -> None:
    if person.member_id is not None:
        member = db.session.get_one(Member, person.member_id)
        since = answering(when["as_of"], about_member(member, household), Membership, MemberProfile)
        change_member(member, person.values, valid_from=since, **when)
    elif person.joined_by is not None and person.joined_on is not None:
        record_member_event(
            household,
            person.joined_by,
            actor=when["actor"],
            happened_on=person.joined_on,
            values=person.values,
            source=Source.VISIT,
        )
    else:
        since = person.joined_on or when["as_of"]
        add_member(household, person.values, valid_from=since, **when)


def _write_income(household: Household, earned: Earned, actor: Actor, as_of: date) -> None:
    if (earned.period_end or date(earned.year, 12, 31)) > as_of:
        raise NotValid({"year": [_l("The period of the income had not ended on the day of the visit.")]})
    save_income(
        household,
        earned.year,
        earned.items,
        actor=actor,
        concept=earned.concept,
        members_start=earned.members_start,
        members_end=earned.members_end,
        period_start=earned.period_start,
        period_end=earned.period_end,
        as_of=as_of,
        source=Source.VISIT,
    )
