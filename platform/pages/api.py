"""JSON doors that need several packages: update records and statistics."""

from typing import Any

from flask_smorest import Blueprint

from core.http import actor
from core.paging import decode_cursor, encode_cursor, make_page
from core.policy import public
from core.records import published_records_after
from pages.queries.statistics import LEVELS, LevelCounts, published_ledger
from pages.queries.streams import readable_stream
from pages.queries.suppression import FEW
from pages.schemas import RecordPageSchema, RecordQuery, StatsQuery, StatsSchema
from regions.names import searchable
from regions.queries import Place

blueprint = Blueprint("pages_api", __name__, description="Update records and public figures")


@blueprint.get("/records")
@public
@blueprint.arguments(RecordQuery, location="query")
@blueprint.response(200, RecordPageSchema)
def list_records(query: dict[str, Any]) -> dict[str, Any]:
    """Return the update records of a stream in their order, with every hashed field."""
    stream = readable_stream(actor(), query["stream"])
    after = decode_cursor(query["cursor"], int)
    limit = query["limit"]
    rows = published_records_after(stream.name, limit=limit + 1, after_seq=after[0] if after else 0)
    page = make_page(rows, limit, lambda row: encode_cursor(row.seq))
    return {"items": [row.as_json() for row in page.items], "next": page.next}


@blueprint.get("/stats")
@public
@blueprint.arguments(StatsQuery, location="query")
@blueprint.response(200, StatsSchema)
def show_stats(query: dict[str, Any]) -> dict[str, Any]:
    """Return counts and sums, each with its level; small cells are null, with those that would give them away."""
    ledger = published_ledger(query["region"])
    return {
        "region": None if ledger.place is None else _place(ledger.place),
        "as_of": ledger.as_of,
        "suppressed_below": FEW,
        "figures": _figures(ledger.total),
        "places": [{"region": _place(place), **_row(counts)} for place, counts in ledger.places],
        "categories": [{"category": category, **_row(counts)} for category, counts in ledger.categories],
        "sums": [{name: getattr(row, name) for name in ("unit", *LEVELS)} for row in ledger.sums],
    }


def _place(place: Place) -> dict[str, str]:
    return {"code": place.code, "name": searchable(place.name)}


def _row(counts: LevelCounts) -> dict[str, Any]:
    return {"suppressed": counts.is_hidden, "figures": _figures(counts)}


def _figures(counts: LevelCounts) -> list[dict[str, Any]]:
    return [{"measure": "needs", "level": level, "value": getattr(counts, level)} for level in LEVELS]
