"""The Atom feed of new needs, by place and category."""

from flask import Response, render_template, request, url_for

from core.clock import now
from core.i18n import _
from core.policy import public
from core.settings import current
from needs.queries import published_needs
from pages.queries.catalogue import read_asked
from pages.queries.places import place_words, short_name
from pages.views.door import blueprint
from pages.views.rows import category_word
from regions.queries import find_published_region

LENGTH = 50


@blueprint.get("/feeds/needs.atom")
@public
def needs_feed() -> Response:
    """Return the newest public needs; nothing about helpers or quantities that would be old when read."""
    args = request.args
    asked = read_asked(
        region=args.get("region", ""), categories=args.getlist("category"), level="", status="", q="", sort=""
    )
    rows = published_needs(region=asked.region, category=asked.categories, limit=LENGTH).items
    place = find_published_region(asked.region) if asked.region else None
    site = current().base_url
    feed = render_template(
        "pages/needs.atom.xml",
        title=_("New needs, %(place)s", place=short_name(place.name)) if place else _("New needs"),
        site=site,
        own_url=site + request.full_path.rstrip("?"),
        list_url=site + url_for("pages.needs", region=asked.region or None),
        updated=rows[0].published_at if rows else now(),
        entries=[
            {
                "id": row.id,
                "title": row.title,
                "url": site + url_for("pages.need", need_id=row.id),
                "at": row.published_at,
                "summary": row.description,
                "place": place_words(row.path_names),
                "category": row.category,
                "category_word": category_word(row.category),
            }
            for row in rows
        ],
    )
    return Response(feed, content_type="application/atom+xml; charset=utf-8")
