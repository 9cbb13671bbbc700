"""The tables of workflows.md, Pledge, Delivery and confirmation, beside the code: a new step without a line fails."""

import pytest

from accounts.roles import ROLE_TABLE
from core.workflow import Workflow
from pledges.workflow import delivery_workflow, pledge_workflow

CADRE, UNIT, VILLAGE, TEAM, TOWNSHIP, COUNTY = (
    "pairing_cadre",
    "helping_unit",
    "village_officer",
    "stationed_team",
    "township_officer",
    "county_officer",
)
GIVERS = {"donor_admin", "donor_member", UNIT}
NEW: list[str | None] = [None]
SYSTEM: set[str] = set()
LIVE = ["offered", "agreed"]
PLEDGE = {
    "offer": (NEW, "offered", GIVERS, "pledge.offered"),
    "agree": (["offered"], "agreed", {CADRE, VILLAGE, TOWNSHIP, COUNTY}, "pledge.agreed"),
    "escalate": (["offered"], None, SYSTEM, "pledge.escalated"),
    "lapse_offered": (["offered"], "lapsed", SYSTEM, "pledge.lapsed"),
    "lapse": (["agreed"], "lapsed", SYSTEM, "pledge.lapsed"),
    "withdraw": (LIVE, "withdrawn", GIVERS, "pledge.withdrawn"),
    "release": (LIVE, "released", {CADRE, VILLAGE, TEAM, TOWNSHIP}, "pledge.released"),
}
DELIVERY = {
    "plan": (NEW, "planned", {CADRE, *GIVERS}, "delivery.planned"),
    "deliver": (NEW, "recorded", {CADRE, *GIVERS}, "delivery.recorded"),
    "arrive": (["planned", "recorded"], "recorded", {VILLAGE}, "delivery.arrived"),
    "issue_code": (
        ["planned", "recorded", "awaiting", "disputed"],
        None,
        {VILLAGE, TOWNSHIP, CADRE},
        "confirmation.code_issued",
    ),
    "await": (["recorded", "disputed"], "awaiting", SYSTEM, "delivery.awaiting"),
    "receive": (["awaiting"], "confirmed", {"household"}, "confirmation.received"),
    "receive_partly": (["awaiting"], "mending", {"household"}, "confirmation.partly"),
    "call_unsuitable": (["awaiting"], "mending", {"household"}, "confirmation.unsuitable"),
    "refuse": (["awaiting"], "disputed", {"household"}, "confirmation.refused"),
    "mend": (["mending"], "awaiting", {CADRE, *GIVERS}, "delivery.mended"),
    "dispute": (["mending"], "disputed", SYSTEM, "delivery.disputed"),
    "inquire": (["disputed"], None, {COUNTY}, "delivery.inquired"),
    "annul": (["disputed"], "annulled", {COUNTY}, "delivery.annulled"),
    "annul_rest": (["disputed"], "confirmed", {COUNTY}, "delivery.annulled"),
    "remind": (["awaiting"], None, SYSTEM, "confirmation.reminded"),
    "close": (["awaiting"], "unanswered", SYSTEM, "confirmation.unanswered"),
}


@pytest.mark.parametrize(("workflow", "table"), [(pledge_workflow, PLEDGE), (delivery_workflow, DELIVERY)])
def test_the_code_has_exactly_the_steps_of_the_table(workflow: Workflow, table: dict[str, tuple[object, ...]]) -> None:
    found = {
        step.name: (
            sorted((source and str(source) for source in step.sources), key=str),
            step.target and str(step.target),
            {rule.role for rule in ROLE_TABLE if step.permission and rule.permission == step.permission},
            step.kind,
        )
        for step in workflow.transitions
    }
    wanted = {name: (sorted(row[0], key=str), *row[1:]) for name, row in table.items()}  # type: ignore[call-overload]
    assert found == wanted
