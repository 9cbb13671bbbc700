"""The team stationed in a village, its plans and what became of them, written down on the desk."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import require, requires
from registry.forms.village_work import PlanForm, ResultForm, TeamEndForm, TeamForm, plan_values
from registry.models import StationedTeam, Village, VillagePlan
from registry.policy import RegistryPermission
from registry.queries.village_register import get_plan, result_of, stationed_team_on
from registry.services import open_village, save_stationed_team, save_village_plan, save_village_result
from registry.services.village_register import end_stationed_team
from registry.views.door import blueprint
from registry.views.places import place_name

TEAM = ("unit", "unit_level", "leader", "first_secretary", "members", "valid_from")
RESULT = ("year", "spent", "progress", "accepted_on", "effect")


def _village(code: str) -> Village:
    village = open_village(code, actor=actor())
    require(actor(), RegistryPermission.HOUSEHOLD_CHANGE, village)
    return village


def _register(village: Village) -> str:
    return url_for("registry.village_register", code=village.region_code)


def _seen() -> int:
    """Return the revision that the writer had before him, 0 for none."""
    sent = request.form.get("revision", "0")
    return int(sent) if sent.isascii() and sent.isdecimal() else 0


def _written(form: Any, village: Village, do: Callable[[], object], page: Callable[[], str]) -> ResponseReturnValue:
    """Do it and go to the register; what is wrong stands beside its field, and nothing typed is lost."""
    if not form.validate():
        return page(), 422
    try:
        do()
    except NotValid as refusal:
        form.refuse(refusal)
        return page(), 422
    except Refused as refusal:
        form.refuse(NotValid({"": [refusal.detail]}))
        return page(), 409
    flash(_("It is on file."))
    return redirect(_register(village), 303)


@blueprint.get("/villages/<string(length=12):code>/team")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def team(code: str) -> ResponseReturnValue:
    """Show the form for the stationed team, as it stands on file."""
    village = _village(code)
    standing = stationed_team_on(village.id, today())
    known = {name: getattr(standing, name) for name in TEAM} if standing else {}
    return _team_page(village, TeamForm.read(**known), standing)


def _team_page(
    village: Village, form: TeamForm, standing: StationedTeam | None, end_form: TeamEndForm | None = None
) -> str:
    return render_template(
        "registry/village_team.html",
        code=village.region_code,
        place=place_name(village.region_code),
        form=form,
        end_form=end_form or TeamEndForm(),
        standing=standing,
        revision=request.form.get("revision") or (standing.revision if standing else 0),
    )


@blueprint.post("/villages/<string(length=12):code>/team")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def save_team(code: str) -> ResponseReturnValue:
    """Write which team is stationed in the village from a day on."""
    village, form = _village(code), TeamForm.read()
    standing = stationed_team_on(village.id, today())

    def write() -> object:
        values = {name: value for name, value in form.data.items() if name != "valid_from"}
        values["unit_level"] = form.unit_level.answer
        day = form.valid_from.data or today()
        return save_stationed_team(village, values, actor=actor(), valid_from=day, expected_revision=_seen())

    return _written(form, village, write, lambda: _team_page(village, form, standing))


@blueprint.post("/villages/<string(length=12):code>/team/end")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def end_team(code: str) -> ResponseReturnValue:
    """Write down that the team left."""
    village, form = _village(code), TeamEndForm.read()
    standing = stationed_team_on(village.id, today())
    known = {name: getattr(standing, name) for name in TEAM} if standing else {}

    def write() -> object:
        return end_stationed_team(village, actor=actor(), ended_on=form.ended_on.data or today())

    return _written(form, village, write, lambda: _team_page(village, TeamForm(**known), standing, form))


@blueprint.get("/villages/<string(length=12):code>/plans/new")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def new_plan(code: str) -> ResponseReturnValue:
    """Show the form for a project that the village plans."""
    return _plan_page(_village(code), PlanForm(), None)


def _plan_page(village: Village, form: Any, plan: VillagePlan | None) -> str:
    return render_template(
        "registry/village_plan.html",
        code=village.region_code,
        place=place_name(village.region_code),
        form=form,
        plan=plan,
        action=request.path,
    )


@blueprint.post("/villages/<string(length=12):code>/plans/new")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def create_plan(code: str) -> ResponseReturnValue:
    """Put a plan on file."""
    village, form = _village(code), PlanForm.read()
    return _written(form, village, lambda: _plan(village, form, None), lambda: _plan_page(village, form, None))


def _plan(village: Village, form: Any, replaces: VillagePlan | None) -> VillagePlan:
    return save_village_plan(village, form.year.data, form.values(), actor=actor(), as_of=today(), replaces=replaces)


@blueprint.get("/villages/<string(length=12):code>/plans/<uuid:plan_id>")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def plan(code: str, plan_id: UUID) -> ResponseReturnValue:
    """Show a plan as it stands, to write a newer state of it."""
    village = _village(code)
    found = get_plan(village, plan_id)
    return _plan_page(village, PlanForm(**plan_values(found)), found)


@blueprint.post("/villages/<string(length=12):code>/plans/<uuid:plan_id>")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def change_plan(code: str, plan_id: UUID) -> ResponseReturnValue:
    """Put a newer state of a plan in the place of the one that stood."""
    village, form = _village(code), PlanForm.read()
    found = get_plan(village, plan_id)
    return _written(form, village, lambda: _plan(village, form, found), lambda: _plan_page(village, form, found))


@blueprint.get("/villages/<string(length=12):code>/plans/<uuid:plan_id>/result")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def result(code: str, plan_id: UUID) -> ResponseReturnValue:
    """Show what became of a plan so far, to write a newer state of it."""
    village = _village(code)
    found = get_plan(village, plan_id)
    standing = result_of(found.id)
    known = {name: getattr(standing, name) for name in RESULT} if standing else {"year": found.year}
    return _result_page(village, ResultForm(**known), found)


def _result_page(village: Village, form: ResultForm, plan: VillagePlan) -> str:
    standing = result_of(plan.id)
    return render_template(
        "registry/village_result.html",
        code=village.region_code,
        place=place_name(village.region_code),
        form=form,
        plan=plan,
        revision=request.form.get("revision") or (standing.revision if standing else 0),
    )


@blueprint.post("/villages/<string(length=12):code>/plans/<uuid:plan_id>/result")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def save_result(code: str, plan_id: UUID) -> ResponseReturnValue:
    """Write what became of a plan, in the place of what stood."""
    village, form = _village(code), ResultForm.read()
    found = get_plan(village, plan_id)

    def write() -> object:
        values = {name: value for name, value in form.data.items() if name != "year"} | {"project": found.project}
        return save_village_result(
            village,
            form.year.data or found.year,
            values,
            actor=actor(),
            as_of=today(),
            plan=found,
            replaces=result_of(found.id),
            expected_revision=_seen(),
        )

    return _written(form, village, write, lambda: _result_page(village, form, found))
