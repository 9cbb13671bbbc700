"""Rounds are opened and closed; flags are raised and decided; meetings are prepared and closed."""

from core.errors import Refused, map_constraint
from core.i18n import _l
from core.policy import Actor
from core.workflow import Facts, Transition, Workflow
from identification.case_choices import MeetingStage, RoundStage, VetoStage
from identification.case_policy import CasePermission
from identification.models import IdentificationRound, Meeting, VetoFlag

_OTHER = _l("You raised this flag, so somebody else must look at it.")
map_constraint("veto_flag_decided_by_another", "own_flag", _OTHER)
map_constraint("uq_veto_flag_open", "flag_open", _l("This flag is open already."))
map_constraint("uq_identification_round_open", "round_open", _l("A round of this village is running already."))
map_constraint("uq_meeting_vote_case", "voted", _l("This meeting has voted on this household already."))


def _by_another(flag: VetoFlag, actor: Actor, facts: Facts) -> None:
    if actor.account_id is None or actor.account_id == flag.raised_by:
        raise Refused(_OTHER, code="own_flag")
    if not facts.get("preview") and not str(facts.get("evidence", "")).strip():
        raise Refused(_l("Write down the evidence."), code="no_evidence")


def _with_minutes(meeting: Meeting, actor: Actor, facts: Facts) -> None:
    if not facts.get("preview") and facts.get("file") is None:
        raise Refused(_l("Add the signed minutes as a photograph or scan."), code="no_minutes")


def _all_done(running: IdentificationRound, actor: Actor, facts: Facts) -> None:
    """Every case had its vote, and the full list was worked through or somebody wrote why not."""
    if facts.get("unvoted"):
        raise Refused(_l("Some cases of this round have not had their vote yet."), code="votes_open")
    if facts.get("uncovered"):
        raise Refused(_l("Reach more households, or write first why they were not reached."), code="not_covered")


round_workflow = Workflow(
    "identification_round",
    (
        Transition(
            "open", frozenset({None}), RoundStage.OPEN, CasePermission.ROUND_MANAGE, "round.opened", _l("Open a round")
        ),
        Transition(
            "explain",
            frozenset({RoundStage.OPEN}),
            None,
            CasePermission.ROUND_MANAGE,
            "round.coverage_explained",
            _l("Write why households were not reached"),
            reason=True,
        ),
        Transition(
            "close",
            frozenset({RoundStage.OPEN}),
            RoundStage.CLOSED,
            CasePermission.ROUND_MANAGE,
            "round.closed",
            _l("Close the round"),
            _all_done,
        ),
    ),
)
veto_workflow = Workflow(
    "veto_flag",
    (
        Transition(
            "raise", frozenset({None}), VetoStage.OPEN, CasePermission.CASE_OFFICE, "veto.raised", _l("Raise a flag")
        ),
        Transition(
            "confirm",
            frozenset({VetoStage.OPEN}),
            VetoStage.CONFIRMED,
            CasePermission.CASE_OFFICE,
            "veto.confirmed",
            _l("Confirm with evidence"),
            _by_another,
        ),
        Transition(
            "clear",
            frozenset({VetoStage.OPEN, VetoStage.CONFIRMED}),
            VetoStage.CLEARED,
            CasePermission.CASE_OFFICE,
            "veto.cleared",
            _l("Clear with evidence"),
            _by_another,
        ),
    ),
)
meeting_workflow = Workflow(
    "meeting",
    (
        Transition(
            "prepare",
            frozenset({None}),
            MeetingStage.PREPARED,
            CasePermission.MEETING_HOLD,
            "meeting.prepared",
            _l("Write a meeting down"),
        ),
        Transition(
            "close",
            frozenset({MeetingStage.PREPARED}),
            MeetingStage.HELD,
            CasePermission.MEETING_HOLD,
            "meeting.held",
            _l("Close the meeting with its minutes"),
            _with_minutes,
        ),
    ),
)
