"""Further cases: who is paired first, what only few may see, steps from rarer states."""

from datetime import datetime, timedelta
from typing import Any

from core.clock import SHANGHAI
from tests.contracts.authz_cases import (
    API,
    DESK_LINK,
    LINK_STEPS,
    PLEDGE_STEPS,
    REASON,
    TODAY,
    Body,
    Case,
    fixed,
    ids,
    step,
)
from tests.factories.world import World

TOMORROW = (datetime.now(SHANGHAI).date() + timedelta(days=1)).isoformat()


def cadre_of(world: World, **more: Any) -> Body:
    return {"account_id": str(world.people["pairing_cadre", "outside"].account_id), **more}  # type: ignore[index]


def person_of(world: World, **more: Any) -> Body:
    return {"person": f"cadre:{cadre_of(world)['account_id']}", **more}


UNIT_OF = "helping_unit", "outside"
REPLACEMENT = "/desk/card-replacements/<uuid:replacement_id>/<any(agree,decline,withdraw):step>"
MORE: dict[tuple[str, str, str], Case] = {
    ("POST", f"{API}/pairings", ""): Case(
        make=lambda world: cadre_of(world, subject={"household_id": str(world.ids["household_new"])})
    ),
    ("POST", f"{API}/pairings", "paired already"): Case(
        make=lambda world: cadre_of(world, subject={"household_id": str(world.ids["household"])})
    ),
    ("POST", f"{API}/pairings/<uuid:pairing_id>/officials", ""): Case(
        make=lambda world: {"account_id": str(world.people[UNIT_OF].account_id)}  # type: ignore[index]
    ),
    ("POST", LINK_STEPS, "succeed"): Case(
        ids(link_id="link_first"),
        lambda world: cadre_of(world, name="succeed", starts_on=TOMORROW, reason=REASON),
    ),
    ("GET", "/desk/households/<uuid:household_id>/first-helper", ""): Case(ids(household_id="household_new")),
    ("POST", "/desk/households/<uuid:household_id>/first-helper", ""): Case(
        ids(household_id="household_new"), person_of
    ),
    ("POST", REPLACEMENT, "agree"): Case(ids(step="agree")),
    ("POST", REPLACEMENT, "withdraw"): Case(ids(step="withdraw")),
    ("POST", "/desk/card-replacements/<uuid:replacement_id>/give", "not agreed"): Case(make=fixed(given_on=TODAY)),
    ("POST", "/desk/households/<uuid:household_id>/erasure", ""): Case(make=fixed(reason="moved_away")),
    ("POST", "/desk/erasures/<uuid:order_id>/<any(decline,withdraw):step>", "withdraw"): Case(ids(step="withdraw")),
    ("POST", "/desk/pairings/<uuid:pairing_id>/first-helper", ""): Case(
        make=lambda world: person_of(world, starts_on=TOMORROW, reason=REASON)
    ),
}
for name in ("donors", "invited"):
    for page in ("/needs/<uuid:need_id>", f"{API}/needs/<uuid:need_id>"):
        MORE["GET", page, f"for {name} only"] = Case(ids(need_id=f"need_{name}"))
for name in ("escalated", "village", "once"):
    MORE["POST", PLEDGE_STEPS, f"agree, {name}"] = Case(ids(pledge_id=f"pledge_{name}"), step("agree"))
MORE |= {
    ("GET", PLEDGE_STEPS, "beside a unit"): Case(ids(pledge_id="pledge_beside")),
    ("POST", PLEDGE_STEPS, "withdraw, of a unit"): Case(ids(pledge_id="pledge_unit"), step("withdraw")),
    ("POST", DESK_LINK, "confirm once"): Case(ids(link_id="link_once", step="confirm-once")),
    ("POST", LINK_STEPS, "comment, of a unit"): Case(ids(link_id="link_beside"), step("comment", comment="Good.")),
    ("POST", LINK_STEPS, "resume"): Case(ids(link_id="link_resting"), step("resume", reason=REASON)),
    ("POST", LINK_STEPS, "complete"): Case(ids(link_id="link_idle"), step("complete")),
    ("GET", "/desk/pairings/<uuid:pairing_id>/invitations/new", "with a search"): Case(make=fixed(q="Helper")),
}
