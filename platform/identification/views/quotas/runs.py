"""A run for everybody: the numbers with their chart and table, the inputs as a file, the check by computing again."""

import csv
import io
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.http import actor
from core.i18n import _, label
from core.policy import can, public
from identification.models import QuotaRun, TransferStage
from identification.policy import QuotaPermission
from identification.queries.quotas import lines_of, published_run, transfers_of
from identification.queries.quotas.listing import published_places_of
from identification.quotas.columns import columns
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.services.quotas import reproduce
from identification.services.quotas.handing_out import FEW, input_rows
from identification.views.quotas import charts
from identification.views.quotas.door import open_blueprint
from identification.views.quotas.words import (
    crumbs,
    group_word,
    method_words,
    name_of,
    places_of_runs,
    title_of,
    what_is_counted,
)
from regions.queries import published_places

SHOWN = 50


@open_blueprint.get("/runs/<uuid:run_id>")
@public
def run(run_id: UUID) -> ResponseReturnValue:
    """Show a run."""
    found = published_run(run_id, actor())
    places, words = places_of_runs([found]), request.args.get("q", "").strip()
    page = published_places_of(found.id, words=words, cursor=request.args.get("cursor"), limit=SHOWN)
    transfers = transfers_of(found.id, TransferStage.AGREED)
    return render_template(
        "identification/quotas/run.html",
        heading=title_of(found, places),
        crumbs=crumbs(found, places),
        run=found,
        page=page,
        words=words,
        is_first=not request.args.get("cursor"),
        counted=what_is_counted(found.level),
        group=group_word(found.level),
        chart=charts.chart_of(found),
        methods=method_words(found),
        transfers=transfers,
        names=published_places(code for each in transfers for code in (each.from_code, each.to_code)),
        name_of=name_of,
        place_names=published_places(code for row in page.items for code in (row.code, row.above)),
        next_url=url_for(".run", run_id=run_id, q=words or None, cursor=page.next) if page.next else None,
        has_inputs=_may_have_inputs(found),
    )


def _may_have_inputs(found: QuotaRun) -> bool:
    return found.level is not QuotaLevel.VILLAGES_BY_SCORE or can(actor(), QuotaPermission.QUOTA_READ, found)


@open_blueprint.get("/runs/<uuid:run_id>/inputs.csv")
@public
def inputs(run_id: UUID) -> ResponseReturnValue:
    """Hand out what went in and came out, with a note where so few were asked that they could be known."""
    found = published_run(run_id, actor())
    sees_all = can(actor(), QuotaPermission.QUOTA_READ, found)
    factors = [FactorCode(one["code"]) for one in found.factors]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*columns(found.level, factors), "quota"])
    writer.writerows(input_rows(found, lines_of(found.id), sees_all=sees_all))
    response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.region_code}-{found.year}.csv"'
    return response


@open_blueprint.get("/runs/<uuid:run_id>/check")
@public
def check(run_id: UUID) -> ResponseReturnValue:
    """Compute the run once more from what is stored, before everybody's eyes."""
    found = published_run(run_id, actor())
    places = places_of_runs([found])
    return render_template(
        "identification/quotas/check.html",
        heading=_("Computed again: %(run)s", run=title_of(found, places)),
        crumbs=crumbs(found, places, _("Computed again")),
        run=found,
        result=reproduce(found),
        level=label(found.level),
        few=FEW,
    )
