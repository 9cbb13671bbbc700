"""Open data: the published needs as files, and what their columns mean; and what robots may read."""

from flask import Response, render_template, send_file

from core.errors import NotFound
from core.i18n import _
from core.policy import public
from pages.queries.open_data import COLUMNS, FORMATS, file_of, find_snapshot
from pages.views.door import blueprint

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}
ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /c/\nDisallow: /desk\nDisallow: /login\nDisallow: /records/\n"


@blueprint.get("/open-data")
@public
def open_data() -> str:
    """Describe the files and offer them."""
    meanings = column_meanings()
    return render_template(
        "pages/open_data.html",
        snapshot=find_snapshot(),
        formats=FORMATS,
        columns=[(name, meanings[name]) for name in COLUMNS],
    )


def column_meanings() -> dict[str, str]:
    """Return what each column of the files means."""
    return {
        "id": _("Number of the need; its page is /needs/ followed by it"),
        "title": _("What is needed"),
        "description": _("Why, in a few sentences without personal facts"),
        "category": _("Kind of need, as a code"),
        "level": _("household or village"),
        "region_code": _("Code of the village, or of the township where a village is small"),
        "region_path": _("Names of the places from the province down"),
        "quantity": _("How many are needed"),
        "unit": _("Unit of all quantities of the row"),
        "min_lot": _("The least that can be pledged at once"),
        "held": _("How many are pledged, those delivered included"),
        "delivered": _("How many were delivered, those confirmed included"),
        "confirmed": _("How many the household or village has confirmed"),
        "status": _("open, partly_held, fully_held, delivered or fulfilled"),
        "urgency": _("routine or urgent"),
        "size_band": _("Size of the household as a band: 1, 2-3, 4-5, 6+"),
        "published_at": _("When it was published, in UTC"),
        "verified_at": _("When it was verified on site, in UTC"),
        "expires_at": _("Until when it is valid, in UTC"),
        "disputed": _("Whether a delivery is disputed now"),
    }


@blueprint.get("/open-data/needs.<string:kind>")
@public
def open_data_file(kind: str) -> Response:
    """Hand out the file as the job left it."""
    if kind not in FORMATS or not file_of(kind).is_file():
        raise NotFound
    response = send_file(file_of(kind), mimetype=TYPES[kind], as_attachment=True, download_name=f"needs.{kind}")
    response.content_type = TYPES[kind]
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """Say what robots may read."""
    return Response(ROBOTS, content_type="text/plain; charset=utf-8")
