"""The seventh step: check the answers, then put them on file with one confirmation."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import requires
from registry.forms.confirming import ConfirmForm
from registry.forms.step import StepForm
from registry.forms.steps import (
    BASICS,
    CAUSES,
    FILLED,
    INCOME,
    LIVING,
    PERSON,
    PRODUCTION,
    STEPS,
    form_of,
    is_new_person,
    is_person,
)
from registry.models import Household
from registry.policy import RegistryPermission
from registry.queries.drafts import OPENING, Draft, drafts_of
from registry.queries.standing import Standing, standing_of
from registry.services.surveys import Answers, Earned, Person, moved_steps, put_on_file
from registry.views.door import blueprint
from registry.views.survey.pages import open_household, step_url
from registry.views.survey.sums import sum_of

SECRET = frozenset({"id_number", "bank_account"})
SHOWN_DIGITS = 4


@blueprint.get("/households/<uuid:household_id>/register/check")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def check(household_id: UUID) -> ResponseReturnValue:
    """Show all answers before anything is written."""
    household = open_household(household_id)
    drafts = drafts_of(actor(), household.id)
    if OPENING not in drafts:
        return redirect(step_url(household.id, BASICS).rsplit("/", 1)[0])
    return _page(household, drafts, ConfirmForm(as_of=today()), _moved_words(household, drafts))


@blueprint.post("/households/<uuid:household_id>/register/check")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def confirm(household_id: UUID) -> ResponseReturnValue:
    """Put the survey on file."""
    household = open_household(household_id)
    drafts = drafts_of(actor(), household.id)
    form = ConfirmForm.read()
    forms = {step: form_of(step, drafts[step].pairs) for step in _written(drafts)}
    others = _faults(forms) or _moved_words(household, drafts)
    if not forms:
        others = [_("Nothing is filled in yet.")]
    if not form.validate() or others:
        return _page(household, drafts, form, others), 422
    try:
        put_on_file(household, _answers(forms), actor=actor(), as_of=form.as_of.data or today())
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(household, drafts_of(actor(), household.id), form, []), 422
    except Refused as refusal:
        form.refuse(NotValid({}))
        return _page(household, drafts_of(actor(), household.id), form, [str(refusal.detail)]), 409
    flash(_("The survey is on file."))
    return redirect(step_url(household.id, BASICS).rsplit("/", 1)[0], 303)


def _written(drafts: Mapping[str, Draft]) -> list[str]:
    """Return the steps that say something, in the order of the paper form."""
    persons = [step for step in drafts if is_person(step)]
    order = [BASICS, *persons, *[step for step in FILLED if step != BASICS]]
    return [step for step in order if step in drafts and any(value.strip() for _name, value in drafts[step].pairs)]


def _faults(forms: Mapping[str, StepForm]) -> list[str]:
    return [
        _("Something is missing in: %(step)s.", step=_title(step, form))
        for step, form in forms.items()
        if not form.validate()
    ]


def _moved_words(household: Household, drafts: Mapping[str, Draft]) -> list[str]:
    moved = moved_steps(household, {step: draft for step, draft in drafts.items() if step in _written(drafts)})
    words = _("Somebody put something else on file meanwhile: %(step)s. Open the step to see both versions.")
    return [words % {"step": _title(step, form_of(step, drafts[step].pairs))} for step in moved]


def _title(step: str, form: StepForm) -> str:
    if is_person(step):
        return str(form["name"].data or _("One person"))
    return str(next(found.title for found in STEPS if found.name == step))


def _page(household: Household, drafts: Mapping[str, Draft], form: ConfirmForm, others: list[str]) -> str:
    written = _written(drafts)
    left = [str(step.title) for step in STEPS if step.name not in written and step.name in FILLED]
    return render_template(
        "registry/check.html",
        household=household,
        form=form,
        others=others,
        parts=[_part(household, step, drafts[step]) for step in written],
        skipped=left,
    )


def _part(household: Household, step: str, draft: Draft) -> dict[str, Any]:
    form = form_of(step, draft.pairs)
    form.validate()
    standing = standing_of(household.id, step) or Standing.nothing()
    on_file = form.raws_of(standing.values)
    typed = {field.name: _typed(field) for field in form}
    return {
        "title": _title(step, form),
        "url": step_url(household.id, step),
        "sum": sum_of(form) if step == INCOME else "",
        "rows": [{"name": str(field.label.text), "value": typed[field.name]} for field in form if typed[field.name]],
        "blank": [] if step == INCOME else _labels(form, lambda name: not typed[name] and name not in on_file),
        "lost": [] if step == INCOME else _labels(form, lambda name: not typed[name] and name in on_file),
    }


def _labels(form: StepForm, wanted: Any) -> list[str]:
    return [str(field.label.text) for field in form if wanted(field.name)]


def _typed(field: Any) -> str:
    raws = [str(value) for value in field.raw_data or () if str(value).strip()]
    words = str(field.said(raws)) if raws else ""
    return _("ends in %(digits)s", digits=words[-SHOWN_DIGITS:]) if words and field.name in SECRET else words


def _answers(forms: Mapping[str, StepForm]) -> Answers:
    return Answers(
        profile=_merged(forms, BASICS, CAUSES),
        living=_merged(forms, PRODUCTION, LIVING),
        earned=_earned(forms.get(INCOME)),
        persons=tuple(_person(step, form) for step, form in forms.items() if is_person(step)),
    )


def _merged(forms: Mapping[str, StepForm], *steps: str) -> dict[str, Any] | None:
    found = [forms[step].answers() for step in steps if step in forms]
    return {name: value for answers in found for name, value in answers.items()} if found else None


def _earned(form: Any) -> Earned | None:
    if form is None:
        return None
    return Earned(
        year=form.year.data,
        items=form.items(),
        concept=form.concept.answer,
        members_start=form.members_start.data,
        members_end=form.members_end.data,
        period_start=form.period_start.data,
        period_end=form.period_end.data,
    )


def _person(step: str, form: StepForm) -> Person:
    values = form.answers()
    joined_by, joined_on = values.pop("joined_by", None), values.pop("joined_on", None)
    for name in ("id_number", "counts_for_income"):
        if values.get(name) is None:
            values.pop(name, None)  # nothing entered: what is on file stays
    member_id = None if is_new_person(step) else UUID(step.removeprefix(PERSON))
    return Person(step, values, member_id, joined_by, joined_on)
