"""A case is opened at the desk: where and by which rules, then a clue or an application."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from core.clock import today
from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import Actor, requires
from identification.case_choices import CaseOrigin
from identification.case_packs import MONITORING_2021, REGISTER_2014, pack_labels, pack_of
from identification.case_policy import CasePermission
from identification.forms.opening import APPLICATION, CLUE, ApplicationForm, ClueForm, WhichCaseForm
from identification.guards.cases import VILLAGE_ROLES
from identification.models import IdentificationCase
from identification.queries.rounds import packs_running
from identification.services.cases import Entry, enter_application, enter_clue
from identification.views.cases.door import blueprint
from identification.views.cases.households import chosen_household, household_choices
from identification.views.desk_places import all_villages
from registry.views.places import place_name

HAND_IN = "hand_in"


@blueprint.get("/new")
@requires(CasePermission.CLUE_FIND)
def new() -> ResponseReturnValue:
    """Choose village and rules; then show the form of a clue or an application."""
    kinds = [kind for kind in case_kinds(actor()) if kind[0].startswith(request.args.get("pack", ""))]
    asked = MultiDict(request.args)
    if len(kinds) == 1 and "pack" in asked:
        asked["what"] = kinds[0][0]
    which = WhichCaseForm(asked).offer(all_villages(actor()), kinds)
    if not which.what.data:
        return _choose(which)
    if not which.validate():
        return _choose(which), 422
    return _form(which, _blank(which))


def case_kinds(who: Actor) -> list[tuple[str, str]]:
    """Return what may be entered. The rules of 2014 are offered while a round by them runs in the actor's places."""
    found = [(f"{MONITORING_2021}/{CLUE}", _("A clue: a household may be in difficulty"))]
    if REGISTER_2014 in packs_running(who):
        name = str(pack_labels[REGISTER_2014])
        found.append((f"{REGISTER_2014}/{CLUE}", _("%(rules)s: a clue", rules=name)))
        if who.has_role(*VILLAGE_ROLES):
            found.append((f"{REGISTER_2014}/{APPLICATION}", _("%(rules)s: an application", rules=name)))
    return found


def _choose(which: WhichCaseForm) -> str:
    return render_template("identification/cases/new.html", which=which, has_errors=bool(which.errors))


def _blank(which: WhichCaseForm) -> ClueForm | ApplicationForm:
    village, _pack, kind = which.chosen()
    household = which.household.data or ""
    form = ApplicationForm(household=household) if kind == APPLICATION else ClueForm(household=household)
    return form.offer(household_choices(village))


def _form(which: WhichCaseForm, form: ClueForm | ApplicationForm) -> str:
    village, pack, _kind = which.chosen()
    is_application = isinstance(form, ApplicationForm)
    return render_template(
        "identification/cases/new_case.html",
        which=which,
        form=form,
        is_application=is_application,
        has_errors=bool(form.errors),
        place=place_name(village),
        rules=str(pack_labels[pack]),
        days=pack_of(pack, village, today())["total_days_max"],
    )


@blueprint.post("")
@requires(CasePermission.CLUE_FIND)
def enter() -> ResponseReturnValue:
    """Enter it; the case's page names the number of its receipt."""
    which = WhichCaseForm.read().offer(all_villages(actor()), case_kinds(actor()))
    if not which.validate():
        return _choose(which), 422
    village, _pack, kind = which.chosen()
    form = (ApplicationForm if kind == APPLICATION else ClueForm).read().offer(household_choices(village))
    if not form.validate():
        return _form(which, form), 422
    try:
        case = _entered(which, form)
    except NotValid as refusal:
        form.refuse(refusal)
        return _form(which, form), 422
    flash(_("It is entered. Print the receipt and hand it over, or read its number out."))
    return redirect(url_for(".show", case_id=case.id), 303)


def _entered(which: WhichCaseForm, form: ClueForm | ApplicationForm) -> IdentificationCase:
    village, pack, _kind = which.chosen()
    household = chosen_household(form.household.data)
    if isinstance(form, ApplicationForm):
        said = form.said(assisted=form.assisted.data == "yes")
        entry = Entry(village, pack, CaseOrigin.APPLICATION, said, household, form.told.data)
        return enter_application(entry, actor=actor(), hand_in=HAND_IN in request.form)
    said = form.said(assisted=form.chosen_origin is CaseOrigin.ON_BEHALF)
    entry = Entry(village, pack, form.chosen_origin, said, household, form.told.data)
    return enter_clue(entry, actor=actor())
