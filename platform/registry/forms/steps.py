"""The seven steps of a survey, in the order of the paper form."""

import re
from dataclasses import dataclass
from typing import Any

from core.i18n import LazyString, _l
from registry.forms.causes import CausesForm
from registry.forms.dwelling import LivingForm, ProductionForm
from registry.forms.earnings import EarningsForm
from registry.forms.person import NewPersonForm, PersonForm
from registry.forms.profile import BasicsForm
from registry.forms.step import StepForm

BASICS, MEMBERS, INCOME, PRODUCTION, LIVING, CAUSES, CHECK = (
    "basics",
    "members",
    "income",
    "production",
    "living",
    "causes",
    "check",
)
PERSON = "person-"
NEW = "person-new-"
MOST_NEW = 20
_PERSON = re.compile(r"person-(?:new-(?:[1-9]|1[0-9]|20)|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class Step:
    """A step of the task list."""

    name: str
    title: LazyString
    form: type[StepForm] | None = None


STEPS = (
    Step(BASICS, _l("The household"), BasicsForm),
    Step(MEMBERS, _l("Who lives here")),
    Step(INCOME, _l("Income of a year"), EarningsForm),
    Step(PRODUCTION, _l("Land and animals"), ProductionForm),
    Step(LIVING, _l("House and water"), LivingForm),
    Step(CAUSES, _l("What makes it hard"), CausesForm),
    Step(CHECK, _l("Check the answers")),
)
NAMES = tuple(step.name for step in STEPS)
FILLED = tuple(step.name for step in STEPS if step.form is not None)


def is_step(name: str) -> bool:
    """Return whether somebody can type into a step of this name."""
    return name in FILLED or name == MEMBERS or is_person(name)


def is_person(name: str) -> bool:
    return _PERSON.fullmatch(name) is not None


def is_new_person(name: str) -> bool:
    return name.startswith(NEW) and is_person(name)


def form_class(name: str) -> type[StepForm]:
    """Return the form of a step; the list of who lives here has no field of its own."""
    if is_person(name):
        return NewPersonForm if is_new_person(name) else PersonForm
    found = next(step.form for step in STEPS if step.name == name)
    return found or StepForm


def form_of(name: str, pairs: Any) -> StepForm:
    """Return the form of a step as it was typed."""
    return form_class(name).of(pairs)
