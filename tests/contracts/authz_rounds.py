"""What the matrix sends about rounds, the full list of households, and the sentinel lists."""

from tests.contracts.authz_case import Body, Case, fixed, ids
from tests.factories.places import VILLAGE
from tests.factories.rounds import today_in_china
from tests.factories.world import World

ROUND = "/desk/rounds/<uuid:round_id>"
HOME = f"{ROUND}/households/<uuid:household_id>"
VISITED = {"state": "visited"}


def visited(world: World) -> Body:
    return {**VISITED, "happened_on": today_in_china(), "households": str(world.ids["household_listed"])}


ROUNDS: dict[tuple[str, str, str], Case] = {
    ("POST", "/desk/rounds", ""): Case(make=fixed(region_code=VILLAGE, pack="B_monitoring_2021", year="2026")),
    ("POST", f"{ROUND}/explain", ""): Case(make=fixed(reason="The road to group 3 is under water.")),
    ("POST", f"{ROUND}/contacts", ""): Case(make=visited),
    ("POST", HOME, ""): Case(make=visited),
    ("GET", f"{HOME}/paper", ""): Case(ids(household_id="household_new")),
    ("POST", "/desk/sentinels", ""): Case(make=fixed(village=VILLAGE)),
    ("GET", "/identification/<string:code>", "a township"): Case(ids(code="451028100000")),
}
