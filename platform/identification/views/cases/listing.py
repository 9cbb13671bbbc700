"""The list of cases: by state, village and rules, or what waits for my office; one is found by its number."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.http import actor
from core.i18n import _
from core.paging import Page
from core.policy import can, requires
from core.privacy import mask_name
from identification.case_packs import pack_labels
from identification.case_policy import CasePermission
from identification.forms.cases import CaseFilterForm, FindCaseForm
from identification.models import IdentificationCase
from identification.queries.cases import CaseRow, cases_of, waiting_cases
from identification.queries.cases.file import household_of
from identification.queries.cases.finding import found_cases
from identification.queries.ready_cases import office_words
from identification.views.cases.door import blueprint
from identification.views.desk_places import all_villages
from registry.views.places import place_names

MOST_WAITING = 50


@blueprint.get("")
@requires(CasePermission.CASE_READ)
def index() -> ResponseReturnValue:
    """List the cases of my places: all by filters, or those that wait for my office."""
    form = CaseFilterForm.read_query().offer(all_villages(actor()))
    if form.waiting.data == "1":
        rows = waiting_cases(actor(), limit=MOST_WAITING)
        return _page(form, Page(rows, None))
    page = cases_of(
        actor(),
        stage=form.chosen_stage,
        region_code=form.chosen_village,
        pack=form.chosen_pack,
        cursor=form.cursor.data or None,
    )
    return _page(form, page)


def _page(form: CaseFilterForm, page: Page[CaseRow], find: FindCaseForm | None = None) -> str:
    return render_template(
        "identification/cases/index.html",
        form=form,
        find=find or FindCaseForm(),
        has_errors=find is not None and bool(find.errors),
        rows=[_row(row) for row in page.items],
        names=place_names(row.region_code for row in page.items),
        waiting=form.waiting.data == "1",
        filtered=bool(form.kept()),
        next_url=url_for(".index", cursor=page.next, **form.kept()) if page.next else "",
        may_open=can(actor(), CasePermission.CLUE_FIND),
        office_words=office_words,
        pack_labels=pack_labels,
    )


def _row(row: CaseRow) -> dict[str, Any]:
    return {
        "url": url_for("cases.show", case_id=row.id),
        "title": case_title(row.masked_name, row.household_no),
        "region_code": row.region_code,
        "stage": row.stage,
        "origin": row.origin,
        "pack": row.pack,
        "entered_on": row.entered_on,
        "office": row.office,
        "days_left": row.days_left,
    }


def case_title(masked_name: str, household_no: str) -> str:
    """Return whose case it is: the name masked, and the number on file."""
    if household_no:
        return _("%(name)s, household %(number)s", name=masked_name, number=household_no)
    return _("%(name)s, household not named yet", name=masked_name) if masked_name else _("Household not known yet")


def heading_of(case: IdentificationCase) -> str:
    """Return whose case it is, as titles and ways back say it: the name masked."""
    household = household_of(case)
    return case_title(mask_name(case.applicant_name), household.household_no if household else "")


@blueprint.post("/find")
@requires(CasePermission.CASE_READ)
def find() -> ResponseReturnValue:
    """Find a case by the number of its receipt or of its household; the number stands in no address."""
    form = FindCaseForm.read()
    rows = found_cases(actor(), form.number.data) if form.validate() else []
    if len(rows) == 1:
        return redirect(url_for(".show", case_id=rows[0].id), 303)
    if not rows and not form.errors:
        form.number.errors = [_("No case of your places has this number.")]
    filters = CaseFilterForm().offer(all_villages(actor()))
    return _page(filters, Page(rows, None), form), 200 if rows else 422
