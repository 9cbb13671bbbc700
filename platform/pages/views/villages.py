"""A village's page, or a township's: open needs, in progress, done."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for

from core.clock import now, today
from core.errors import NotFound
from core.http import actor
from core.i18n import _, label
from core.policy import public
from identification.queries.figures.published import published_periods
from needs.queries import VillageOverview, newest_fulfilled, published_needs, village_overview
from pages.queries.catalogue import Tab
from pages.queries.places import both_names, path_within, short_name, site_place
from pages.queries.villages import FundShare, funds_of, helper_count
from pages.views.door import blueprint
from pages.views.home import child_word
from pages.views.rows import done_row, hill, need_rows
from regions.codes import RegionLevel, is_prefix
from registry.choices import FundSource
from registry.queries.published import published_register_year

TABS = (Tab.WAITING, Tab.PROMISED, Tab.CONFIRMED)
IN_PROGRESS = (*Tab.PROMISED.statuses, *Tab.ARRIVED.statuses)
SHOWN_AT = (RegionLevel.VILLAGE, RegionLevel.TOWNSHIP)


@blueprint.get("/villages/<string:code>")
@public
def village(code: str) -> str:
    """Show a village; 404 for a code that is no village or township."""
    if not is_prefix(code):
        raise NotFound
    found = village_overview(code)
    place = found.place
    if place.level not in SHOWN_AT:
        raise NotFound(region=code)
    tab = next((item for item in TABS if item.value == request.args.get("tab")), Tab.WAITING)
    statuses = IN_PROGRESS if tab is Tab.PROMISED else tab.statuses
    done = tab is Tab.CONFIRMED
    page = (
        None
        if done
        else published_needs(
            region=place.code, status=statuses, cursor=request.args.get("cursor") or None, viewer=actor()
        )
    )
    path = path_within(place.code, site_place())
    return render_template(
        "pages/village.html",
        place=place,
        name=both_names(place.name),
        path_words=" ".join(short_name(name) for name in place.path_names),
        township_url=_township_url(found),
        crumbs=[
            {"text": short_name(above.name), "url": url_for("pages.needs", region=above.code)} for above in path[:-1]
        ],
        found=found,
        groups=[hill(place, found.counts, url_for("pages.needs", region=place.code))] if found.counts.total else [],
        region_word=child_word(path[-2] if len(path) > 1 else None),
        as_of=found.as_of or now(),
        helpers=helper_count(place.code),
        tabs=_tabs(place.code, tab),
        rows=need_rows(page.items, today()) if page else [],
        next_url=url_for(".village", code=code, tab=tab.value, cursor=page.next) if page and page.next else "",
        done=[done_row(need) for need in newest_fulfilled(place.code, limit=20)] if done else [],
        is_done=done,
        funds=_funds(funds_of(place.code)),
        register_year=published_register_year(place.code),
        has_figures=bool(published_periods(place.code)),
    )


def _township_url(found: VillageOverview) -> str:
    """Return where the needs of a small village stand, or nothing for others."""
    if found.households is not None or found.place.township_code in (None, found.place.code):
        return ""
    return url_for(".needs", region=found.place.township_code)


def _tabs(code: str, chosen: Tab) -> list[dict[str, Any]]:
    words = {Tab.WAITING: _("Still needed"), Tab.PROMISED: _("In progress"), Tab.CONFIRMED: _("Done")}
    return [
        {"url": url_for(".village", code=code, tab=tab.value), "text": words[tab], "current": tab is chosen}
        for tab in TABS
    ]


def _funds(shares: Sequence[FundShare]) -> list[dict[str, Any]]:
    total = sum(share.deliveries for share in shares) or 1
    return [{"name": label(FundSource(share.source)), "value": 100 * share.deliveries // total} for share in shares]
