"""The workflow of a case, made from its policy pack; and those of rounds, flags and meetings."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from core.errors import NotPermitted, WrongState
from core.i18n import LazyString, _l
from core.policy import Actor
from core.workflow import Facts, Guard, Transition, Workflow
from identification.case_choices import CaseStage
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.guards.cases import GUARDS
from identification.models import IdentificationCase

DOORS = {
    "open": CasePermission.CASE_OPEN,
    "village": CasePermission.CASE_VILLAGE,
    "township": CasePermission.CASE_TOWNSHIP,
    "county": CasePermission.CASE_COUNTY,
    "office": CasePermission.CASE_OFFICE,
}
NOWHERE = ("anonymous", "system")  # who holds these holds no place
step_labels: dict[str, LazyString] = {
    "open": _l("Enter a clue"),
    "draft": _l("Write an application"),
    "take_up": _l("Take it up"),
    "decline": _l("The household does not want it"),
    "submit": _l("Hand the application in"),
    "accept": _l("Accept the application"),
    "authorise": _l("Enter the commitment letter"),
    "record_visit": _l("Enter a visit"),
    "propose": _l("Bring it before the meeting"),
    "vote_for": _l("Voted onto the list"),
    "vote_against": _l("Not voted onto the list"),
    "sign_list": _l("Sign the list"),
    "verify_list": _l("Close the signed list"),
    "post_first": _l("Post the first notice"),
    "post_second": _l("Post the second notice"),
    "post_village": _l("Post the village notice"),
    "post_announcement": _l("Post the announcement"),
    "unpost_first": _l("Take the first notice back"),
    "unpost_second": _l("Take the second notice back"),
    "unpost_village": _l("Take the village notice back"),
    "unpost_announcement": _l("Take the announcement back"),
    "close_first": _l("Close the first notice"),
    "close_second": _l("Close the second notice"),
    "close_village": _l("Close the village notice"),
    "township_approve": _l("Approve as the township"),
    "township_return": _l("Send back to be verified anew"),
    "township_reject": _l("Do not admit"),
    "county_approve": _l("Approve as the county"),
    "county_return": _l("Send back to be verified anew"),
    "county_reject": _l("Do not admit"),
    "hold_over_quota": _l("Keep as beyond the number"),
    "answer_over_quota": _l("Answer the household"),
    "admit_over_quota": _l("Admit within the number"),
    "register": _l("Put on the register"),
    "make_plan": _l("Write the help plan"),
    "start_measures": _l("Start the measures"),
    "propose_clearing": _l("Propose that the risk is gone"),
    "clear": _l("Confirm that the risk is gone"),
    "stay": _l("Keep under monitoring"),
    "uphold_objection": _l("Send back after an objection"),
    "escalate": _l("Pass to the next office"),
    "withdraw": _l("Withdraw"),
    "appeal": _l("Enter an appeal"),
    "reopen": _l("Open again with new evidence"),
}


def case_workflow(pack: Mapping[str, Any]) -> Workflow:
    """Return the workflow that a pack describes."""
    return _built(str(pack["code"]), json.dumps(pack["transitions"]))


def workflow_of(case: IdentificationCase) -> Workflow:
    """Return the workflow by which a case runs: its pack as it stood when the case began."""
    return case_workflow(pack_of(case.pack, case.region_code, case.entered_on))


def step_named(case: IdentificationCase, name: str) -> str:
    """Return the step that a name means in the present state: "post_notice" is another step in another state."""
    pack = pack_of(case.pack, case.region_code, case.entered_on)
    same = [row["name"] for row in pack["transitions"] if row.get("as") == name and case.stage in row["from"]]
    if same:
        return str(same[0])
    if any(row.get("as") == name for row in pack["transitions"]):
        raise WrongState(state=str(case.stage))
    return name


def office_and_days(case: IdentificationCase, stage: CaseStage | None = None) -> dict[str, Any] | None:
    """Return which office acts in a state, the present one by default, in how many days, and which one after it.

    None where nobody must.
    """
    pack = pack_of(case.pack, case.region_code, case.entered_on)
    found: dict[str, Any] | None = pack["days"].get(str(stage or case.stage))
    return found


@lru_cache(maxsize=32)
def _built(code: str, transitions: str) -> Workflow:
    return Workflow(f"identification_case/{code}", tuple(map(_transition, json.loads(transitions))))


def _transition(row: dict[str, Any]) -> Transition:
    return Transition(
        row["name"],
        frozenset(None if source is None else CaseStage(source) for source in row["from"]),
        None if row["to"] is None else CaseStage(row["to"]),
        DOORS[row["door"]],
        row["kind"],
        step_labels[row["name"]],
        _guard(tuple(row["who"]), tuple(row.get("guards", ()))),
        reason=bool(row.get("reason")),
        system=row["who"] == ["system"],
    )


def _guard(who: tuple[str, ...], names: tuple[str, ...]) -> Guard:
    guards = tuple(GUARDS[name] for name in names)

    def check(case: IdentificationCase, actor: Actor, facts: Facts) -> None:
        _refuse_others(case, actor, who)
        for guard in guards:
            guard(case, actor, facts)

    return check


def _refuse_others(case: IdentificationCase, actor: Actor, who: tuple[str, ...]) -> None:
    """Let only the pack's roles through, whatever the role table allows besides; the platform is one of them."""
    for grant in actor.grants:
        if grant.role in who and (grant.role in NOWHERE or grant.covers(case.region_code)):
            return
    raise NotPermitted(permission="case", roles=who)


def workflow_needs_words(case: IdentificationCase, step: str) -> bool:
    """Return whether the step asks for a reason in words."""
    return workflow_of(case).get(step).reason
