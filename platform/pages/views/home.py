"""The first page: what villages need, who is helping, and whether it arrived."""

from decimal import Decimal
from typing import Any

from flask import render_template, url_for

from core.clock import now, today
from core.i18n import _, label
from core.policy import public
from needs.choices import Category
from needs.queries import ProgressCounts, counters, counters_as_of, newest_fulfilled, published_needs
from pages.queries.counts import hills_of
from pages.queries.least_helped import least_helped_needs
from pages.queries.places import short_name, site_place
from pages.views.door import blueprint
from pages.views.rows import done_row, hill, need_rows
from regions.codes import RegionLevel
from regions.queries import Place, published_children

FEW = 5
LINKED = (Category.DAILY_NECESSITIES, Category.SCHOOLING, Category.EMPLOYMENT)


@blueprint.get("/")
@public
def home() -> str:
    """Show the first page."""
    site = site_place()
    region = site.code if site else ""
    children = hills_of(published_children(region or None))
    counts = counters(region)
    day = today()
    return render_template(
        "pages/home.html",
        site=site,
        counts=counts,
        as_of=counters_as_of() or now(),
        groups=[hill(place, found, url_for("pages.needs", region=place.code)) for place, found in children],
        region_word=child_word(site),
        links=[(label(category), url_for("pages.needs", category=category.value)) for category in LINKED],
        least=need_rows(least_helped_needs(region), day),
        newest=need_rows(published_needs(region=region, limit=3).items, day),
        done=[done_row(need) for need in newest_fulfilled(region, limit=3)],
        bars=[_bar(place, found) for place, found in _by_share(children)],
        average=_share(counts),
        average_text=_(
            "%(place)s %(share)s%%",
            place=short_name(site.name) if site else _("All places"),
            share=int(_share(counts) or 0),
        ),
    )


def child_word(place: Place | None) -> str:
    """Return the word for the places directly below one."""
    if place is None:
        return label(RegionLevel.PROVINCE).lower()
    levels = list(RegionLevel)
    below = levels[min(levels.index(place.level) + 1, len(levels) - 1)]
    return label(below).lower()


def _share(counts: ProgressCounts) -> Decimal | None:
    """Return the share of needs that were confirmed, in per cent; None below five needs."""
    if counts.total < FEW:
        return None
    return Decimal(100 * counts.fulfilled) / counts.total


def _by_share(children: list[tuple[Place, ProgressCounts]]) -> list[tuple[Place, ProgressCounts]]:
    return sorted(children, key=lambda child: _share(child[1]) or Decimal(-1))[:12]


def _bar(place: Place, counts: ProgressCounts) -> dict[str, Any]:
    url = url_for("pages.needs", region=place.code)
    return {"name": short_name(place.name), "value": _share(counts), "url": url}
