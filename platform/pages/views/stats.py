"""The public ledger: counts and sums, each with its level."""

from typing import Any

from flask import render_template, request, url_for

from core.clock import now
from core.i18n import _
from core.policy import public
from pages.queries.places import short_name
from pages.queries.statistics import LEVELS, LevelCounts, published_ledger
from pages.views.door import blueprint
from pages.views.rows import category_word
from regions.codes import is_prefix


@blueprint.get("/stats")
@public
def stats() -> str:
    """Show the ledger of a place."""
    region = request.args.get("region", "")
    ledger = published_ledger(region if is_prefix(region) else "")
    return render_template(
        "pages/stats.html",
        ledger=ledger,
        place_name=short_name(ledger.place.name) if ledger.place else _("All places"),
        as_of=ledger.as_of or now(),
        crumbs=[
            {"text": short_name(place.name), "url": url_for("pages.stats", region=place.code)}
            for place in ledger.path[:-1]
        ],
        head=[_("Checked and published"), _("Pledged"), _("Delivered"), _("Confirmed")],
        places=[
            (short_name(place.name), url_for("pages.stats", region=place.code), cells(counts))
            for place, counts in ledger.places
        ],
        categories=[[category_word(category), *cells(counts)] for category, counts in ledger.categories],
    )


def cells(counts: LevelCounts) -> list[Any]:
    """Return a row's cells: numbers with commas, or a word where they are not shown."""
    found = [getattr(counts, level) for level in LEVELS]
    return [_("not shown") if value is None else f"{value:,}" for value in found]
