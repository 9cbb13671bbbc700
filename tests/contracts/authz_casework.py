"""What the matrix sends about cases at the desk: a clue, whose household, letter, visit, answers, flags."""

from typing import Any

from tests.contracts.authz_case import Body, Case, fixed, ids
from tests.factories.casework import PHONE, TOLD, VIEWS, day
from tests.factories.places import VILLAGE
from tests.factories.world import World

CASE = "/desk/cases/<uuid:case_id>"
FLAG = f"{CASE}/flags/<uuid:flag_id>"
CLUE = {
    "village": VILLAGE,
    "what": "B_monitoring_2021/clue",
    "origin": "cadre_survey",
    "name": "黄某",
    "told": TOLD,
    "phone": PHONE,
}
SEEN = {name: seen.value for name, seen in VIEWS.items()}


def today_and(name: str, **body: Any) -> Any:
    """Return a body with the database's day in a field."""

    def make(world: World) -> Body:
        return body | {name: day().isoformat()}

    return make


def visited(world: World) -> Body:
    """Return a visit of the village's officer and the team."""
    went = {"first": world.account("village_officer"), "second": world.account("stationed_team")}  # type: ignore[arg-type]  # a role is a text
    rest = {"visited_on": day().isoformat(), "income": "unmeasured", "no_income_reason": "说不清。"}
    return SEEN | rest | {name: str(account) for name, account in went.items()}


CASEWORK: dict[tuple[str, str, str], Case] = {
    ("GET", "/desk/cases/new", ""): Case(make=fixed(village=VILLAGE)),
    ("POST", "/desk/cases", "a clue"): Case(make=fixed(**CLUE)),
    ("POST", "/desk/cases/find", "unknown number"): Case(make=fixed(number="none such")),
    ("GET", f"{CASE}/household", ""): Case(ids(case_id="case_unknown")),
    ("POST", f"{CASE}/household", ""): Case(
        ids(case_id="case_unknown"), lambda world: {"household": str(world.ids["household_new"])}
    ),
    ("GET", f"{CASE}/letter", ""): Case(ids(case_id="case_unsigned")),
    ("POST", f"{CASE}/letter", ""): Case(ids(case_id="case_unsigned"), today_and("signed_on", witness="陆某")),
    ("POST", f"{CASE}/visits", ""): Case(make=visited),
    ("GET", f"{CASE}/matches/new", ""): Case(ids(case_id="case_signed")),
    ("POST", f"{CASE}/matches", ""): Case(
        ids(case_id="case_signed"), today_and("as_of", department="vehicles", result="nothing_found")
    ),
    ("POST", f"{CASE}/flags", ""): Case(make=fixed(code="hukou_only", words="常年不在家。")),
    ("POST", FLAG, "raised by the team"): Case(make=fixed(decision="confirm", evidence="看过。")),
    ("GET", f"{CASE}/propose", ""): Case(ids(case_id="case_ready")),
    ("POST", f"{CASE}/propose", ""): Case(ids(case_id="case_ready")),
}
