"""What the matrix sends about meetings and about lists that are signed."""

from io import BytesIO

from tests.contracts.authz_case import Body, Case, fixed, ids
from tests.factories.meetings import FORM, today_words
from tests.factories.notices import board_photo
from tests.factories.places import VILLAGE
from tests.factories.world import World

DESK = "/desk/meetings"
ONE = f"{DESK}/<uuid:meeting_id>"
CARD = f"{ONE}/households/<uuid:case_id>"
CASE = ids(case_id="case_voted")


def written(world: World) -> Body:
    return {**FORM, "held_on": today_words(), "region_code": VILLAGE}


def signed_minutes(world: World) -> Body:
    return {"minutes": (BytesIO(board_photo()), "minutes.jpg")}


MEETINGS: dict[tuple[str, str, str], Case] = {
    ("POST", DESK, ""): Case(make=written),
    ("POST", f"{ONE}/change", ""): Case(make=written),
    ("POST", f"{ONE}/members", ""): Case(make=fixed(names="韦大山")),
    ("GET", CARD, ""): Case(CASE),
    ("POST", CARD, ""): Case(CASE, fixed(votes_for="4", votes_against="2", abstained="0", no_relatives="y")),
    ("POST", f"{CARD}/take-out", ""): Case(CASE),
    ("POST", f"{ONE}/close", ""): Case(make=signed_minutes),
    ("GET", ONE, "closed"): Case(ids(meeting_id="meeting_held")),
    ("GET", f"{ONE}/signed-minutes", ""): Case(ids(meeting_id="meeting_held")),
    ("POST", "/desk/lists/<string(length=12):code>", ""): Case(
        make=lambda world: {"cases": str(world.ids["case_listed"])}
    ),
}
