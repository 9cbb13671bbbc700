"""Cases of quotas: who computes, publishes, discards, asks and decides, settles."""

from tests.contracts.authz_case import Case, fixed, ids
from tests.factories.places import COUNTY
from tests.factories.quotas import VILLAGES_CSV

PLACE = f"{COUNTY}000000"
RUN = {
    "region_code": PLACE,
    "level": "villages",
    "year": "2015",
    "total": "1200",
    "method": "hamilton",
    "dilapidated_houses": "0.6",
    "farmland": "0.4",
    "text": VILLAGES_CSV,
}
MOVE = {"from_code": "451028100200", "to_code": "451028100201", "persons": "1", "reason": "A hamlet moved."}
USED = {"village": "451028100200", "recognised": "1", "last_household": "1"}
WAITING = ids(run_id="quota_run_waiting")
QUOTAS: dict[tuple[str, str, str], Case] = {
    ("GET", "/quotas/runs/<uuid:run_id>", "not published"): Case(WAITING),
    ("GET", "/quotas/runs/<uuid:run_id>/places/<string:code>", "not published"): Case(WAITING),
    ("GET", "/desk/quotas/new", ""): Case(make=fixed(region=PLACE)),
    ("GET", "/desk/quotas/template.csv", ""): Case(make=fixed(region=PLACE)),
    ("POST", "/desk/quotas/new", ""): Case(make=fixed(**RUN)),
    ("POST", "/desk/quotas/<uuid:run_id>/publish", ""): Case(WAITING),
    ("POST", "/desk/quotas/<uuid:run_id>/discard", ""): Case(WAITING, fixed(reason="A wrong file.")),
    ("POST", "/desk/quotas/<uuid:run_id>/transfers", ""): Case(make=fixed(**MOVE)),
    ("POST", "/desk/quotas/<uuid:run_id>/settlements", ""): Case(make=fixed(**USED)),
    ("POST", "/desk/quota-transfers/<uuid:transfer_id>/decline", ""): Case(make=fixed(reason="It stays.")),
    ("GET", "/records/<string:kind>/<string:key>", "of a run"): Case(ids(kind="quota_run", key="quota_run")),
    ("GET", "/records/<string:kind>/<string:key>", "of a run not published"): Case(
        ids(kind="quota_run", key="quota_run_waiting")
    ),
}
