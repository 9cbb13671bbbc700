"""Exact figures of the villages that an officer answers for."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.queries import counties_with_officers
from core.clock import now
from core.errors import NotFound
from core.http import actor
from core.policy import Actor, requires
from identification.case_policy import CasePermission
from identification.figures.arithmetic import Counts
from identification.queries.figures.counting import counts_in, periods_in
from identification.queries.figures.published import Period
from identification.views.figures.door import desk_blueprint
from identification.views.figures.exact import alarms_of, cells_of
from identification.views.figures.words import BESIDE_OLD, COLUMNS, chosen_period, definitions, tag_of, title_of_period
from regions.codes import code_range, is_prefix
from registry.views.places import place_name, place_names

COUNTY_WIDTH = 1_000_000
TABLE = ("households", "reached", "applications", "admitted", "new", "dropped", "objections", "over_quota")


@desk_blueprint.get("/identification-figures")
@requires(CasePermission.ROUND_READ)
def exact() -> ResponseReturnValue:
    """Show the villages of one place of mine, exactly."""
    mine = places_of(actor())
    code = request.args.get("place", mine[0] if len(mine) == 1 else "")
    if code and not _is_mine(code):
        raise NotFound
    periods = periods_in(code) if code else []
    period = chosen_period(request.args.get("of", ""), periods)
    counted = counts_in(code, *period) if period else {}
    compares = any(counts.compares for counts in counted.values())
    return render_template(
        "identification/figures/desk.html",
        place=place_name(code) if code else "",
        places=[{"name": name, "url": url_for(".exact", place=one)} for one, name in sorted(place_names(mine).items())],
        many=len(mine) > 1,
        tabs=_tabs(code, periods, period),
        period=title_of_period(period) if period else "",
        rows=_rows(counted, period[0]) if period else [],
        columns={key: COLUMNS[key] for key in TABLE if key not in BESIDE_OLD or compares},
        definitions=definitions(),
        as_of=now(),
    )


def places_of(who: Actor) -> list[str]:
    """Return the actor's places up to a county; of wider ones the counties that take part."""
    narrow = [lo for lo, hi in who.ranges if int(hi) - int(lo) <= COUNTY_WIDTH]
    wide = [(lo, hi) for lo, hi in who.ranges if int(hi) - int(lo) > COUNTY_WIDTH]
    inside = [code for code in counties_with_officers() if any(lo <= code < hi for lo, hi in wide)]
    return list(dict.fromkeys([*narrow, *inside]))


def _is_mine(code: str) -> bool:
    if not is_prefix(code):
        return False
    low, high = code_range(code)
    narrow = int(high) - int(low) <= COUNTY_WIDTH
    return narrow and any(lo <= low and high <= hi for lo, hi in actor().ranges)


def _tabs(code: str, periods: list[Period], chosen: Period | None) -> list[dict[str, Any]]:
    return [
        {
            "url": url_for(".exact", place=code, of=tag_of(one)),
            "text": title_of_period(one),
            "current": one == chosen,
        }
        for one in periods
    ]


def _rows(counted: Mapping[str, Counts], pack: str) -> list[dict[str, Any]]:
    names = place_names(counted)
    rows = [
        {"name": names[region], "cells": cells_of(counts), "alarms": alarms_of(region, pack, counts)}
        for region, counts in counted.items()
    ]
    return sorted(rows, key=lambda row: not row["alarms"])
