"""The tables of workflows.md, HelperLink and Invitation, beside the code: a new step without a line here fails."""

import pytest

from accounts.roles import ROLE_TABLE
from core.workflow import Workflow
from pairing.workflow import invitation_workflow, link_workflow

CADRE, VILLAGE, TEAM, TOWNSHIP, COUNTY = (
    "pairing_cadre",
    "village_officer",
    "stationed_team",
    "township_officer",
    "county_officer",
)
DONORS = {"donor_admin", "donor_member"}
NEW: list[str | None] = [None]
OPEN = ["proposed", "household_consented"]
CONSENTED = ["household_consented", "active", "suspended"]
LINK = {
    "assign": (NEW, "active", {COUNTY}, "link.assigned"),
    "succeed": (["active"], "completed", {COUNTY}, "link.succeeded"),
    "propose": (NEW, "proposed", DONORS, "link.proposed"),
    "propose_covered": (NEW, "household_consented", DONORS, "link.proposed"),
    "comment": (OPEN, None, {CADRE, "helping_unit"}, "link.commented"),  # a village's first helper may be a unit
    "record_consent": (["proposed"], "household_consented", {VILLAGE, TEAM}, "link.consented"),
    "confirm": (["household_consented"], "active", {VILLAGE, TEAM, TOWNSHIP}, "link.confirmed"),
    "confirm_once": (["household_consented"], "active", {CADRE}, "link.confirmed"),
    "reject": (OPEN, "rejected", {VILLAGE, TEAM, TOWNSHIP}, "link.rejected"),
    "suspend": (["active"], "suspended", {TOWNSHIP}, "link.suspended"),
    "resume": (["suspended"], "active", {TOWNSHIP}, "link.resumed"),
    "withdraw_consent": (
        CONSENTED,
        "terminated",
        {"household", VILLAGE, TEAM, TOWNSHIP, COUNTY},
        "link.consent_withdrawn",
    ),
    "complete": (["active"], "completed", {VILLAGE, TEAM, *DONORS}, "link.completed"),
    "terminate": ([*OPEN, "active", "suspended"], "terminated", {TOWNSHIP, *DONORS}, "link.terminated"),
}
INVITATION = {
    "send": (NEW, "sent", {CADRE}, "invitation.sent"),
    "accept": (["sent"], "accepted", DONORS, "invitation.accepted"),
    "decline": (["sent"], "declined", DONORS, "invitation.declined"),
    "withdraw": (["sent"], "withdrawn", {CADRE}, "invitation.withdrawn"),
    "expire": (["sent"], "expired", set(), "invitation.expired"),
}


@pytest.mark.parametrize(("workflow", "table"), [(link_workflow, LINK), (invitation_workflow, INVITATION)])
def test_the_code_has_exactly_the_steps_of_the_table(workflow: Workflow, table: dict[str, tuple[object, ...]]) -> None:
    found = {
        step.name: (
            sorted((source and str(source) for source in step.sources), key=str),
            step.target and str(step.target),
            {rule.role for rule in ROLE_TABLE if rule.permission == step.permission},
            step.kind,
        )
        for step in workflow.transitions
    }
    wanted = {name: (sorted(row[0], key=str), *row[1:]) for name, row in table.items()}  # type: ignore[call-overload]
    assert found == wanted
