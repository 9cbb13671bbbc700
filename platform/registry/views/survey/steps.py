"""A step: shown, kept as typed, gone on from when nothing is missing."""

from uuid import UUID

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from core.db import db
from core.errors import NotPermitted
from core.http import actor
from core.policy import requires
from registry.forms.step import Pairs, StepForm
from registry.forms.steps import INCOME, MEMBERS, form_of
from registry.models import Household
from registry.policy import RegistryPermission
from registry.queries.drafts import OPENING, Draft, find_draft
from registry.queries.standing import Standing
from registry.services.drafting import DraftConflict, drop_step, keep_step
from registry.views.door import blueprint
from registry.views.survey.pages import offers_of, open_step, stated, step_page, step_url, typed, with_copies
from registry.views.survey.persons import persons_page
from registry.views.survey.sums import sum_of
from registry.views.survey.versions import settle_page, settled, versions_page


@blueprint.get("/households/<uuid:household_id>/register/<string:step>")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def step(household_id: UUID, step: str) -> ResponseReturnValue:
    """Show a step as it was typed last; where the file changed meanwhile, both versions."""
    household, draft, standing = open_step(household_id, step)
    if find_draft(actor(), household.id, OPENING) is None:
        return redirect(_cover(household))
    if draft is not None and draft.base != standing.base:
        return versions_page(household, step, draft.pairs, DraftConflict("register"))
    if step == MEMBERS:
        return persons_page(household)
    return _page(household, step, draft, standing, form_of(step, draft.pairs if draft else ()))


def _cover(household: Household) -> str:
    return step_url(household.id, "basics").rsplit("/", 1)[0]


def _page(household: Household, name: str, draft: Draft | None, standing: Standing, form: StepForm) -> str:
    more = {"sum": sum_of(form)} if name == INCOME else {}
    return render_template(
        "registry/step.html",
        household=household,
        step=step_page(household, name, draft, standing),
        form=form,
        offers=offers_of(form, standing),
        all_raws=form.raws_of(standing.values),
        **more,
    )


@blueprint.post("/households/<uuid:household_id>/register/<string:step>")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def go_on(household_id: UUID, step: str) -> ResponseReturnValue:
    """Keep a step and go on; what is missing stands beside its field, and nothing typed is lost."""
    household, draft, standing = open_step(household_id, step)
    if request.form.get("settle"):
        return _settle(household, step)
    if request.form.get("go") == "drop":
        drop_step(household, step, actor=actor())
        return redirect(step_url(household.id, MEMBERS), 303)
    pairs, copied = typed(), request.form.get("copy", "")
    if copied:
        return _take_over(household, step, with_copies(form_of(step, pairs), pairs, standing, copied))
    form = form_of(step, pairs)
    if not form.validate():
        return _page(household, step, draft, standing, form), 422
    return _keep(household, step, pairs, is_done=True) or redirect(
        step_page(household, step, draft, standing).next_url, 303
    )


def _keep(household: Household, step: str, pairs: Pairs, *, is_done: bool) -> ResponseReturnValue | None:
    """Keep what was typed; return the page of both versions where something else was written meanwhile."""
    base, revision = stated()
    try:
        keep_step(household, step, pairs, actor=actor(), base=base, revision=revision, is_done=is_done)
    except DraftConflict as conflict:
        db.abandon()
        return versions_page(household, step, pairs, conflict), 409
    return None


def _take_over(household: Household, step: str, pairs: Pairs) -> ResponseReturnValue:
    """Without a script: what was asked for is taken over, and the page shows it before anything goes on."""
    return _keep(household, step, pairs, is_done=False) or redirect(step_url(household.id, step), 303)


def _settle(household: Household, step: str) -> ResponseReturnValue:
    pairs, missing = settled(household, step)
    if missing:
        return settle_page(household, step, missing), 422
    return _keep(household, step, pairs, is_done=False) or redirect(step_url(household.id, step), 303)


@blueprint.post("/households/<uuid:household_id>/register/<string:step>/draft")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def keep(household_id: UUID, step: str) -> ResponseReturnValue:
    """Keep a step as it is being typed; answers with its new revision, or 409 where both versions must be looked at."""
    household, draft, standing = open_step(household_id, step)
    if request.headers.get("X-Survey-Account", str(actor().account_id)) != str(actor().account_id):
        raise NotPermitted  # somebody else signed in meanwhile: it was not typed by him
    base, revision = stated()
    pairs = typed()
    same = draft is not None and draft.is_done and draft.pairs == pairs
    kept = keep_step(household, step, pairs, actor=actor(), base=base, revision=revision, is_done=same)
    answer = {"base": kept.base, "revision": kept.revision}
    if step == INCOME:
        answer["part"] = {"id": "survey-sum", "html": sum_of(form_of(step, pairs))}
    return jsonify(answer)
