"""A visit is written down: who went, the five views, the income of a year with its formula."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import requires
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.forms.casework import VisitForm
from identification.models import IdentificationCase
from identification.queries.cases import get_case
from identification.queries.cases.file import officers_here
from identification.services.cases import enter_visit
from identification.services.cases.measuring import measure
from identification.services.cases.stepping import check_step
from identification.services.cases.visits import income_per_head
from identification.views.cases.door import blueprint
from identification.views.cases.listing import heading_of
from identification.views.cases.words import concept_words, people_choices, said_line
from registry.queries import IncomeOn
from registry.queries.dossiers import incomes_until
from registry.views.survey.sums import income_lines, yuan

LATEST_YEARS = 3
ABOUT_WHO = frozenset({"two_visitors", "same_visitors"})


@blueprint.get("/<uuid:case_id>/visits/new")
@requires(CasePermission.CASE_VILLAGE)
def visit(case_id: UUID) -> ResponseReturnValue:
    """Show the form; refuse what the rules do not let happen now."""
    case = _ready(case_id)
    return _page(case, _offered(case, VisitForm(visited_on=today())))


def _ready(case_id: UUID) -> IdentificationCase:
    case = get_case(actor(), case_id)
    check_step(case, "record_visit", actor=actor())
    return case


def _years(case: IdentificationCase) -> list[IncomeOn]:
    """Return the last years' sheets of the register; none while the household is not known."""
    return [] if case.household_id is None else incomes_until(case.household_id, today().year)[:LATEST_YEARS]


def _offered(case: IdentificationCase, form: VisitForm) -> VisitForm:
    years = [(str(found.record.year), _year_words(case, found)) for found in _years(case)]
    return form.offer(people_choices(officers_here(case.region_code)), years)


def _year_words(case: IdentificationCase, found: IncomeOn) -> str:
    concept = pack_of(case.pack, case.region_code, case.entered_on)["income_concept"]
    return _(
        "%(year)s: %(amount)s, %(concept)s",
        year=str(found.record.year),
        amount=yuan(income_per_head(case, found.sums)),
        concept=str(concept_words[concept]),
    )


def _page(case: IdentificationCase, form: VisitForm) -> str:
    sums: list[dict[str, Any]] = [
        {"year": found.record.year, "sum": income_lines(found.sums)} for found in _years(case)
    ]
    return render_template(
        "identification/cases/visit.html",
        case=case,
        back=heading_of(case),
        form=form,
        sums=sums,
        line=said_line(measure(case)),
        has_errors=bool(form.errors),
    )


@blueprint.post("/<uuid:case_id>/visits")
@requires(CasePermission.CASE_VILLAGE)
def keep_visit(case_id: UUID) -> ResponseReturnValue:
    """Write the visit down."""
    case = _ready(case_id)
    form = _offered(case, VisitForm.read())
    if not form.validate():
        return _page(case, form), 422
    try:
        enter_visit(case, form.seen(), actor=actor())
    except Refused as refusal:
        form.refuse(_beside(refusal))
        return _page(_ready(case_id), form), 422
    flash(_("The visit is written down."))
    return redirect(url_for(".show", case_id=case_id), 303)


def _beside(refusal: Refused) -> NotValid:
    """Put what stands against the visitors beside their field; anything else goes on to the door."""
    if isinstance(refusal, NotValid):
        return refusal
    if refusal.code not in ABOUT_WHO:
        raise refusal
    return NotValid({"second": [refusal.detail]})
