"""The cover of a survey: its steps as a task list, begun on record, thrown away on wish."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import local_day
from core.http import actor
from core.i18n import _, ngettext
from core.policy import requires
from registry.forms.steps import CHECK, MEMBERS, MOST_NEW, NAMES, NEW, PERSON, STEPS, form_of
from registry.models import Household
from registry.policy import RegistryPermission
from registry.queries.drafts import OPENING, Draft, drafts_of, others_surveying
from registry.services.drafting import begin_survey, end_survey
from registry.views.door import blueprint
from registry.views.places import office_name
from registry.views.survey.pages import open_household, step_url
from registry.views.survey.persons import free_slot, persons_of

SPARE = 4


@blueprint.get("/households/<uuid:household_id>/register")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def survey(household_id: UUID) -> ResponseReturnValue:
    """Show the steps of a survey and how far each is."""
    household = open_household(household_id)
    drafts = drafts_of(actor(), household.id)
    steps = [_row(household, number, drafts) for number in range(len(STEPS))]
    return render_template(
        "registry/survey.html",
        household=household,
        opened=OPENING in drafts,
        others=[
            {"office": office_name(account_id), "day": local_day(at)}
            for account_id, at in others_surveying(actor(), household.id)
        ],
        steps=steps,
        resume=_resume(steps),
        addresses=_kept(household, drafts) if OPENING in drafts else [],
        done_path="" if OPENING in drafts else url_for("registry.survey", household_id=household.id),
    )


def _row(household: Household, index: int, drafts: Mapping[str, Draft]) -> dict[str, Any]:
    name = STEPS[index].name
    return {
        "number": index + 1,
        "title": str(STEPS[index].title),
        "url": step_url(household.id, name),
        "keep_url": url_for("registry.keep", household_id=household.id, step=name) if name != CHECK else "",
        "state": _state(name, drafts),
        "line": _line(drafts) if name == MEMBERS else "",
    }


def _state(name: str, drafts: Mapping[str, Draft]) -> str:
    draft = drafts.get(name)
    if draft is None:
        begun = name == MEMBERS and any(step.startswith(PERSON) for step in drafts)
        return "begun" if begun else "open"
    if not form_of(name, draft.pairs).validate():
        return "missing"
    return "done" if draft.is_done else "begun"


def _line(drafts: Mapping[str, Draft]) -> str:
    done = sum(draft.is_done for step, draft in drafts.items() if step.startswith(PERSON))
    return ngettext("%(count)s person filled in", "%(count)s persons filled in", done) if done else ""


def _resume(steps: list[dict[str, Any]]) -> dict[str, str]:
    """Return the way on: the first step that is not whole, or the check."""
    left = next((row for row in steps if row["state"] != "done"), steps[-1])
    if left is steps[0] and left["state"] == "open":
        return {"text": _("Begin with the first step"), "url": left["url"]}
    if left is steps[-1]:
        return {"text": _("Check the answers"), "url": left["url"]}
    return {"text": _("Go on with: %(step)s", step=left["title"]), "url": left["url"]}


def _kept(household: Household, drafts: Mapping[str, Draft]) -> list[str]:
    """Return the pages that open without signal: all steps, each person on file, and some blank ones."""
    first = free_slot(drafts)
    persons = [row.step for row in persons_of(household, drafts)]
    spare = min(first + max(SPARE, household.size), MOST_NEW + 1)
    blank = [f"{NEW}{number}" for number in range(first, spare)]
    names = [*NAMES[:-1], *dict.fromkeys([*persons, *blank])]
    return [url_for("registry.survey", household_id=household.id), *(step_url(household.id, name) for name in names)]


@blueprint.post("/households/<uuid:household_id>/register")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def begin(household_id: UUID) -> ResponseReturnValue:
    """Begin a survey; the look at the file is recorded."""
    household = open_household(household_id)
    begin_survey(household, actor=actor())
    return redirect(url_for("registry.survey", household_id=household.id), 303)


@blueprint.post("/households/<uuid:household_id>/register/discard")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def discard(household_id: UUID) -> ResponseReturnValue:
    """Throw away what was typed; the file stays as it is."""
    household = open_household(household_id)
    end_survey(household, actor=actor())
    flash(_("Thrown away. What stands on file is as before."))
    return redirect(url_for("registry.survey", household_id=household.id), 303)
