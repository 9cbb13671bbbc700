"""What was fulfilled: what the household said, and how long it took."""

from urllib.parse import urlencode

from flask import render_template, request, url_for

from core.i18n import _, label
from core.policy import public
from needs.choices import Category
from needs.queries import fulfilled_needs, fulfilled_summary
from pages.queries.figures import outcome_shares
from pages.queries.places import short_name, site_place
from pages.views.door import blueprint
from pages.views.rows import done_row
from regions.codes import is_prefix
from regions.queries import find_published_region, published_children


@blueprint.get("/fulfilled")
@public
def fulfilled() -> str:
    """Show fulfilled needs by place, category and month, newest first."""
    site = site_place()
    args = request.args
    region = args.get("region", "") if is_prefix(args.get("region", "")) else ""
    category = args.get("category", "") if args.get("category", "") in set(Category) else ""
    month = args.get("month", "")
    within = region or (site.code if site else "")
    page = fulfilled_needs(region=within, category=category, month=month, cursor=args.get("cursor") or None)
    kept = [(name, value) for name, value in (("region", region), ("category", category), ("month", month)) if value]
    place = find_published_region(within) if within else None
    return render_template(
        "pages/fulfilled.html",
        place_name=short_name(place.name) if place else _("All places"),
        rows=[done_row(need) for need in page.items],
        next_url=_next(kept, page.next),
        is_first=not args.get("cursor"),
        summary_of=fulfilled_summary(within, category=category),
        shares=outcome_shares(within),
        places=[(child.code, short_name(child.name)) for child in published_children(site.code if site else None)],
        categories=[(item.value, label(item)) for item in Category],
        chosen={"region": region, "category": category, "month": month},
    )


def _next(kept: list[tuple[str, str]], cursor: str | None) -> str:
    return f"{url_for('pages.fulfilled')}?{urlencode([*kept, ('cursor', cursor)])}" if cursor else ""
