"""What the pages of a survey say of their step: where it stands, what is on file, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request, url_for

from core.errors import NotFound
from core.http import actor
from core.i18n import _
from core.policy import require
from registry.forms.step import CONTROL, Pairs, StepForm, grouped
from registry.forms.steps import MEMBERS, NAMES, PERSON, STEPS, is_new_person, is_person, is_step
from registry.models import Household
from registry.policy import RegistryPermission
from registry.queries import get_household
from registry.queries.drafts import Draft, find_draft
from registry.queries.standing import Standing, standing_of


@dataclass(frozen=True)
class StepPage:
    """A step as its page shows it."""

    name: str
    heading: str
    number: int
    total: int
    url: str
    keep_url: str
    next_url: str
    back_url: str
    base: str
    revision: int
    since: date | None
    is_new_person: bool
    person_url: str


@dataclass(frozen=True)
class Offer:
    """What stands on file, offered beside a field."""

    words: str
    raws: list[str]


def open_household(household_id: UUID) -> Household:
    """Return a household that the caller may survey; NotFound outside his places, NotPermitted without the right."""
    found = get_household(actor(), household_id)
    require(actor(), RegistryPermission.HOUSEHOLD_CHANGE, found)
    return found


def open_step(household_id: UUID, name: str) -> tuple[Household, Draft | None, Standing]:
    """Return what the page of a step needs."""
    household = open_household(household_id)
    if not is_step(name):
        raise NotFound
    standing = standing_of(household.id, name)
    if is_person(name) and not is_new_person(name) and standing is None:
        raise NotFound
    return household, find_draft(actor(), household.id, name), standing or Standing.nothing()


def step_page(household: Household, name: str, draft: Draft | None, standing: Standing) -> StepPage:
    at = MEMBERS if is_person(name) else name
    index = NAMES.index(at)
    title = str(STEPS[index].title)
    if is_person(name):
        title = _("Add a person") if is_new_person(name) else str(standing.values["name"])
    return StepPage(
        name=name,
        heading=title,
        number=index + 1,
        total=len(STEPS),
        url=step_url(household.id, name),
        keep_url=url_for("registry.keep", household_id=household.id, step=name),
        next_url=step_url(household.id, MEMBERS if is_person(name) else NAMES[index + 1]),
        back_url=_back(household.id, name, index),
        base=standing.base,
        revision=draft.revision if draft else 0,
        since=standing.since,
        is_new_person=is_new_person(name),
        person_url=_leaving(household.id, name),
    )


def step_url(household_id: UUID, name: str) -> str:
    if name == NAMES[-1]:
        return url_for("registry.check", household_id=household_id)
    return url_for("registry.step", household_id=household_id, step=name)


def _back(household_id: UUID, name: str, index: int) -> str:
    if is_person(name):
        return step_url(household_id, MEMBERS)
    if index == 0:
        return url_for("registry.survey", household_id=household_id)
    return step_url(household_id, NAMES[index - 1])


def _leaving(household_id: UUID, name: str) -> str:
    if not is_person(name) or is_new_person(name):
        return ""
    return url_for("registry.new_event", household_id=household_id, member_id=name.removeprefix(PERSON))


def offers_of(form: StepForm, standing: Standing) -> dict[str, Offer]:
    """Return what stands on file beside each field that has a value there."""
    found = form.raws_of(standing.values)
    year = standing.since.year if standing.since else ""
    return {
        name: Offer(_("%(year)s: %(value)s", year=year, value=form[name].said(raws)), raws)
        for name, raws in found.items()
    }


def typed() -> Pairs:
    """Return what the request says, without what only steers the form."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in CONTROL]


def stated() -> tuple[str, int]:
    """Return what the officer had before him: the state of the file and the revision of his draft."""
    revision = request.form.get("revision", "0")
    return request.form.get("base", ""), int(revision) if revision.isascii() and revision.isdecimal() else 0


def with_copies(form: StepForm, pairs: Pairs, standing: Standing, wanted: str) -> Pairs:
    """Return what was typed, with the values of the file for one field or, for `*`, for all of them."""
    found: Mapping[str, list[str]] = form.raws_of(standing.values)
    taken = {name: raws for name, raws in found.items() if wanted in {"*", name}}
    kept = [(name, value) for name, value in pairs if name not in taken]
    return kept + [(name, value) for name, raws in taken.items() for value in raws]


def is_blank(pairs: Any) -> bool:
    return not grouped(pairs)
