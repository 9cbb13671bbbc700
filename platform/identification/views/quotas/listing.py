"""The public list of published numbers, by place and year."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.i18n import _
from core.policy import public
from identification.queries.quotas.listing import published_runs, published_years
from identification.views.quotas.door import open_blueprint
from identification.views.quotas.words import name_of, places_of_runs
from regions.codes import is_prefix
from regions.queries import Place, find_published_region, published_search

FOUND = 8


@open_blueprint.get("")
@public
def index() -> ResponseReturnValue:
    """List published runs: the newest year first, upper places before those inside them."""
    region, words, year = request.args.get("region", ""), request.args.get("q", "").strip(), _year()
    place = find_published_region(region) if is_prefix(region) else None
    page = published_runs(year=year, region=place.code if place else "", cursor=request.args.get("cursor"))
    places = places_of_runs(page.items)
    return render_template(
        "identification/quotas/index.html",
        heading=_("Planning numbers of %(place)s", place=place.said) if place else _("Planning numbers"),
        page=page,
        rows=[(run, name_of(run.region_code, places), url_for(".run", run_id=run.id)) for run in page.items],
        years=published_years(),
        year=year,
        place=place,
        words=words,
        found=_found(words),
        next_url=url_for(".index", year=year, region=region or None, cursor=page.next) if page.next else None,
    )


def _year() -> int | None:
    text = request.args.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _found(words: str) -> list[Place]:
    return published_search(words, limit=FOUND) if words else []
