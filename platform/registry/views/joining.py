"""Somebody joins a household between two surveys: born, married in, back home, moved in, or never on file before."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import requires
from registry.choices import MemberEventKind
from registry.forms.person import NewPersonForm
from registry.models import Household
from registry.policy import RegistryPermission
from registry.services import add_member as write_member
from registry.services import record_member_event
from registry.views.door import blueprint
from registry.views.survey.pages import open_household, typed


@blueprint.get("/households/<uuid:household_id>/members/new")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def add_member(household_id: UUID) -> ResponseReturnValue:
    """Ask who joined, how and since when."""
    return _page(open_household(household_id), NewPersonForm.of([]))


def _page(household: Household, form: NewPersonForm) -> str:
    return render_template("registry/joining.html", household=household, form=form)


@blueprint.post("/households/<uuid:household_id>/members/new")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def create_member(household_id: UUID) -> ResponseReturnValue:
    """Write down who joined."""
    household = open_household(household_id)
    form = NewPersonForm.of(typed())
    if not form.validate():
        return _page(household, form), 422
    try:
        _write(household, form)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(household, form), 422
    except Refused as refusal:
        form.refuse(NotValid({"": [refusal.detail]}))
        return _page(household, form), 422
    flash(_("The person is on file."))
    return redirect(url_for("registry.dossier", household_id=household.id), 303)


def _write(household: Household, form: NewPersonForm) -> None:
    values: dict[str, Any] = form.answers()
    kind, since = values.pop("joined_by"), values.pop("joined_on")
    if values.get("counts_for_income") is None:
        values.pop("counts_for_income", None)
    if kind is None:
        write_member(household, values, actor=actor(), valid_from=since or today())
    else:
        record_member_event(household, MemberEventKind(kind), actor=actor(), happened_on=since, values=values)
