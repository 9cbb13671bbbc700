"""Households on the desk: list, page, new ones, a look at the name."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import requires
from needs.forms import NewHouseholdForm, RevealForm, SearchForm
from needs.policy import NeedPermission
from needs.queries import consents_of, needs_of_household, surveys_of
from needs.services import withdraw_publication_consent
from needs.views.door import blueprint
from needs.views.places import office_name, place_name, place_names, villages_of
from registry.models import Household
from registry.policy import RegistryPermission
from registry.queries import find_card, find_replacement, get_household, households_in_scope, subject_of
from registry.services import Revealed, RevealPurpose, register_household, reveal_household


@blueprint.get("/households")
@requires(RegistryPermission.HOUSEHOLD_READ)
def households() -> ResponseReturnValue:
    """List the households of my places, by village and number."""
    form = SearchForm.read_query()
    page = households_in_scope(actor(), number=form.number.data or "", cursor=form.cursor.data or None)
    return render_template(
        "needs/households.html", form=form, page=page, places=place_names(row.region_code for row in page.items)
    )


@blueprint.get("/households/new")
@requires(RegistryPermission.HOUSEHOLD_CREATE)
def new_household() -> ResponseReturnValue:
    """Show the form for a new household."""
    return render_template("needs/new_household.html", form=_household_form())


def _household_form() -> NewHouseholdForm:
    form = NewHouseholdForm.read()
    form.region_code.choices = villages_of(actor())
    return form


@blueprint.post("/households/new")
@requires(RegistryPermission.HOUSEHOLD_CREATE)
def create_household() -> ResponseReturnValue:
    """Put a household on file."""
    form = _household_form()
    if not form.validate():
        return render_template("needs/new_household.html", form=form), 422
    try:
        household = register_household(actor=actor(), **form.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return render_template("needs/new_household.html", form=form), 422
    except Refused as refusal:
        form.form_errors.append(str(refusal.detail))
        return render_template("needs/new_household.html", form=form), 422
    flash(_("The household is on file. Next: the needs survey."))
    return redirect(url_for(".household", household_id=household.id))


@blueprint.get("/households/<uuid:household_id>")
@requires(RegistryPermission.HOUSEHOLD_READ)
def household(household_id: UUID) -> ResponseReturnValue:
    """Show a household: surveys, consents, card, needs; the name stays covered."""
    return _show(get_household(actor(), household_id), RevealForm.read())


def _show(household: Household, form: RevealForm, revealed: Revealed | None = None) -> str:
    card = find_card(household.id)
    return render_template(
        "needs/household.html",
        household=household,
        place=place_name(household.region_code),
        surveys=surveys_of(subject_of(household)),
        consents=consents_of(household.id),
        card=card,
        replacement=find_replacement(household.id),
        giver=office_name(card.given_by) if card else "",
        needs=needs_of_household(household.id),
        form=form,
        revealed=revealed,
    )


@blueprint.post("/households/<uuid:household_id>/reveal")
@requires(RegistryPermission.HOUSEHOLD_REVEAL)
def reveal(household_id: UUID) -> ResponseReturnValue:
    """Show name and phone for a purpose; the look is recorded. The answer is never kept by a browser."""
    household = get_household(actor(), household_id)
    form = RevealForm.read()
    if not form.validate():
        return _show(household, form), 422
    shown = reveal_household(household, actor=actor(), purpose=RevealPurpose(form.purpose.data))
    return _show(household, RevealForm(), shown), 200, {"Cache-Control": "no-store"}


@blueprint.post("/households/<uuid:household_id>/withdraw-consent")
@requires(NeedPermission.CONSENT_WITHDRAW)
def withdraw_consent(household_id: UUID) -> ResponseReturnValue:
    """Take everything of the household off the web, at its word."""
    household = get_household(actor(), household_id)
    withdraw_publication_consent(household.id, actor=actor())
    flash(_("Taken down at once. Nothing of this household is on the web any more."))
    return redirect(url_for(".household", household_id=household.id))
