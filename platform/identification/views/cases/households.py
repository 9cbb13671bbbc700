"""Which household of the register a case is about: chosen from the village's list, names masked."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import require, requires
from identification.case_policy import CasePermission
from identification.forms.casework import NameHouseholdForm
from identification.models import IdentificationCase
from identification.queries.cases import get_case
from identification.queries.households import village_households
from identification.services.cases import name_household
from identification.views.cases.door import blueprint
from identification.views.cases.listing import heading_of
from registry.models import Household
from registry.queries import get_household


def household_choices(region_code: str) -> list[tuple[str, str]]:
    """Return the households on file in a village, as choices of a form."""
    return [
        (value, _("%(number)s, %(name)s", number=number, name=name))
        for value, number, name in village_households(actor(), region_code)
    ]


def chosen_household(value: str | None) -> Household | None:
    """Return the household that was chosen from the list, or None for "not known yet"."""
    return get_household(actor(), UUID(value)) if value else None


@blueprint.get("/<uuid:case_id>/household")
@requires(CasePermission.CASE_OFFICE)
def household(case_id: UUID) -> ResponseReturnValue:
    """Show the village's list to choose from."""
    return _page(_own(case_id), NameHouseholdForm())


def _own(case_id: UUID) -> IdentificationCase:
    case = get_case(actor(), case_id)
    require(actor(), CasePermission.CASE_OFFICE, case)
    return case


def _page(case: IdentificationCase, form: NameHouseholdForm) -> str:
    return render_template(
        "identification/cases/household.html",
        case=case,
        back=heading_of(case),
        form=form.offer(household_choices(case.region_code)),
        has_errors=bool(form.errors),
    )


@blueprint.post("/<uuid:case_id>/household")
@requires(CasePermission.CASE_OFFICE)
def join_household(case_id: UUID) -> ResponseReturnValue:
    """Join the case to the chosen household."""
    case = _own(case_id)
    form = NameHouseholdForm.read().offer(household_choices(case.region_code))
    if not form.validate():
        return _page(case, form), 422
    try:
        name_household(case, get_household(actor(), UUID(form.household.data)), actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(_own(case_id), form), 422
    flash(_("The case is joined to this household."))
    return redirect(url_for(".show", case_id=case_id), 303)
