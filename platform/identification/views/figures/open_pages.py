"""Figures of villages for everybody: a county's table with its chart and file, one village with its reasons."""

import csv
import io
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.i18n import _, label
from core.policy import public
from identification.case_choices import RejectReason
from identification.figures.published import Shown
from identification.queries.figures.published import (
    Period,
    PublishedFigures,
    published_counties,
    published_over_quota,
    published_periods,
    published_village,
    published_villages,
)
from identification.round_choices import OldRegister
from identification.views.figures.charts import bars_of
from identification.views.figures.door import open_blueprint
from identification.views.figures.words import (
    BESIDE_OLD,
    COLUMNS,
    FILE_COLUMNS,
    cells_of,
    chosen_period,
    definitions,
    number_or_few,
    plain_cells,
    plain_count,
    reasons_of,
    tag_of,
    title_of_period,
)
from regions.codes import RegionLevel, is_prefix
from regions.queries import Place, find_published_region, published_places
from registry.views.places import place_names

TABLE = ("households", "reached", "applications", "admitted", "new", "dropped", "over_quota")


@open_blueprint.get("")
@public
def index() -> ResponseReturnValue:
    """List the counties that have figures; with one county go there."""
    codes = published_counties()
    if len(codes) == 1:
        return redirect(url_for(".place", code=codes[0]))
    places = published_places(code.ljust(12, "0") for code in codes)
    nodes = [{"name": found.path, "url": url_for(".place", code=found.county_code)} for found in places.values()]
    return render_template("identification/figures/index.html", nodes=nodes)


@open_blueprint.get("/<string:code>")
@public
def place(code: str) -> ResponseReturnValue:
    """Show a county's villages, or one village."""
    found = _place(code)
    key = found.code if found.level is RegionLevel.VILLAGE else found.county_code
    periods = published_periods(key)
    period = chosen_period(request.args.get("of", ""), periods)
    shared = {"place": found, "period": period, "tabs": _tabs(code, periods, period), "definitions": definitions()}
    if found.level is RegionLevel.VILLAGE:
        return _village(found, period, shared)
    return _county(found, period, shared)


def _place(code: str) -> Place:
    found = find_published_region(code) if is_prefix(code) else None
    if found is None or found.level not in (RegionLevel.COUNTY, RegionLevel.VILLAGE):
        raise NotFound(region=code)
    return found


def _tabs(code: str, periods: list[Period], chosen: Period | None) -> list[dict[str, Any]]:
    return [
        {
            "url": url_for(".place", code=code, of=tag_of(period)),
            "text": title_of_period(period),
            "current": period == chosen,
        }
        for period in periods
    ]


def _county(found: Place, period: Period | None, shared: dict[str, Any]) -> str:
    rows = published_villages(found.county_code, period) if period else []
    names = place_names(row.region_code for row in rows)
    return render_template(
        "identification/figures/county.html",
        rows=[
            {
                "name": names[row.region_code],
                "url": url_for(".place", code=row.region_code, of=tag_of(period)) if period else "",
                "cells": cells_of(row.shown),
                "alarms": [label(alarm) for alarm in row.shown.alarms],
            }
            for row in rows
        ],
        columns={key: COLUMNS[key] for key in TABLE if key not in BESIDE_OLD or _compares(rows)},
        chart=bars_of(rows, names),
        as_of=max((row.counted_at for row in rows), default=None),
        over_quota=number_or_few(published_over_quota(found.county_code, period, rows)) if period and rows else "",
        file_url=url_for(".file", code=found.county_code, of=tag_of(period)) if period else "",
        **shared,
    )


def _compares(rows: list[PublishedFigures]) -> bool:
    return any(row.shown.old.state is not OldRegister.NOT_ASKED for row in rows)


def _village(found: Place, period: Period | None, shared: dict[str, Any]) -> str:
    row = published_village(found.code, period) if period else None
    return render_template(
        "identification/figures/village.html",
        row=row,
        facts=_facts(row.shown) if row else [],
        reasons=reasons_of(row.shown.rejected) if row else [],
        alarms=[label(alarm) for alarm in row.shown.alarms] if row else [],
        county_url=url_for(".place", code=found.county_code, of=tag_of(period) if period else None),
        **shared,
    )


def _facts(shown: Shown) -> list[dict[str, str]]:
    cells, asked = cells_of(shown), shown.old.state is not OldRegister.NOT_ASKED
    return [
        {"name": str(words), "value": cells[key]} for key, words in COLUMNS.items() if asked or key not in BESIDE_OLD
    ]


@open_blueprint.get("/<string:code>/figures.csv")
@public
def file(code: str) -> ResponseReturnValue:
    """Hand out a county's public rows, as they stand on the page."""
    found = _place(code)
    period = chosen_period(request.args.get("of", ""), published_periods(found.county_code))
    rows = published_villages(found.county_code, period) if period else []
    names = place_names(row.region_code for row in rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    head = [_("Code"), _("Village"), _("Rules"), _("Year"), _("Counted at")]
    writer.writerow([*head, *FILE_COLUMNS, *(label(reason) for reason in RejectReason), _("Alarms")])
    writer.writerows(_line(row, names[row.region_code]) for row in rows)
    response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.county_code}-figures.csv"'
    return response


def _line(row: PublishedFigures, name: str) -> list[str]:
    period = (row.pack, row.year)
    alarms = "; ".join(label(alarm) for alarm in row.shown.alarms)
    start = [row.region_code, name, title_of_period(period), str(row.year), row.counted_at.isoformat()]
    reasons = [plain_count(row.shown.rejected.get(reason.value)) for reason in RejectReason]
    return [*start, *plain_cells(row.shown), *reasons, alarms]
