"""Cases of the registers: steps of a survey, events of members, the village register."""

from tests.contracts.authz_case import Case, fixed, ids

PLAN = "/desk/villages/<string(length=12):code>/plans/<uuid:plan_id>"
STEP = "/desk/households/<uuid:household_id>/register/<string:step>"
REGISTERS: dict[tuple[str, str, str], Case] = {
    ("POST", "/desk/households/<uuid:household_id>/dossier", ""): Case(make=fixed(purpose="survey")),
    ("GET", STEP, ""): Case(ids(step="living")),
    ("GET", STEP, "of a survey that is going on"): Case(ids(household_id="household_new", step="members")),
    ("GET", STEP, "of a person"): Case(ids(household_id="household_new", step="person-new-1")),
    ("POST", STEP, ""): Case(ids(step="members")),
    ("POST", f"{STEP}/draft", ""): Case(ids(step="members")),
    ("POST", "/desk/villages/<string(length=12):code>/register/<int:year>", ""): Case(
        ids(year="2024"), fixed(revision="0")
    ),
    ("GET", PLAN, ""): Case(ids(plan_id="village_plan")),
    ("POST", PLAN, "nothing typed"): Case(ids(plan_id="village_plan")),
    ("GET", f"{PLAN}/result", ""): Case(ids(plan_id="village_plan")),
    ("POST", f"{PLAN}/result", "nothing typed"): Case(ids(plan_id="village_plan")),
}
