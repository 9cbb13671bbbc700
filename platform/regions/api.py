"""The JSON door for places."""

from typing import Any

from flask_smorest import Blueprint

from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import public
from regions.queries import Place, published_children, published_region
from regions.schemas import RegionListSchema, RegionQuery

blueprint = Blueprint("regions_api", __name__, url_prefix="/regions", description="Places and their codes")


@blueprint.get("")
@public
@blueprint.arguments(RegionQuery, location="query")
@blueprint.response(200, RegionListSchema)
def children(query: dict[str, Any]) -> Page[Place]:
    """List the places directly below one, in the order of their codes."""
    parent = query["parent"]
    above = published_region(parent).code if parent else None
    (after,) = decode_cursor(query["cursor"], str) or ("",)
    rows = published_children(above, after=after, limit=query["limit"] + 1)
    return make_page(rows, query["limit"], lambda place: encode_cursor(place.code))
