"""What the matrix sends: for each case of the table the ids in the address and a body good enough to be let in."""

from collections.abc import Callable
from datetime import datetime, timedelta

from core.clock import SHANGHAI
from tests.contracts.authz_case import Body, Case, fixed, ids, step
from tests.contracts.authz_people import PEOPLE, REASON
from tests.factories.world import VILLAGE, World

VISIT = {"visited_on": datetime.now(SHANGHAI).date().isoformat(), "second_visitor": "村委委员", "evidence": ["2026-11"]}
NEED = {
    "category": "daily_necessities",
    "title": "厚棉鞋 2 双",
    "description": "旧鞋不暖，送到村部就行。",
    "quantity": "2",
    "unit": "双",
}


NEED_STEPS = "/api/v1/needs/<uuid:need_id>/transitions"

CASES: dict[tuple[str, str, str], Case] = {
    **PEOPLE,
    ("POST", "/api/v1/needs", "of the household"): Case(
        make=lambda world: {"subject": {"household_id": str(world.ids["household"])}, **NEED}
    ),
    ("POST", "/api/v1/needs", "of the village"): Case(make=fixed(subject={"village_code": VILLAGE}, **NEED)),
    ("GET", "/api/v1/needs/<uuid:need_id>", "draft"): Case(ids(need_id="need_draft")),
    ("GET", NEED_STEPS, "draft"): Case(ids(need_id="need_draft")),
    ("POST", NEED_STEPS, "submit"): Case(ids(need_id="need_draft"), step("submit")),
    ("POST", NEED_STEPS, "verify"): Case(ids(need_id="need_submitted"), step("verify", **VISIT)),
    ("POST", NEED_STEPS, "approve"): Case(ids(need_id="need_verified"), step("approve", reason=REASON)),
    ("POST", NEED_STEPS, "return"): Case(ids(need_id="need_submitted"), step("return", reason=REASON)),
    ("POST", NEED_STEPS, "reject"): Case(ids(need_id="need_verified"), step("reject", reason=REASON)),
    ("POST", NEED_STEPS, "withdraw a draft"): Case(ids(need_id="need_draft"), step("withdraw", reason=REASON)),
    ("POST", NEED_STEPS, "withdraw"): Case(make=step("withdraw", reason=REASON)),
    ("POST", NEED_STEPS, "renew too early"): Case(make=step("renew", **VISIT)),
}

IN_TWO_WEEKS = (datetime.now(SHANGHAI).date() + timedelta(days=14)).isoformat()
TODAY = VISIT["visited_on"]
PLEDGE = {"quantity": "1", "kind": "goods", "due_on": IN_TWO_WEEKS, "term": "one_time"}
DELIVERY = {"quantity": "1", "delivered_on": TODAY, "fund_source": "social"}
ARRIVAL = {"arrived_on": TODAY, "receiver": "村委委员"}
CONSENT = {"method": "paper", "scope": ["visits"], "until": IN_TWO_WEEKS, "witness": "村民代表"}
API = "/api/v1"
LINK_STEPS = f"{API}/links/<uuid:link_id>/transitions"
PLEDGE_STEPS = f"{API}/pledges/<uuid:pledge_id>/transitions"
DELIVERY_STEPS = f"{API}/deliveries/<uuid:delivery_id>/transitions"
INVITATION_STEPS = f"{API}/invitations/<uuid:invitation_id>/transitions"
DESK_NEED = "/desk/needs/<uuid:need_id>"
DESK_DELIVERY = "/desk/deliveries/<uuid:delivery_id>"
DESK_PLEDGE = "/desk/pledges/<uuid:pledge_id>/<any(agree,release,withdraw):step>"
DESK_LINK = (
    "/desk/links/<uuid:link_id>/<any('comment','record-consent','confirm','confirm-once','reject','suspend',"
    "'resume','withdraw-consent','complete','terminate'):step>"
)
DESK_INVITATION = "/desk/invitations/<uuid:invitation_id>/<any(accept,decline,withdraw):step>"


def invitation(world: World) -> Body:
    return {"email": "partner@example.org", "need_ids": [str(world.ids["need"])], "message": ""}


def pledge_of(name: str, quantity: str = "1") -> Callable[[World], Body]:
    return lambda world: {"need_id": str(world.ids[name]), **PLEDGE, "quantity": quantity}


CASES |= {
    ("POST", DELIVERY_STEPS, "arrive"): Case(make=step("arrive", **ARRIVAL)),
    ("POST", DELIVERY_STEPS, "mend"): Case(ids(delivery_id="delivery_mending"), step("mend")),
    ("POST", DELIVERY_STEPS, "annul"): Case(ids(delivery_id="delivery_disputed"), step("annul", reason=REASON)),
    ("POST", INVITATION_STEPS, "accept"): Case(make=step("accept")),
    ("POST", INVITATION_STEPS, "decline"): Case(make=step("decline")),
    ("POST", INVITATION_STEPS, "withdraw"): Case(make=step("withdraw")),
    ("POST", LINK_STEPS, "comment"): Case(ids(link_id="link_proposed"), step("comment", comment="Good.")),
    ("POST", LINK_STEPS, "record consent"): Case(ids(link_id="link_proposed"), step("record_consent", **CONSENT)),
    ("POST", LINK_STEPS, "confirm"): Case(ids(link_id="link_covered"), step("confirm", reason=REASON)),
    ("POST", LINK_STEPS, "reject"): Case(ids(link_id="link_proposed"), step("reject", reason=REASON)),
    ("POST", LINK_STEPS, "suspend"): Case(make=step("suspend", reason=REASON)),
    ("POST", LINK_STEPS, "terminate"): Case(make=step("terminate", reason=REASON)),
    ("POST", LINK_STEPS, "withdraw consent"): Case(make=step("withdraw_consent")),
    ("POST", LINK_STEPS, "complete with a live pledge"): Case(make=step("complete")),
    ("POST", f"{API}/pairings/<uuid:pairing_id>/invitations", ""): Case(make=invitation),
    ("POST", f"{API}/pairings/<uuid:pairing_id>/links", ""): Case(make=fixed(term="standing")),
    ("POST", f"{API}/pledges", ""): Case(make=pledge_of("need_second")),
    ("POST", f"{API}/pledges", "more than remains"): Case(make=pledge_of("need_second", "7")),
    ("POST", f"{API}/pledges/<uuid:pledge_id>/deliveries", ""): Case(make=fixed(**DELIVERY)),
    ("GET", PLEDGE_STEPS, ""): Case(ids(pledge_id="pledge_offered")),
    ("POST", PLEDGE_STEPS, "agree"): Case(ids(pledge_id="pledge_offered"), step("agree")),
    ("POST", PLEDGE_STEPS, "release"): Case(ids(pledge_id="pledge_offered"), step("release", reason=REASON)),
    ("POST", PLEDGE_STEPS, "withdraw"): Case(ids(pledge_id="pledge_offered"), step("withdraw")),
    ("POST", f"{API}/confirmations/<string:code>", "unknown"): Case(make=fixed(outcome="received", pin="0000")),
    ("POST", f"{DESK_DELIVERY}/annul", ""): Case(ids(delivery_id="delivery_disputed"), fixed(reason=REASON)),
    ("POST", f"{DESK_DELIVERY}/arrive", ""): Case(make=fixed(**ARRIVAL)),
    ("POST", f"{DESK_DELIVERY}/mend", ""): Case(ids(delivery_id="delivery_mending")),
    ("POST", "/desk/households/<uuid:household_id>/card", "given already"): Case(make=fixed(given_on=TODAY)),
    ("POST", "/desk/households/<uuid:household_id>/reveal", ""): Case(make=fixed(purpose="survey")),
    ("POST", DESK_INVITATION, "accept"): Case(ids(step="accept")),
    ("POST", DESK_INVITATION, "withdraw"): Case(ids(step="withdraw")),
    ("POST", "/desk/issues/<uuid:issue_id>/close", ""): Case(make=fixed(finding="ask_again", finding_text=REASON)),
    ("POST", DESK_LINK, "comment"): Case(ids(link_id="link_proposed", step="comment"), fixed(comment="Good.")),
    ("POST", DESK_LINK, "suspend"): Case(ids(step="suspend"), fixed(reason=REASON)),
    ("POST", DESK_LINK, "terminate"): Case(ids(step="terminate"), fixed(reason=REASON)),
    ("POST", DESK_PLEDGE, "agree"): Case(ids(pledge_id="pledge_offered", step="agree")),
    ("POST", DESK_PLEDGE, "withdraw"): Case(ids(pledge_id="pledge_offered", step="withdraw")),
    ("POST", "/desk/pairings/<uuid:pairing_id>/invitations", ""): Case(
        make=lambda world: {"email": "partner@example.org", "needs": str(world.ids["need"]), "message": ""}
    ),
    ("POST", "/desk/pairings/<uuid:pairing_id>/links", ""): Case(make=fixed(term="standing")),
    ("GET", f"{DESK_NEED}/approve", ""): Case(ids(need_id="need_verified")),
    ("POST", f"{DESK_NEED}/approve", ""): Case(ids(need_id="need_verified")),
    ("POST", "/needs/<uuid:need_id>/pledge", ""): Case(ids(need_id="need_second"), fixed(**PLEDGE)),
}
for method in ("GET", "POST"):
    for page in ("check", "consent", "item", "when", "why"):
        CASES[method, f"{DESK_NEED}/{page}", "draft"] = Case(ids(need_id="need_draft"))
    CASES[method, f"{DESK_NEED}/verify", ""] = Case(ids(need_id="need_submitted"))
    CASES[method, f"{DESK_NEED}/return", ""] = Case(
        ids(need_id="need_submitted"), fixed(reason=REASON) if method == "POST" else fixed()
    )
for stem in ("", "/export"):
    for kind, key in (("need", "need"), ("pairing", "pairing_household"), ("household", "household")):
        name = f"of a {kind}"
        CASES["GET", f"/records/<string:kind>/<string:key>{stem}", name] = Case(ids(kind=kind, key=key))
        CASES["GET", f"{API}/records", name] = Case(
            make=lambda world, kind=kind, key=key: {"stream": f"{kind}/{world.ids[key]}"}
        )
CASES["GET", "/open-data/needs.<string:kind>", "not written yet"] = Case(ids(kind="csv"))
