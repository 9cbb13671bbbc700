"""The county's list of households that meet the standard beyond the number (domain.md 3.7.8)."""

from flask import render_template
from flask.typing import ResponseReturnValue

from core.http import actor
from core.policy import can, requires
from identification.case_policy import CasePermission
from identification.policy import QuotaPermission
from identification.queries.cases.over_quota import households_over_quota
from identification.views.case_steps.door import blueprint
from registry.views.places import place_names


@blueprint.get("/over-quota")
@requires(CasePermission.CASE_COUNTY)
def over_quota() -> ResponseReturnValue:
    """List who waits how long of the days for an answer, with the three answers."""
    rows = households_over_quota(actor())
    return render_template(
        "identification/case_steps/over_quota.html",
        rows=rows,
        names=place_names(row.case.region_code for row in rows),
        unanswered=sum(row.answer is None for row in rows),
        late=sum(row.is_late for row in rows),
        persons=sum(row.persons for row in rows),
        may_move=can(actor(), QuotaPermission.TRANSFER_ASK),
    )
